"""What must hold for any findings, tried on many made-up ones."""

from dataclasses import replace
from math import isfinite

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence.synthesis import (
    Better,
    ComparatorKind,
    Concern,
    Concerns,
    Design,
    Measure,
    Mid,
    OutcomeFacts,
    OutcomeKind,
    Result,
    StudyFacts,
    synthesise,
)
from evidence.synthesis.pooling import Cluster, pool
from evidence.synthesis.vocabulary import Certainty
from tests.made_up_facts import WITHOUT_FIGURES, a_difference, a_finding, a_study

# Always the same examples, so that a failure on one machine is a failure on all.
tried = settings(max_examples=100, deadline=None, derandomize=True)

RATIOS = (Measure.RR, Measure.OR, Measure.HR)
SLACK = 1e-9

benefits = st.floats(-8, 8)
errors = st.floats(0.01, 2) | st.floats(0.01, 20)
concerns = st.builds(Concerns, *[st.sampled_from([*Concern, *[Concern.NONE] * 4])] * 5)
sizes = st.none() | st.integers(2, 5000)

# What counts comes up more often than what never does, and reviews often enough to meet.
kinds = st.sampled_from([*OutcomeKind, *[OutcomeKind.CLINICAL] * 5])
designs = st.sampled_from([*Design, *[Design.META_ANALYSIS, Design.RCT] * 6])
rarely = st.integers(0, 11).map(lambda number: number == 7)
mid_values = st.floats(0.1, 9) | st.floats(-9, -0.1)


@st.composite
def outcomes(draw, number):
    """An outcome with MIDs in some of the units that findings may have."""
    units = {"points"} | draw(st.sets(st.sampled_from(["kg", "SMD"])))
    return OutcomeFacts(
        slug=f"outcome-{number}",
        kind=draw(kinds),
        better=draw(st.sampled_from(Better)),
        is_common_event=draw(st.booleans()),
        ratio_mid=draw(st.none() | st.floats(0.5, 0.95) | st.floats(1.05, 2)),
        mids=tuple(Mid(unit, draw(mid_values)) for unit in sorted(units)),
    )


@st.composite
def studies(draw, number):
    """A study, perhaps a review that says which of the others it pools."""
    return StudyFacts(
        key=f"s:{number}",
        design=draw(designs),
        year=draw(st.none() | st.integers(2000, 2024)),
        is_retracted=draw(rarely),
        includes=draw(st.frozensets(st.sampled_from(["s:0", "s:1", "s:2"]), max_size=2)),
    )


@st.composite
def figures(draw):
    """Numbers that entry lets pass: an interval, a p value, an estimate alone, or nothing."""
    measure = draw(st.sampled_from(Measure))
    estimate, reach = draw(benefits), draw(errors)
    low, high = estimate - reach, estimate + reach
    if measure.is_ratio:
        estimate, low, high = 2.0 ** (estimate / 4), 2.0 ** (low / 4), 2.0 ** (high / 4)
    unit = draw(st.sampled_from(["points", "points", "kg", "furlongs"]))
    printed = {"measure": measure, "estimate": estimate, "unit": unit}
    with_interval = {**WITHOUT_FIGURES, **printed, "ci_low": low, "ci_high": high}
    return draw(
        st.sampled_from(
            [
                *[with_interval] * 4,
                {**with_interval, "ci_level": 90.0},
                {**WITHOUT_FIGURES, **printed, "p": draw(st.floats(1e-9, 0.999))},
                {**WITHOUT_FIGURES, **printed},
                WITHOUT_FIGURES,
            ]
        )
    )


@st.composite
def bodies(draw):
    """Some findings on two outcomes by five studies, not all of which can count."""
    some_outcomes = [draw(outcomes(number)) for number in range(2)]
    some_studies = [draw(studies(number)) for number in range(5)]
    return [
        a_finding(
            key=f"f-{number:02}",
            study=draw(st.sampled_from(some_studies)),
            outcome=draw(st.sampled_from(some_outcomes)),
            comparator_kind=draw(
                st.sampled_from([*[ComparatorKind.INACTIVE] * 12, *ComparatorKind])
            ),
            is_combined=draw(st.booleans()),
            n_participants=draw(sizes),
            result=draw(st.sampled_from(Result)),
            better=draw(st.none() | st.sampled_from(Better)),
            set_aside="a copy" if draw(rarely) else None,
            is_independent=draw(st.booleans()),
            concerns=draw(concerns),
            **draw(figures()),
        )
        for number in range(draw(st.sampled_from([0, 1, 2, 4, 6, 8, 10])))
    ]


def is_near(one, other):
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_near(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_near, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= SLACK * max(1.0, abs(one))
    return one == other


def all_numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for item in value for number in all_numbers(item)]
    return [value] if isinstance(value, float) else []


# A finding that counts beside whatever others there are.
ALWAYS_COUNTS = a_finding(key="f-99", study=a_study(key="s:always"))


@tried
@given(bodies())
def test_contributions_add_up_to_the_mean(findings):
    profile = synthesise([*findings, ALWAYS_COUNTS])

    total = sum(one.contribution for one in profile.clusters)
    assert abs(total - profile.mean) <= SLACK
    assert all(
        abs(one.contribution - one.weight_share * one.y) <= SLACK for one in profile.clusters
    )


