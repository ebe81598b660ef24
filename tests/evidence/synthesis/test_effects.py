"""One finding → benefit and standard error, by numbers worked out by hand."""

from dataclasses import replace
from math import isfinite

import pytest

from evidence.synthesis import (
    Basis,
    Better,
    Design,
    Measure,
    Mid,
    NotCountedReason,
    OutcomeFacts,
    Result,
    SynthesisError,
    read_effect,
    signed_mid,
)
from evidence.synthesis.effects import additive, standard_error, standard_error_from_p
from tests.made_up_facts import MARKER, PAIN, STRENGTH, Z95, a_finding, a_null, a_study

WITHOUT_INTERVAL = {"ci_low": None, "ci_high": None}


def assert_effect(effect, y, s, basis):
    assert (effect.y, effect.s) == pytest.approx((y, s), abs=1e-6)
    assert effect.basis is basis


def test_effect_of_a_difference_with_an_interval():
    # SE = 2 × 1.959964 / (2 × 1.959964) = 1; y = -3 / -2; s = 1 / 2
    effect = read_effect(a_finding())

    assert_effect(effect, 1.5, 0.5, Basis.INTERVAL)


def test_effect_of_a_difference_with_only_a_p_value():
    # SE = 3 / 1.959964 = 1.530640; s = 1.530640 / 2
    effect = read_effect(a_finding(**WITHOUT_INTERVAL, p=0.05))

    assert_effect(effect, 1.5, 0.765320, Basis.P_VALUE)


def test_effect_with_both_an_interval_and_a_p_value_uses_the_interval():
    effect = read_effect(a_finding(p=0.9))

    assert_effect(effect, 1.5, 0.5, Basis.INTERVAL)


def test_effect_with_an_interval_of_another_level():
    # 90 %: z = 1.644854, so the same bounds mean SE = 1.959964 / 1.644854 = 1.191573
    effect = read_effect(a_finding(ci_level=90.0))

    assert_effect(effect, 1.5, 0.595786, Basis.INTERVAL)


@pytest.mark.parametrize(
    "better, ratio_mid, y, s",
    [
        # ln 0.64 / ln 0.80 = 2; SE = ln(0.80/0.512) / 3.919928 = 0.113851; / 0.223144
        (Better.LOWER, None, 2.0, 0.510213),
        # ln 0.64 / ln 1.25 = -2: fewer events of a good thing are a harm
        (Better.HIGHER, None, -2.0, 0.510213),
        # ln 0.64 / ln 0.90 = -0.446287 / -0.105361; 0.113851 / 0.105361
        (Better.LOWER, 0.90, 4.235810, 1.080584),
    ],
)
def test_effect_of_a_ratio(better, ratio_mid, y, s):
    outcome = replace(PAIN, better=better, ratio_mid=ratio_mid)
    finding = a_finding(
        outcome=outcome, measure=Measure.RR, estimate=0.64, ci_low=0.512, ci_high=0.80
    )

    effect = read_effect(finding)

    assert_effect(effect, y, s, Basis.INTERVAL)


@pytest.mark.parametrize(
    "measure, y, s",
    [
        # ½ ln 0.64 / ln 0.80 = 1: the odds ratio is halved, its MID is not
        (Measure.OR, 1.0, 0.255106),
        (Measure.RR, 2.0, 0.510213),
        (Measure.HR, 2.0, 0.510213),
    ],
)
def test_only_the_odds_ratio_of_a_common_event_is_halved(measure, y, s):
    outcome = replace(PAIN, is_common_event=True)
    finding = a_finding(outcome=outcome, measure=measure, estimate=0.64, ci_low=0.512, ci_high=0.80)

    effect = read_effect(finding)

    assert_effect(effect, y, s, Basis.INTERVAL)


@pytest.mark.parametrize(
    "outcome, mid",
    [
        (PAIN, -0.2),
        (STRENGTH, 0.2),
        (replace(PAIN, mids=(Mid("points", -2.0), Mid("smd ", -0.5))), -0.5),
    ],
)
def test_mid_of_a_standardised_difference(outcome, mid):
    finding = a_finding(outcome=outcome, measure=Measure.SMD, unit=None)

    assert signed_mid(finding) == mid


