"""Which findings count, why the others do not, and where reviews disagree."""

from dataclasses import replace

import pytest

from evidence.synthesis import ComparatorKind, Design, NotCountedReason
from evidence.synthesis.selection import select
from tests.made_up_facts import (
    REVIEW,
    STRENGTH,
    a_difference,
    a_finding,
    a_null,
    a_study,
)

OVERLAPS = NotCountedReason.OVERLAPS_ANOTHER_REVIEW
INSIDE = NotCountedReason.COUNTED_INSIDE_A_REVIEW


def keys_counted(*findings):
    return [candidate.finding.key for candidate in select(findings).counted]


def reasons(*findings):
    return {one.key: one.why for one in select(findings).not_counted}


def a_review(key, **changes):
    return replace(REVIEW, key=key, **changes)


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"study": a_study(design=Design.ANIMAL)}, "not in people"),
        ({"study": a_study(design=Design.IN_VITRO)}, "not in people"),
        ({"study": a_study(is_retracted=True)}, "retracted"),
        ({"set_aside": "the same trial as pmid:1"}, "set aside"),
        ({"comparator_kind": ComparatorKind.NONE}, "no comparison group"),
        ({"comparator_kind": ComparatorKind.ACTIVE}, "compared with another treatment"),
        ({"ci_low": None, "ci_high": None}, "no usable figure"),
        ({"unit": "furlongs", "n_participants": None}, "no MID in this unit"),
    ],
)
def test_finding_that_cannot_count_alone(changes, why):
    assert reasons(a_finding(**changes)) == {"f-01": why}


def test_first_reason_is_the_one_shown():
    # Everything is wrong with it; one by one the first reason is taken away.
    finding = a_finding(
        study=a_study(design=Design.ANIMAL, is_retracted=True),
        set_aside="a copy",
        comparator_kind=ComparatorKind.NONE,
        ci_low=None,
        ci_high=None,
        unit="furlongs",
    )
    cures = [
        {"study": a_study(is_retracted=True)},
        {"study": a_study()},
        {"set_aside": None},
        {"comparator_kind": ComparatorKind.ACTIVE},
        {"comparator_kind": ComparatorKind.INACTIVE},
    ]

    shown = [reasons(finding)["f-01"]]
    for cure in cures:
        finding = replace(finding, **cure)
        shown.append(reasons(finding)["f-01"])

    assert shown == [
        "not in people",
        "retracted",
        "set aside",
        "no comparison group",
        "compared with another treatment",
        "no usable figure",
    ]


def test_not_counted_carries_its_figures_and_the_curators_reason():
    (one,) = select([a_finding(set_aside="the same trial as pmid:1")]).not_counted

    assert (one.study, one.outcome, one.measure, one.estimate) == ("s:trial", "pain", "MD", -3.0)
    assert one.detail == "the same trial as pmid:1"
    assert (one.y, one.s) == pytest.approx((1.5, 0.5), abs=1e-6)


def test_not_counted_without_a_readable_figure_has_no_effect():
    (one,) = select([a_finding(ci_low=None, ci_high=None)]).not_counted

    assert (one.y, one.s, one.detail) == (None, None, None)


@pytest.mark.parametrize(
    "winner, loser",
    [
        ({"year": 2021}, {"year": 2020, "n": 9000}),
        ({"year": 2020}, {"year": None, "n": 9000}),
        ({"n": 200}, {"n": 100}),
        ({"n": 200}, {"n": None}),
        ({"key": "s:b"}, {"key": "s:a"}),
        ({"year": None, "key": "s:b"}, {"year": None, "key": "s:a"}),
    ],
)
def test_newest_then_largest_then_last_review_of_an_outcome_counts(winner, loser):
    def finding(key, facts):
        study = a_review(facts.get("key", f"s:{key}"), year=facts.get("year", 2020))
        return a_finding(key=key, study=study, n_participants=facts.get("n", 100))

    chosen, other = finding("f-01", winner), finding("f-02", loser)
    selection = select([chosen, other])

    assert [candidate.finding.key for candidate in selection.counted] == ["f-01"]
    (out,) = selection.not_counted
    assert (out.key, out.why, out.detail) == ("f-02", OVERLAPS, chosen.study.key)


def test_review_is_as_large_as_its_largest_finding_on_the_outcome():
    small, large, between = (
        a_finding(key="f-01", study=a_review("s:a"), n_participants=10),
        a_finding(key="f-02", study=a_review("s:a"), n_participants=300),
        a_finding(key="f-03", study=a_review("s:b"), n_participants=200),
    )
    elsewhere = a_finding(
        key="f-04", study=a_review("s:b"), outcome=STRENGTH, unit="kg", n_participants=999
    )

    assert keys_counted(small, large, between, elsewhere) == ["f-01", "f-02", "f-04"]


def test_review_whose_finding_cannot_count_puts_nothing_out():
    newer = a_finding(key="f-01", study=a_review("s:new", year=2024), set_aside="a copy")
    older = a_finding(key="f-02", study=a_review("s:old", year=2010))

    assert keys_counted(newer, older) == ["f-02"]


def test_reviews_of_different_outcomes_both_count():
    pain = a_finding(key="f-01", study=a_review("s:a"))
    strength = a_finding(key="f-02", study=a_review("s:b"), outcome=STRENGTH, unit="kg")

    assert keys_counted(pain, strength) == ["f-01", "f-02"]


