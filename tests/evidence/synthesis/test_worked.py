"""A profile worked through: the steps shown lead to the profile and, for one, to the reference."""

import pytest

from evidence.synthesis import ComparatorKind, Letter, Verdict, synthesise
from evidence.synthesis.pooling import Pool
from evidence.synthesis.verdicts import Body, verdict
from evidence.synthesis.vocabulary import Certainty
from evidence.synthesis.worked import VerdictRule, rules_tried, worked_example
from tests.catalogue_facts import catalogue_findings, planted_findings, read_reference
from tests.made_up_facts import a_difference, a_finding, a_study

TOLERANCE = 1e-6
EXAMPLE = ("thymosin-alpha-1", "anti-inflammation")


@pytest.fixture(scope="module")
def all_findings():
    return [*catalogue_findings().values(), *planted_findings().values()]


@pytest.fixture(scope="module")
def example():
    return worked_example(catalogue_findings()[EXAMPLE])


@pytest.fixture(scope="module")
def expected():
    """What was computed independently for the example of the method page."""
    profiles = read_reference()["profiles"]
    return next(one for one in profiles if (one["compound"], one["goal"]) == EXAMPLE)


def test_profile_worked_through_is_the_profile_itself(all_findings):
    for findings in all_findings[:20]:
        profile, example = synthesise(findings), worked_example(findings)

        assert (example.profile == profile) if profile.clusters else example is None


def test_example_comes_out_as_in_the_reference(example, expected):
    for name in ("mean", "sd", "dependable", "p_matters", "p_harm"):
        assert getattr(example.pool, name) == pytest.approx(expected[name], abs=TOLERANCE)
    assert example.pool.scale == pytest.approx(expected["scale"], abs=TOLERANCE)
    assert (example.profile.letter, example.profile.verdict) == ("D", "unclear")
    assert (example.profile.certainty, example.profile.body_level) == ("low", "moderate")


def test_example_follows_the_study_with_most_weight(example, expected):
    heaviest = min(expected["clusters"], key=lambda cluster: cluster["v"])

    (one,) = example.findings

    assert example.heaviest.study == heaviest["study"]
    assert one.counted.y == pytest.approx(heaviest["y"], abs=TOLERANCE)
    assert one.counted.v == pytest.approx(heaviest["v"], abs=TOLERANCE)
    # OR 0.82 of a common event; b² = 0.25² + 0.75², because reviews disagree.
    assert one.reading.is_halved
    assert [term.sd for term in one.bias] == [0.25, 0.75]


def test_example_adds_up_from_its_steps(example, expected):
    steps = example.total_weight / example.pool.scale * example.centre / example.precision
    wanted = {one["study"]: one["contribution"] for one in expected["clusters"]}

    assert steps == pytest.approx(
        sum(w.weight * w.y for w in example.clusters) / example.pool.scale / example.precision
    )
    assert steps == pytest.approx(expected["mean"], abs=TOLERANCE)
    assert {one.study: one.contribution for one in example.profile.clusters} == pytest.approx(
        wanted, abs=TOLERANCE
    )
    assert example.precision**-0.5 == pytest.approx(expected["sd"], abs=TOLERANCE)


def test_example_says_what_settles_its_letter_and_its_verdict(example):
    assert (example.letter_by_chance, example.letter_by_level) == ("D", "B")
    assert example.rules == tuple(VerdictRule)
    assert example.rules[-1].verdict is Verdict.UNCLEAR


def test_every_profile_of_the_catalogue_agrees_with_its_steps(all_findings):
    shown = [one for one in map(worked_example, all_findings) if one]

    assert len(shown) > 50
    for one in shown:
        profile, clusters = one.profile, len(one.clusters)
        assert one.pool.mean == profile.mean
        assert max(1, (one.disagreement + 3) / (clusters + 2)) == pytest.approx(profile.scale)
        assert one.precision**-0.5 == pytest.approx(profile.sd)
        assert one.prior_share + sum(c.weight_share for c in profile.clusters) == pytest.approx(1)
        assert one.rules[-1].verdict is profile.verdict
        assert one.heaviest.weight == max(cluster.weight for cluster in one.clusters)
        assert {f.counted.study for f in one.findings} == {one.heaviest.study}
        if profile.letter is not Letter.F:
            assert profile.letter == max(one.letter_by_chance, one.letter_by_level)


def test_shares_by_level_rise_to_all_of_the_weight(all_findings):
    for one in filter(None, map(worked_example, all_findings)):
        shares = [share for _, share in one.shares_by_level]
        reached = next(level for level, share in one.shares_by_level if share >= 0.5)

        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1)
        assert reached is one.profile.body_level


def test_nothing_counted_leaves_nothing_to_work_through():
    assert worked_example([]) is None
    assert worked_example([a_finding(comparator_kind=ComparatorKind.NONE)]) is None


def test_findings_of_the_heaviest_study_are_all_followed():
    small = a_study(key="s:small")
    findings = [
        a_difference(1.0, 0.5, key="f-01"),
        a_difference(2.0, 0.5, key="f-02"),
        a_difference(0.0, 3.0, key="f-03", study=small),
    ]

    example = worked_example(findings)

    assert [one.counted.key for one in example.findings] == ["f-01", "f-02"]


@pytest.mark.parametrize("level", Certainty)
@pytest.mark.parametrize("is_only_markers", [True, False])
@pytest.mark.parametrize("has_telling_null", [True, False])
def test_rules_end_with_the_verdict_whatever_the_body(level, is_only_markers, has_telling_null):
    for mean in (-4, -1.2, -1, -0.5, 0, 0.4, 1, 1.2, 1.5, 4):
        for sd in (0.2, 0.5, 1.0, 1.5):
            pool = Pool(mean=mean, sd=sd, scale=1.0, contributions=(), weight_shares=())
            whole = Body(pool, level, level.lowered(1), is_only_markers, has_telling_null)

            rules = rules_tried(whole)

            assert rules[-1].verdict is verdict(whole), (mean, sd)
            assert rules == tuple(VerdictRule)[: len(rules)]