@tried
@given(bodies(), st.randoms(use_true_random=False))
def test_order_of_input_does_not_matter(findings, random):
    shuffled = random.sample(findings, len(findings))

    assert synthesise(shuffled) == synthesise(findings)


def reversed_outcome(outcome):
    """The same outcome on a scale that runs the other way."""
    return replace(
        outcome,
        better=opposite(outcome.better),
        # Without one of its own the default would swap between 0.80 and 1.25, which mirror
        # each other: ln 0.80 = -ln 1.25.
        ratio_mid=1 / outcome.ratio_mid if outcome.ratio_mid else None,
        mids=tuple(replace(mid, value=-mid.value) for mid in outcome.mids),
    )


def reversed_finding(finding):
    def mirror(value):
        if value is None:
            return None
        return 1 / value if finding.measure in RATIOS else -value

    return replace(
        finding,
        outcome=reversed_outcome(finding.outcome),
        better=opposite(finding.better) if finding.better else None,
        estimate=mirror(finding.estimate),
        ci_low=mirror(finding.ci_high),
        ci_high=mirror(finding.ci_low),
    )


def opposite(better):
    return Better.LOWER if better is Better.HIGHER else Better.HIGHER


@tried
@given(bodies())
def test_reversing_an_outcome_with_its_mids_and_figures_changes_nothing(findings):
    before = synthesise(findings).as_values()
    after = synthesise([reversed_finding(finding) for finding in findings]).as_values()

    for values in (before, after):
        for one in values["not_counted"]:
            del one["estimate"]  # printed on the reversed scale, as it should be
    assert is_near(after, before)


@tried
@given(benefits.filter(lambda y: y > 0), errors, concerns, st.data())
def test_more_possible_bias_never_raises_the_benefit_of_one_cluster(y, s, judged, data):
    worse_of = {
        Concern.NONE: [Concern.NONE, Concern.UNKNOWN, Concern.SERIOUS, Concern.VERY_SERIOUS],
        Concern.UNKNOWN: [Concern.UNKNOWN, Concern.SERIOUS, Concern.VERY_SERIOUS],
        Concern.SERIOUS: [Concern.SERIOUS, Concern.VERY_SERIOUS],
        Concern.VERY_SERIOUS: [Concern.VERY_SERIOUS],
    }
    worse = Concerns(
        *[
            data.draw(st.sampled_from(worse_of[getattr(judged, name)]))
            for name in Concerns.__slots__
        ]
    )

    before = synthesise([a_difference(y, s, concerns=judged)])
    after = synthesise([a_difference(y, s, concerns=worse)])

    assert after.counted[0].bias_variance >= before.counted[0].bias_variance
    assert after.dependable <= before.dependable + SLACK


@tried
@given(st.lists(st.tuples(benefits, errors), min_size=1, max_size=6), errors)
def test_null_never_moves_the_mean_away_from_nothing(effects, error_of_null):
    findings = [
        a_difference(y, s, key=f"f-{number:02}", study=a_study(key=f"s:{number:02}"))
        for number, (y, s) in enumerate(effects)
    ]
    null = a_difference(0.0, error_of_null, key="f-99", study=a_study(key="s:99"))

    before, after = synthesise(findings), synthesise([*findings, null])

    assume(before.scale == after.scale == 1.0)
    assert abs(after.mean) <= abs(before.mean) + SLACK
    assert after.mean * before.mean >= -SLACK


@tried
@given(bodies())
def test_dependable_benefit_is_never_above_the_mean(findings):
    profile = synthesise([*findings, ALWAYS_COUNTS])

    assert profile.dependable <= profile.mean
    assert 0 < profile.sd <= 1.5
    assert profile.scale >= 1


@tried
@given(bodies())
def test_no_number_is_ever_missing_or_infinite(findings):
    values = synthesise(findings).as_values()

    assert all(map(isfinite, all_numbers(values)))


@tried
@given(bodies())
def test_every_finding_is_counted_or_says_why_not(findings):
    profile = synthesise(findings)

    shown = [one.key for one in (*profile.counted, *profile.not_counted)]
    kept = [one.key for one in findings if one.outcome.kind is not OutcomeKind.SAFETY]
    assert sorted(shown) == kept
    in_clusters = [key for one in profile.clusters for key in one.findings]
    assert sorted(in_clusters) == [one.key for one in profile.counted]


@tried
@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.0625, 1e200)), min_size=1, max_size=8))
def test_pool_of_any_clusters_lies_between_them_and_nothing(pairs):
    clusters = [Cluster("s", y, y, v, Certainty.LOW, ()) for y, v in pairs]

    pooled = pool(clusters)

    lowest, highest = min(0.0, *(y for y, _ in pairs)), max(0.0, *(y for y, _ in pairs))
    assert lowest - SLACK <= pooled.mean <= highest + SLACK
    assert 0 <= pooled.p_matters <= 1
    assert 0 <= pooled.p_harm <= 1