@pytest.mark.parametrize("unit", ["points", " Points ", "POINTS"])
def test_mid_by_unit_ignores_case_and_outer_blanks(unit):
    assert signed_mid(a_finding(unit=unit)) == -2.0


@pytest.mark.parametrize("unit", ["point", "kg", "", None])
def test_mid_in_another_unit_is_none(unit):
    assert signed_mid(a_finding(unit=unit)) is None


def test_mid_row_may_run_against_its_outcome():
    attention = replace(STRENGTH, slug="attention", mids=(Mid("s (Stroop)", -5.5),))
    finding = a_finding(outcome=attention, unit="s (Stroop)")

    effect = read_effect(finding)

    # 3 s faster: -3 / -5.5
    assert_effect(effect, 0.545455, 0.181818, Basis.INTERVAL)


@pytest.mark.parametrize("better, mid", [(Better.LOWER, -2.0), (Better.HIGHER, 2.0)])
@pytest.mark.parametrize("printed", [-2.0, 2.0])
def test_mid_of_a_finding_with_its_own_direction(printed, better, mid):
    outcome = replace(PAIN, mids=(Mid("points", printed),))

    assert signed_mid(a_finding(outcome=outcome, better=better)) == mid


def test_ratio_of_a_finding_with_its_own_direction_keeps_the_size_of_its_outcomes_mid():
    # Lower is better for the outcome, so the size is |ln 0.80|; ln 1.25 / |ln 0.80| = 1
    finding = a_finding(
        better=Better.HIGHER, measure=Measure.RR, estimate=1.25, ci_low=1.0, ci_high=1.5625
    )

    effect = read_effect(finding)

    # SE = ln 1.5625 / 3.919928 = 0.113851
    assert_effect(effect, 1.0, 0.510213, Basis.INTERVAL)


@pytest.mark.parametrize(
    "outcome, better, y",
    [
        (STRENGTH, None, 2.0),
        (PAIN, None, -2.0),
        (PAIN, Better.HIGHER, 2.0),
    ],
)
def test_effect_without_a_mid_in_its_unit_is_standardised(outcome, better, y):
    # t = 2; N = 100: d = 2 × 2 / 10 = 0.4; SE = √(4/100 + 0.16/200) = 0.201990; both / 0.2
    finding = a_finding(
        outcome=outcome,
        unit="furlongs",
        better=better,
        estimate=2.0,
        ci_low=2 - Z95,
        ci_high=2 + Z95,
    )

    effect = read_effect(finding)

    assert_effect(effect, y, 1.009950, Basis.TEST_STATISTIC)


def test_standardised_effect_ignores_the_outcomes_own_standardised_mid():
    outcome = replace(STRENGTH, mids=(Mid("SMD", 0.5),))
    finding = a_finding(outcome=outcome, estimate=2.0, ci_low=2 - Z95, ci_high=2 + Z95)

    effect = read_effect(finding)

    assert_effect(effect, 2.0, 1.009950, Basis.TEST_STATISTIC)


@pytest.mark.parametrize(
    "design, is_standardised",
    [
        (Design.RCT, True),
        (Design.NON_RANDOMISED_TRIAL, True),
        (Design.COHORT, True),
        (Design.CASE_CONTROL, True),
        (Design.CROSSOVER_RCT, False),
        (Design.META_ANALYSIS, False),
        (Design.NETWORK_META_ANALYSIS, False),
        (Design.SINGLE_ARM_TRIAL, False),
        (Design.CASE_SERIES, False),
    ],
)
def test_only_a_single_parallel_group_study_is_standardised(design, is_standardised):
    finding = a_finding(unit="furlongs", study=a_study(design=design))

    effect = read_effect(finding)

    assert (effect is not NotCountedReason.NO_MID_IN_THIS_UNIT) is is_standardised


def test_effect_without_a_mid_and_without_participants_is_not_standardised():
    finding = a_finding(unit="furlongs", n_participants=None)

    assert read_effect(finding) is NotCountedReason.NO_MID_IN_THIS_UNIT


