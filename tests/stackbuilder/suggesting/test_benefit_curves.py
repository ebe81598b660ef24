"""How the worth of the best stack grows, as rows and as a drawing."""

import doctest
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.engine.assembly import AssemblyError
from stackbuilder.suggesting import benefit_curves
from stackbuilder.suggesting.benefit_curves import (
    HEIGHT,
    WIDTH,
    budgets_up_to,
    curve_of_budgets,
    curve_of_sizes,
    drawing_of,
    round_step,
)
from stackbuilder.suggesting.suggestions import suggest
from tests.made_up_tables import a_question, made_up_prices, made_up_tables

PRICES = made_up_prices(melatonin="12", saffron="40", valerian="5")


def rows_of(curve):
    return [(row.limit, row.names) for row in curve.rows]


def test_curve_of_sizes_has_a_row_wherever_the_stack_gets_better():
    curve = curve_of_sizes(a_question())

    assert rows_of(curve) == [(1, ("Melatonin",)), (2, ("Melatonin", "Saffron"))]
    assert [row.value for row in curve.rows] == [pytest.approx(0.43), pytest.approx(0.81)]
    assert [row.added for row in curve.rows] == [pytest.approx(0.43), pytest.approx(0.38)]
    assert [row.entering for row in curve.rows] == [("Melatonin",), ("Saffron",)]
    assert curve.is_proven


def test_row_at_the_visitors_own_size_is_the_suggestion():
    question = a_question(size=2)

    last = curve_of_sizes(question).rows[-1]

    assert last.names == tuple(member.name for member in suggest(question).members)


def test_curve_of_sizes_starts_where_there_is_room_for_those_who_must_be_in():
    curve = curve_of_sizes(a_question(must=("zinc", "valerian")))

    assert curve.rows[0].limit == 2


def test_curve_of_sizes_goes_as_far_as_the_visitor_does():
    assert curve_of_sizes(a_question(size=15)).last == 15
    assert curve_of_sizes(a_question(size=3)).last == benefit_curves.LARGEST


def test_curve_of_sizes_keeps_the_budget():
    curve = curve_of_sizes(a_question(prices=PRICES, budget=Decimal(12)))

    assert rows_of(curve) == [(1, ("Melatonin",))]
    assert all(row.cost <= 12 for row in curve.rows)


def test_curve_of_sizes_of_limits_that_clash_is_an_error():
    with pytest.raises(AssemblyError):
        curve_of_sizes(a_question(must=("zinc",), must_not=("zinc",)))


def test_curve_of_budgets_ends_where_the_dearest_stack_is_paid_for():
    curve = curve_of_budgets(a_question(prices=PRICES))

    assert rows_of(curve) == [
        (500, ("Valerian",)),
        (2000, ("Melatonin", "Valerian")),
        (7500, ("Melatonin", "Saffron")),
    ]
    assert (curve.rows[-1].entering, curve.rows[-1].leaving) == (("Saffron",), ("Valerian",))
    assert (curve.rows[-1].amount, curve.rows[-1].cost) == (Decimal(75), Decimal("52.00"))


def test_stack_that_is_only_different_has_no_row_of_its_own():
    curve = curve_of_budgets(a_question(prices=PRICES))

    # Melatonin alone, for 15 dollars, is worth just as much as valerian alone.
    assert 1500 not in [row.limit for row in curve.rows]


def test_curve_of_budgets_leaves_out_who_has_no_price():
    curve = curve_of_budgets(a_question(prices=made_up_prices(valerian="5")))

    assert rows_of(curve) == [(500, ("Valerian",))]


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"prices": PRICES, "must": ("zinc",)},
        {"prices": made_up_prices(zinc="5")},
        {"prices": made_up_prices(melatonin="0")},
    ],
)
def test_curve_of_budgets_is_not_there_without_prices_that_matter(limits):
    assert curve_of_budgets(a_question(**limits)) is None


def test_curve_of_nothing_has_one_row_that_says_so():
    curve = curve_of_sizes(a_question(tables=made_up_tables({"zinc": (None, -1.0)})))

    assert rows_of(curve) == [(1, ())]


def test_curves_out_of_time_say_that_they_are_not_proven():
    benefits = {f"c-{n}": (n % 7 / 7, n % 11 / 11) for n in range(60)}

    curve = curve_of_sizes(a_question(tables=made_up_tables(benefits)), seconds=0)

    assert not curve.is_proven


def test_drawing_rises_where_the_worth_does():
    drawing = drawing_of([(1, 0.2), (2, 0.5), (3, 0.5)])

    assert [x for x, _ in drawing.x_ticks] == sorted(x for x, _ in drawing.x_ticks)
    assert [label for _, label in drawing.x_ticks] == ["1", "2", "3"]
    assert len(drawing.marks) == 2
    assert drawing.marks[0][1] > drawing.marks[1][1]  # downwards is larger in SVG
    assert drawing.path.count("H") == 2


points = st.lists(st.floats(-2, 5), min_size=1, max_size=30).map(
    lambda worths: list(enumerate(worths, start=1))
)


@given(points=points)
def test_drawing_stays_inside_its_frame(points):
    drawing = drawing_of(points)

    xs = [x for x, _ in (*drawing.x_ticks, *drawing.marks)]
    ys = [y for y, _ in drawing.y_ticks] + [y for _, y in drawing.marks]
    assert all(drawing.left <= x <= drawing.right < WIDTH for x in xs)
    assert all(0 < y <= drawing.floor < HEIGHT for y in ys)
    assert re.fullmatch(r"M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)*", drawing.path)
    assert len(drawing.x_ticks) <= benefit_curves.MOST_TICKS
    assert 2 <= len(drawing.y_ticks) <= 8


@given(cents=st.integers(1, 10**7))
def test_budgets_pay_for_the_dearest_stack_with_the_last_alone(cents):
    budgets = budgets_up_to(cents)

    assert budgets[-1] >= cents
    assert all(budget < cents for budget in budgets[:-1])
    assert list(budgets) == sorted(set(budgets))


@given(least=st.floats(1e-3, 1e6))
def test_round_step_is_round_and_large_enough(least):
    step = round_step(least)

    assert least <= step <= 2.6 * least
    assert f"{step:.0e}"[0] in "125"


def test_examples_are_true():
    assert doctest.testmod(benefit_curves).failed == 0
