"""Figures that are refused wherever they enter, each naming its field."""

import pytest

from evidence.synthesis import Figures, Measure, refusals

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    "figures, fields",
    [
        (Figures(measure=Measure.RR, estimate=0.0), ["estimate"]),
        (Figures(measure=Measure.OR, estimate=-1.2), ["estimate"]),
        (Figures(measure=Measure.HR, estimate=1.0, ci_low=-0.5, ci_high=2.0), ["ci_low"]),
        (Figures(measure=Measure.MD, estimate=5.0, ci_low=1.0, ci_high=3.0), ["ci_high"]),
        (Figures(measure=Measure.MD, estimate=-5.0, ci_low=1.0, ci_high=3.0), ["ci_low"]),
        (Figures(measure=Measure.MD, estimate=1.0, ci_low=0.0), ["ci_high"]),
        (Figures(measure=Measure.MD, estimate=1.0, ci_high=2.0), ["ci_low"]),
        (Figures(measure=Measure.MD, estimate=1.0, ci_low=1.0, ci_high=1.0), ["ci_low"]),
        (Figures(measure=Measure.MD, estimate=1.0, ci_low=2.0, ci_high=0.0), ["ci_low"]),
        (Figures(ci_level=0.0), ["ci_level"]),
        (Figures(ci_level=100.0), ["ci_level"]),
        (Figures(p=0.0), ["p"]),
        (Figures(p=1.0), ["p"]),
        (Figures(p=-0.01), ["p"]),
        (Figures(n_participants=1), ["n_participants"]),
        (Figures(estimate=NAN, ci_low=INF, ci_high=-INF), ["estimate", "ci_low", "ci_high"]),
        (Figures(p=NAN, ci_level=NAN), ["ci_level", "p"]),
        (
            Figures(measure=Measure.RR, estimate=-1.0, p=2.0, n_participants=0),
            ["estimate", "p", "n_participants"],
        ),
    ],
)
def test_refusals_name_each_wrong_field(figures, fields):
    assert [refusal.field for refusal in refusals(figures)] == fields


@pytest.mark.parametrize(
    "figures",
    [
        Figures(),
        Figures(measure=Measure.MD, estimate=-3.0, ci_low=-5.0, ci_high=-1.0, ci_level=97.5),
        Figures(measure=Measure.MD, estimate=1.0, ci_low=1.0, ci_high=2.0),
        Figures(measure=Measure.MD, estimate=2.0, ci_low=1.0, ci_high=2.0),
        Figures(measure=Measure.RR, estimate=0.5, p=0.04, n_participants=2),
        Figures(measure=Measure.RD, estimate=-0.5),
        Figures(measure=Measure.MD, ci_low=1.0, ci_high=2.0),
    ],
)
def test_figures_that_can_be_read_are_not_refused(figures):
    assert refusals(figures) == []


def test_refusal_says_the_value_and_what_is_allowed():
    (refusal,) = refusals(Figures(p=1.5))

    assert refusal.message == "Must lie between 0 and 1, neither included, got 1.5."