def test_null_with_figures_but_no_mid_is_not_read_as_a_null_without_figures():
    finding = a_finding(
        unit="furlongs",
        study=a_study(design=Design.CROSSOVER_RCT),
        result=Result.NO_CLEAR_DIFFERENCE,
    )

    assert read_effect(finding) is NotCountedReason.NO_MID_IN_THIS_UNIT


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"measure": Measure.MD, "unit": "points", "estimate": -3.0},
        {"measure": Measure.MD, "unit": "points", "estimate": 0.0, "p": 0.99},
        {"measure": Measure.MD, "unit": "points", "p": 0.7},
        {"estimate": -3.0, "ci_low": -5.0, "ci_high": 1.0},
    ],
)
def test_null_without_a_usable_figure_counts_by_its_participants(figures):
    # s = (2 / √400) / 0.2 = 0.5
    effect = read_effect(a_null(n_participants=400, **figures))

    assert_effect(effect, 0.0, 0.5, Basis.NULL_WITHOUT_FIGURE)


def test_null_without_a_usable_figure_ignores_the_outcomes_own_standardised_mid():
    outcome = replace(PAIN, mids=(Mid("SMD", -0.5),))

    effect = read_effect(a_null(n_participants=400, outcome=outcome))

    assert_effect(effect, 0.0, 0.5, Basis.NULL_WITHOUT_FIGURE)


@pytest.mark.parametrize(
    "changes",
    [{"n_participants": None}, {"result": Result.BENEFIT}, {"result": Result.HARM}],
)
def test_finding_without_figures_has_no_usable_figure(changes):
    assert read_effect(a_null(**changes)) is NotCountedReason.NO_USABLE_FIGURE


def test_no_effect_is_positive_zero_whatever_the_sign_of_the_mid():
    finding = a_finding(estimate=0.0, ci_low=-1.0, ci_high=1.0)

    assert str(read_effect(finding).y) == "0.0"


@pytest.mark.parametrize("p", [5e-324, 1e-300, 1e-17, 0.5, 1 - 1e-15, 1 - 2**-53])
@pytest.mark.parametrize("estimate", [-1e-300, -3.0, 1e300])
def test_effect_by_p_at_its_extremes_is_finite_or_not_usable(estimate, p):
    effect = read_effect(a_finding(**WITHOUT_INTERVAL, estimate=estimate, p=p))

    is_finite = not isinstance(effect, NotCountedReason) and isfinite(effect.y * effect.s)
    assert is_finite or effect is NotCountedReason.NO_USABLE_FIGURE


@pytest.mark.parametrize("level", [1e-300, 1e-15, 50.0, 99.99999999999999])
def test_standard_error_at_extreme_levels_is_never_negative(level):
    assert standard_error(-1.0, 1.0, level=level) > 0


def test_interval_wider_than_floats_hold_is_not_usable():
    finding = a_finding(ci_low=-1.7e308, ci_high=1.7e308)

    assert read_effect(finding) is NotCountedReason.NO_USABLE_FIGURE


def test_interval_too_narrow_for_a_logarithm_is_not_usable():
    above = 1e17 + 16
    finding = a_finding(measure=Measure.RR, estimate=1e17, ci_low=1e17, ci_high=above)

    assert read_effect(finding) is NotCountedReason.NO_USABLE_FIGURE


def test_figures_that_entry_should_have_refused_are_an_error():
    finding = a_finding(estimate=9.0)

    with pytest.raises(SynthesisError, match=r"f-01: ci_high: .* does not contain 9\.0"):
        read_effect(finding)


@pytest.mark.parametrize("value", [0.0, float("nan"), float("inf")])
def test_mid_that_cannot_divide_is_an_error(value):
    with pytest.raises(SynthesisError, match="finite number other than 0"):
        Mid("points", value)


@pytest.mark.parametrize("ratio_mid", [-0.8, 0.0, 1.0, float("nan")])
def test_ratio_mid_that_cannot_divide_is_an_error(ratio_mid):
    with pytest.raises(SynthesisError, match="above 0 and not 1"):
        OutcomeFacts("o", MARKER.kind, Better.LOWER, False, ratio_mid, ())


def test_additive_scale_of_a_difference_is_itself():
    assert additive(Measure.PCT, -7.5, is_common_event=True) == -7.5


def test_standard_error_by_p_of_no_difference_is_unknown():
    assert standard_error_from_p(0.0, 0.5) is None
