"""Certainty, what lowered it, and possible bias, by hand."""

import pytest

from evidence.synthesis import Certainty, Concern, Design, Domain, Downgrade, DowngradeCause, grade
from tests.made_up_facts import MARKER, REVIEW, a_finding, a_study

SERIOUS, VERY_SERIOUS, UNKNOWN = Concern.SERIOUS, Concern.VERY_SERIOUS, Concern.UNKNOWN


@pytest.mark.parametrize(
    "design, certainty, bias_variance",
    [
        # 0.25² = 0.0625; + 1.5² = 2.3125; or + 2.5² = 6.3125
        (Design.META_ANALYSIS, Certainty.HIGH, 0.0625),
        (Design.NETWORK_META_ANALYSIS, Certainty.HIGH, 0.0625),
        (Design.RCT, Certainty.HIGH, 0.0625),
        (Design.CROSSOVER_RCT, Certainty.HIGH, 0.0625),
        (Design.NON_RANDOMISED_TRIAL, Certainty.LOW, 2.3125),
        (Design.SINGLE_ARM_TRIAL, Certainty.LOW, 2.3125),
        (Design.COHORT, Certainty.LOW, 2.3125),
        (Design.CASE_CONTROL, Certainty.LOW, 2.3125),
        (Design.CASE_SERIES, Certainty.VERY_LOW, 6.3125),
        (Design.ANIMAL, Certainty.VERY_LOW, 6.3125),
        (Design.IN_VITRO, Certainty.VERY_LOW, 6.3125),
    ],
)
def test_grade_without_concerns_is_where_the_design_starts(design, certainty, bias_variance):
    graded = grade(a_finding(study=a_study(design=design)))

    assert graded.certainty is graded.certainty_without_imprecision is graded.start is certainty
    assert graded.bias_variance == pytest.approx(bias_variance)
    assert graded.downgrades == ()


@pytest.mark.parametrize(
    "concerns, certainty, bias_variance",
    [
        # 0.0625 + 0.75² = 0.625
        ({"inconsistency": SERIOUS}, Certainty.MODERATE, 0.625),
        # 0.0625 + 1.5² = 2.3125
        ({"publication_bias": VERY_SERIOUS}, Certainty.LOW, 2.3125),
        # 0.0625 + 0.5625 + 0.5625 + 2.25 = 3.4375; four levels, but never below very low
        (
            {"risk_of_bias": SERIOUS, "indirectness": SERIOUS, "inconsistency": VERY_SERIOUS},
            Certainty.VERY_LOW,
            3.4375,
        ),
        # only an unassessed risk of bias costs: 0.0625 + 0.5² = 0.3125
        ({"inconsistency": UNKNOWN, "publication_bias": UNKNOWN}, Certainty.HIGH, 0.0625),
        ({"risk_of_bias": UNKNOWN}, Certainty.MODERATE, 0.3125),
        # the ceiling of moderate is no further level: high - 1 is moderate already
        ({"risk_of_bias": UNKNOWN, "inconsistency": SERIOUS}, Certainty.MODERATE, 0.875),
        ({"risk_of_bias": UNKNOWN, "inconsistency": VERY_SERIOUS}, Certainty.LOW, 2.5625),
    ],
)
def test_grade_of_a_trial_with_concerns(concerns, certainty, bias_variance):
    graded = grade(a_finding(**concerns))

    assert graded.certainty is certainty
    assert graded.bias_variance == pytest.approx(bias_variance)


def test_imprecision_lowers_only_the_displayed_certainty():
    graded = grade(a_finding(imprecision=VERY_SERIOUS))

    assert graded.certainty is Certainty.LOW
    assert graded.certainty_without_imprecision is Certainty.HIGH
    assert graded.bias_variance == pytest.approx(0.0625)
    assert graded.downgrades == (Downgrade(Domain.IMPRECISION, 2, (DowngradeCause.JUDGED,)),)


def test_ceiling_for_an_unassessed_risk_of_bias_holds_with_and_without_imprecision():
    graded = grade(a_finding(risk_of_bias=UNKNOWN, imprecision=SERIOUS))

    assert graded.certainty is Certainty.MODERATE
    assert graded.certainty_without_imprecision is Certainty.MODERATE
    assert graded.downgrades == (Downgrade(Domain.IMPRECISION, 1, (DowngradeCause.JUDGED,)),)


def test_ceiling_that_alone_keeps_a_finding_from_high_is_named():
    graded = grade(a_finding(risk_of_bias=UNKNOWN))

    expected = Downgrade(Domain.RISK_OF_BIAS, 1, (DowngradeCause.NOT_ASSESSED,))
    assert graded.downgrades == (expected,)


def test_unassessed_risk_of_bias_lowers_no_cohort():
    graded = grade(a_finding(study=a_study(design=Design.COHORT), risk_of_bias=UNKNOWN))

    assert graded.certainty is Certainty.LOW
    assert graded.downgrades == ()
    # 0.0625 + 1.5² + 0.5²
    assert graded.bias_variance == pytest.approx(2.5625)


@pytest.mark.parametrize(
    "changes, levels, why",
    [
        ({"outcome": MARKER}, 1, (DowngradeCause.SURROGATE_OUTCOME,)),
        ({"is_combined": True}, 1, (DowngradeCause.CO_INTERVENTION,)),
        (
            {"outcome": MARKER, "is_combined": True, "indirectness": UNKNOWN},
            1,
            (DowngradeCause.SURROGATE_OUTCOME, DowngradeCause.CO_INTERVENTION),
        ),
        (
            {"outcome": MARKER, "indirectness": SERIOUS},
            1,
            (DowngradeCause.JUDGED, DowngradeCause.SURROGATE_OUTCOME),
        ),
        ({"outcome": MARKER, "indirectness": VERY_SERIOUS}, 2, (DowngradeCause.JUDGED,)),
    ],
)
def test_indirectness_of_markers_and_combinations_is_at_least_serious(changes, levels, why):
    graded = grade(a_finding(**changes))

    assert graded.downgrades == (Downgrade(Domain.INDIRECTNESS, levels, why),)
    assert graded.certainty is Certainty.HIGH.lowered(levels)
    # 0.0625 + 0.75², or + 1.5²
    assert graded.bias_variance == pytest.approx({1: 0.625, 2: 2.3125}[levels])


def test_reviews_that_disagree_make_inconsistency_serious():
    finding = a_finding(study=REVIEW, inconsistency=UNKNOWN)

    graded = grade(finding, reviews_disagree=True)

    expected = Downgrade(Domain.INCONSISTENCY, 1, (DowngradeCause.REVIEWS_DISAGREE,))
    assert graded.downgrades == (expected,)
    assert graded.certainty is Certainty.MODERATE
    assert graded.bias_variance == pytest.approx(0.625)


@pytest.mark.parametrize(
    "levels, certainty", [(0, "high"), (2, "low"), (3, "very-low"), (9, "very-low")]
)
def test_certainty_is_never_lowered_below_very_low(levels, certainty):
    assert Certainty.HIGH.lowered(levels) == certainty


def test_certainties_compare_by_rank():
    ranked = sorted(Certainty, key=lambda certainty: certainty.rank)

    assert ranked == ["very-low", "low", "moderate", "high"]
    assert Certainty.HIGH.is_at_least(Certainty.HIGH)
    assert Certainty.HIGH.is_at_least(Certainty.LOW)
    assert not Certainty.VERY_LOW.is_at_least(Certainty.LOW)
