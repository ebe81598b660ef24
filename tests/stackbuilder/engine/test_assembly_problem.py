"""Limits that leave no stack are all named, and figures that nobody can ask for are refused."""

import math
from dataclasses import replace

import pytest

from stackbuilder.engine.assembly import (
    LARGEST_SIZE,
    AssemblyError,
    Item,
    Limit,
    LimitClash,
    Limits,
    Problem,
    assemble,
)

ITEMS = (
    Item("cheap", (1.0,), 500),
    Item("dear", (1.0,), 2000),
    Item("unpriced", (1.0,)),
    Item("other", (1.0,), 500),
)
PROBLEM = Problem(
    ITEMS, (1.0,), (("other", "cheap"), ("dear", "cheap")), excluded=frozenset({"barred"})
)


def clashes_of(problem, **limits):
    sets = {"must_have", "must_not"}
    limits = {name: frozenset(v) if name in sets else v for name, v in limits.items()}
    with pytest.raises(AssemblyError) as caught:
        assemble(replace(problem, limits=Limits(**limits)))
    return caught.value.clashes


@pytest.mark.parametrize(
    "limits, expected",
    [
        ({"size": 0}, LimitClash(Limit.SIZE_OUT_OF_RANGE)),
        ({"size": -1}, LimitClash(Limit.SIZE_OUT_OF_RANGE)),
        ({"size": LARGEST_SIZE + 1}, LimitClash(Limit.SIZE_OUT_OF_RANGE)),
        ({"budget_cents": -1}, LimitClash(Limit.BUDGET_NEGATIVE)),
        ({"must_have": {"nobody"}}, LimitClash(Limit.MUST_HAVE_UNKNOWN, ("nobody",))),
        ({"must_have": {"barred"}}, LimitClash(Limit.MUST_HAVE_EXCLUDED, ("barred",))),
        (
            {"must_have": {"dear"}, "must_not": {"dear"}},
            LimitClash(Limit.MUST_HAVE_IS_MUST_NOT, ("dear",)),
        ),
        (
            {"must_have": {"unpriced"}, "budget_cents": 9000},
            LimitClash(Limit.MUST_HAVE_UNPRICED, ("unpriced",)),
        ),
        (
            {"must_have": {"other", "cheap"}},
            LimitClash(Limit.MUST_HAVES_CONFLICT, ("cheap", "other")),
        ),
        (
            {"must_have": {"other", "dear"}, "size": 1},
            LimitClash(Limit.MUST_HAVES_OVER_SIZE, ("dear", "other")),
        ),
        (
            {"must_have": {"other", "dear"}, "budget_cents": 2499},
            LimitClash(Limit.MUST_HAVES_OVER_BUDGET, ("dear", "other")),
        ),
    ],
)
def test_each_clash_is_named_alone(limits, expected):
    assert clashes_of(PROBLEM, **limits) == (expected,)


@pytest.mark.parametrize(
    "limits",
    [
        {"must_have": frozenset({"other", "dear"}), "budget_cents": 2500, "size": 2},
        {"must_have": frozenset({"unpriced"})},
        {"size": LARGEST_SIZE},
        {"budget_cents": 0},
        {"must_not": frozenset({"nobody", "barred"})},
    ],
)
def test_limits_that_can_just_be_kept_do_not_clash(limits):
    found = assemble(replace(PROBLEM, limits=Limits(**limits)))

    assert limits.get("must_have", frozenset()) <= set(found.slugs)


def test_all_clashes_are_named_at_once():
    found = clashes_of(
        PROBLEM,
        size=3,
        budget_cents=100,
        must_have={"cheap", "dear", "other", "unpriced", "barred", "nobody"},
        must_not={"dear"},
    )

    assert {clash.limit for clash in found} == set(Limit) - {
        Limit.SIZE_OUT_OF_RANGE,
        Limit.BUDGET_NEGATIVE,
    }
    assert [clash.slugs for clash in found if clash.limit is Limit.MUST_HAVES_CONFLICT] == [
        ("cheap", "dear"),
        ("cheap", "other"),
    ]


def test_error_says_in_one_line_which_limits_clash():
    error = AssemblyError(
        [LimitClash(Limit.MUST_HAVE_UNKNOWN, ("a", "b")), LimitClash(Limit.BUDGET_NEGATIVE)]
    )

    assert str(error) == "must-have-unknown a b; budget-negative"


@pytest.mark.parametrize(
    "made, message",
    [
        (lambda: Item("a", (math.nan,)), "finite"),
        (lambda: Item("a", (math.inf,)), "finite"),
        (lambda: Item("a", (1.0,), -1), "below 0"),
        (lambda: Problem((ITEMS[0], ITEMS[0]), (1.0,)), "differ"),
        (lambda: Problem(ITEMS, (0.5, 0.5)), "needs 2 benefits"),
        (lambda: Problem(ITEMS, (-1.0,)), "shares"),
        (lambda: Problem(ITEMS, (math.nan,)), "shares"),
        (lambda: Problem(ITEMS, (1.0,), (("cheap", "cheap"),)), "itself"),
    ],
)
def test_figures_that_nobody_can_ask_for_are_refused(made, message):
    with pytest.raises(ValueError, match=message):
        made()
