"""Where benefits lie on the drawings, by hand and for whatever figures may come."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.charts import (
    BAR_HIGH,
    BAR_LOW,
    FOREST_AXES,
    MARGIN,
    POINT,
    WIDTH,
    Axis,
    benefit_bar,
    forest_axis,
    forest_row,
)
from evidence.synthesis.constants import BENEFIT_CAP

# 300 units of drawing for 5 of benefit, between margins of 10: 60 for each.
BAR_AXIS = Axis(-2.0, 3.0)

benefits = st.floats(min_value=-1e6, max_value=1e6)
deviations = st.floats(min_value=1e-6, max_value=1e6)
axes = st.sampled_from([Axis(low, high) for low, high in FOREST_AXES])


@pytest.mark.parametrize(
    "benefit, x", [(-2, 10), (-1, 70), (0, 130), (0.5, 160), (1, 190), (2, 250), (3, 310)]
)
def test_axis_puts_benefits_at_even_distances(benefit, x):
    assert BAR_AXIS.x(benefit) == x


@pytest.mark.parametrize("benefit, x", [(-2.001, 10), (-400, 10), (3.001, 310), (1e300, 310)])
def test_axis_holds_what_lies_beyond_at_its_end(benefit, x):
    assert BAR_AXIS.x(benefit) == x


def test_axis_marks_harm_nothing_and_benefit():
    assert (BAR_AXIS.harm_matters, BAR_AXIS.zero, BAR_AXIS.matters) == (70, 130, 190)
    assert (BAR_AXIS.twice, BAR_AXIS.end) == (250, 310)
    # The zones reach from the mark to the margin.
    assert (BAR_AXIS.harm_width, BAR_AXIS.benefit_width) == (60, 120)


def test_axis_of_a_bar_labels_every_whole_number_with_a_true_minus():
    assert BAR_AXIS.ticks == [
        (10, "−2"),
        (70, "−1"),
        (130, "0"),
        (190, "1"),
        (250, "2"),
        (310, "3"),
    ]


def test_wide_axis_labels_every_second_whole_number():
    labels = [label for _, label in Axis(-6.0, 6.0).ticks]

    assert labels == ["−6", "−4", "−2", "0", "2", "4", "6"]


@given(axis=axes, one=benefits, other=benefits)
def test_axis_keeps_the_order_of_benefits_inside_the_drawing(axis, one, other):
    low, high = sorted((one, other))

    assert MARGIN <= axis.x(low) <= axis.x(high) <= WIDTH - MARGIN


@given(axis=axes, benefit=benefits)
def test_axis_prints_positions_as_plain_decimals(axis, benefit):
    assert re.fullmatch(r"\d{2,3}\.\d", str(axis.x(benefit)))


def test_benefit_bar_by_hand():
    bar = benefit_bar(mean=0.5, sd=0.5)

    # The central 80 % of a normal lies within 1.281552 sd, and 80 % of it above -0.841621 sd.
    assert (bar.low, bar.high) == pytest.approx((-0.140776, 1.140776))
    assert bar.dependable == pytest.approx(0.079190, abs=1e-6)
    assert (bar.x_mean, bar.x_low, bar.x_high, bar.x_dependable) == (160, 121.6, 198.4, 134.8)
    assert not bar.is_cut_low
    assert not bar.is_cut_high


@pytest.mark.parametrize(
    "mean, sd, cut_low, cut_high",
    [(0, 1.5, False, False), (0, 1.6, True, False), (2, 1, False, True), (0, 9, True, True)],
)
def test_benefit_bar_has_an_arrow_where_its_range_leaves_the_axis(mean, sd, cut_low, cut_high):
    bar = benefit_bar(mean, sd)

    assert (bar.is_cut_low, bar.is_cut_high) == (cut_low, cut_high)


@given(mean=benefits, sd=deviations)
def test_benefit_bar_keeps_its_parts_in_order(mean, sd):
    bar = benefit_bar(mean, sd)

    assert bar.x_low <= bar.x_dependable <= bar.x_mean <= bar.x_high
    assert bar.is_cut_low == (bar.low < BAR_LOW)
    assert bar.is_cut_high == (bar.high > BAR_HIGH)


@pytest.mark.parametrize(
    "values, axis",
    [
        ([], FOREST_AXES[0]),
        ([-2, 0.4, 3], FOREST_AXES[0]),
        ([0.4, 3.01], FOREST_AXES[1]),
        ([-2.5], FOREST_AXES[1]),
        ([-BENEFIT_CAP, BENEFIT_CAP], FOREST_AXES[1]),
        ([0, 40], FOREST_AXES[1]),
    ],
)
def test_forest_axis_is_the_narrowest_that_holds_the_estimates(values, axis):
    chosen = forest_axis(values)

    assert (chosen.low, chosen.high) == axis


def test_forest_row_by_hand():
    # s = 0.25 and v = 1: 95 % intervals of 1.959964 times 0.25 and 1.
    row = forest_row(BAR_AXIS, y=1.0, s=0.25, v=1.0)

    assert (row.own_low, row.own_high) == pytest.approx((0.510009, 1.489991))
    assert (row.wide_low, row.wide_high) == pytest.approx((-0.959964, 2.959964))
    assert row.x == 190
    assert row.x_point == 190 - POINT / 2
    assert row.x_own == (160.6, 219.4)
    assert row.x_wide == (72.4, 307.6)
    assert row.is_on_axis
    assert not (row.is_cut_low or row.is_cut_high)


def test_forest_row_beyond_the_axis_is_an_arrow_without_a_square():
    row = forest_row(BAR_AXIS, y=40.0, s=0.25, v=1.0)

    assert not row.is_on_axis
    assert row.is_cut_high
    assert row.x_own == row.x_wide == (310, 310)


@given(axis=axes, y=benefits, s=deviations, bias=deviations)
def test_forest_row_holds_its_own_interval_inside_the_wider_one(axis, y, s, bias):
    row = forest_row(axis, y, s, v=s**2 + bias**2)

    assert row.x_wide[0] <= row.x_own[0] <= row.x <= row.x_own[1] <= row.x_wide[1]
    assert row.is_cut_low or row.wide_low >= axis.low
    assert row.is_cut_high or row.wide_high <= axis.high
    assert row.is_on_axis or row.is_cut_low or row.is_cut_high