@pytest.mark.parametrize(
    "study, is_independent, is_out",
    [
        (a_study(year=2020), False, True),
        (a_study(year=2019, design=Design.CROSSOVER_RCT), False, True),
        (a_study(year=2021), False, False),
        (a_study(year=None), False, False),
        (a_study(year=2019), True, False),
        (a_study(year=2019, design=Design.COHORT), False, False),
        (a_study(year=2019, design=Design.NON_RANDOMISED_TRIAL), False, False),
    ],
)
def test_trial_beside_a_review_that_lists_nothing(study, is_independent, is_out):
    review = a_finding(key="f-01", study=a_review("s:review", year=2020))
    trial = a_finding(key="f-02", study=study, is_independent=is_independent)

    assert reasons(review, trial) == ({"f-02": INSIDE} if is_out else {})


def test_trial_beside_a_review_of_unknown_year_counts():
    review = a_finding(key="f-01", study=a_review("s:review", year=None))

    assert keys_counted(review, a_finding(key="f-02")) == ["f-01", "f-02"]


@pytest.mark.parametrize(
    "study, is_out",
    [
        (a_study(key="s:named", year=2024), True),
        (a_study(key="s:named", year=None, design=Design.COHORT), True),
        (a_study(key="s:other", year=2001), False),
    ],
)
def test_study_beside_a_review_that_lists_its_own(study, is_out):
    review = a_finding(key="f-01", study=a_review("s:review", includes=frozenset({"s:named"})))
    one = a_finding(key="f-02", study=study, is_independent=True)

    assert reasons(review, one) == ({"f-02": INSIDE} if is_out else {})


def test_study_inside_a_review_names_that_review():
    review = a_finding(key="f-01", study=a_review("s:review"))

    (one,) = select([review, a_finding(key="f-02")]).not_counted

    assert one.detail == "s:review"


def test_review_puts_out_trials_of_its_own_outcome_only():
    review = a_finding(key="f-01", study=a_review("s:review"))
    trial = a_finding(key="f-02", outcome=STRENGTH, unit="kg")

    assert keys_counted(review, trial) == ["f-01", "f-02"]


def test_null_without_figures_inside_a_review_does_not_count():
    review = a_finding(key="f-01", study=a_review("s:review"))

    assert reasons(review, a_null(key="f-02")) == {"f-02": INSIDE}


@pytest.mark.parametrize("apart, do_disagree", [(1.38, False), (1.39, True)])
def test_reviews_disagree_beyond_their_common_error(apart, do_disagree):
    # 1.959964 × √(0.5² + 0.5²) = 1.385904
    winner = a_difference(apart, 0.5, key="f-01", study=a_review("s:new", year=2024))
    loser = a_difference(0.0, 0.5, key="f-02", study=a_review("s:old"))

    assert select([winner, loser]).reviews_disagree_on == (("pain",) if do_disagree else ())


def test_reviews_disagree_if_any_pair_of_their_findings_does():
    findings = [
        a_difference(0.0, 0.5, key="f-01", study=a_review("s:new", year=2024)),
        a_difference(3.0, 0.5, key="f-02", study=a_review("s:new", year=2024)),
        a_difference(0.0, 0.5, key="f-03", study=a_review("s:old")),
    ]

    assert select(findings).reviews_disagree_on == ("pain",)


def test_trial_that_contradicts_its_review_is_no_disagreement_of_reviews():
    review = a_difference(3.0, 0.1, key="f-01", study=a_review("s:review"))
    trial = a_difference(-3.0, 0.1, key="f-02")

    assert select([review, trial]).reviews_disagree_on == ()


def test_cohort_that_contradicts_the_other_review_is_no_disagreement_of_reviews():
    review = a_difference(0.0, 0.1, key="f-01", study=a_review("s:new", year=2024))
    other = a_difference(0.0, 0.1, key="f-02", study=a_review("s:old"))
    cohort = a_difference(9.0, 0.1, key="f-03", study=a_study(design=Design.COHORT))

    assert select([review, other, cohort]).reviews_disagree_on == ()


def test_outcomes_on_which_reviews_disagree_are_sorted():
    findings = [
        a_finding(
            key=f"{outcome.slug}-{year}",
            unit=unit,
            outcome=outcome,
            estimate=estimate,
            ci_low=estimate - 1,
            ci_high=estimate + 1,
            study=a_review(f"s:{year}", year=year),
        )
        for outcome, unit in ((STRENGTH, "kg"), (a_finding().outcome, "points"))
        for year, estimate in ((2020, 40.0), (2024, -40.0))
    ]

    assert select(findings).reviews_disagree_on == ("pain", "strength")


def test_not_counted_come_by_study_outcome_and_key():
    out = [
        a_finding(key="f-04", set_aside="x", study=a_study(key="s:b")),
        a_finding(key="f-03", set_aside="x", study=a_study(key="s:a"), outcome=STRENGTH),
        a_finding(key="f-02", set_aside="x", study=a_study(key="s:a")),
        a_finding(key="f-01", set_aside="x", study=a_study(key="s:a"), outcome=STRENGTH),
    ]

    assert [one.key for one in select(out).not_counted] == ["f-02", "f-01", "f-03", "f-04"]
