"""What a visitor has, against what is proposed."""

from decimal import Decimal

import pytest

from stackbuilder.engine.assembly import Limit, assemble
from stackbuilder.suggesting.present_stack import present_stack
from tests.made_up_tables import PREGNANT, a_question, made_up_prices, made_up_safety


def present(**limits):
    question = a_question(**limits)
    return present_stack(question, assemble(question.problem))


def test_nobody_without_a_stack_is_compared():
    assert present() is None


def test_stack_that_is_the_proposed_one_needs_no_change():
    found = present(members=("saffron", "melatonin"))

    assert found.is_proposed
    assert found.is_as_good


def test_stack_with_another_member_is_worth_that_much_less():
    found = present(members=("saffron", "melatonin", "zinc"))

    assert not found.is_proposed
    assert found.value == pytest.approx(0.85 - 0.06)
    assert found.difference == pytest.approx(0.02)
    assert not found.is_as_good


def test_other_stack_of_the_same_worth_is_as_good():
    found = present(members=("valerian",), size=1)

    assert not found.is_proposed
    assert found.is_as_good


@pytest.mark.parametrize(
    "limits, broken",
    [
        ({"size": 1}, Limit.MUST_HAVES_OVER_SIZE),
        ({"must_not": ("saffron",)}, Limit.MUST_HAVE_IS_MUST_NOT),
        ({"budget": Decimal(5)}, Limit.MUST_HAVE_UNPRICED),
        (
            {"budget": Decimal(5), "prices": made_up_prices(melatonin="3", saffron="3")},
            Limit.MUST_HAVES_OVER_BUDGET,
        ),
        (
            {"safety": made_up_safety(clashing=[("melatonin", "saffron")])},
            Limit.MUST_HAVES_CONFLICT,
        ),
    ],
)
def test_limit_that_the_present_stack_breaks_is_named(limits, broken):
    found = present(members=("melatonin", "saffron"), **limits)

    assert found.breaks == (broken,)
    assert not found.is_as_good


def test_who_must_be_in_and_is_not_is_named():
    found = present(members=("melatonin",), must=("zinc",))

    assert found.lacks == ("Zinc",)
    assert not found.is_as_good


def test_member_that_is_left_out_for_the_visitor_counts_for_nothing():
    found = present(
        members=("melatonin", "saffron"),
        safety=made_up_safety(avoided=["saffron"]),
        person=PREGNANT,
    )

    assert found.left_out == ("Saffron",)
    assert found.value == pytest.approx(0.45 - 0.02)
    assert not found.is_as_good
