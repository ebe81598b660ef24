"""What HiGHS is asked, and what is made of its answers."""

from dataclasses import replace

import numpy as np
import pytest

from stackbuilder.engine import assembly_model
from stackbuilder.engine.assembly import Item, Limits, Problem, assemble, program_of
from stackbuilder.engine.assembly_model import Program, relaxed_duals, solve
from tests.stack_problems import large_problem

PROGRAM = Program(
    gains=np.array([[0.5, 0.0], [0.4, 0.3], [0.0, 0.25]]),
    charge=0.02,
    prices=(2000, 3000, 1500),
    budget=5000,
    size=2,
    conflicts=((0, 2),),
)


def test_program_values_a_stack_by_its_best_members():
    assert PROGRAM.value(()) == 0
    assert PROGRAM.value((0, 1)) == pytest.approx(0.5 + 0.3 - 0.04)
    assert PROGRAM.value((0, 1, 2)) == pytest.approx(0.5 + 0.3 - 0.06)


@pytest.mark.parametrize(
    "changed, columns, expected",
    [
        ({}, (), True),
        ({}, (0, 1), True),
        ({}, (0, 2), False),
        ({"budget": 4999}, (0, 1), False),
        ({"size": 1}, (0, 1), False),
        ({"must": (2,)}, (0, 1), False),
        ({"must": (2,)}, (1, 2), True),
        ({"cuts": ((0, 1),)}, (0, 1), False),
        ({"cuts": ((0, 1),)}, (0,), True),
        ({"cuts": ((),)}, (), False),
    ],
)
def test_program_allows_what_keeps_every_limit(changed, columns, expected):
    assert replace(PROGRAM, **changed).allows(columns) is expected


def test_solve_looks_only_among_the_columns_it_is_given():
    every = solve(PROGRAM, np.arange(3), 5)
    few = solve(PROGRAM, np.array([0, 2]), 5)

    assert (every.columns, every.is_proven) == ((0, 1), True)
    assert (few.columns, few.is_proven) == ((0,), True)
    assert every.value == every.bound == pytest.approx(0.76)


def test_solve_of_no_columns_finds_the_empty_stack():
    found = solve(PROGRAM, np.arange(0), 5)

    assert (found.columns, found.value, found.is_proven) == ((), 0, True)


def test_solve_without_time_falls_back_to_the_must_haves():
    found = solve(replace(PROGRAM, must=(2,)), np.arange(3), 0)

    assert (found.columns, found.is_proven) == ((2,), False)
    assert found.bound > found.value == pytest.approx(0.23)


def test_solve_takes_no_answer_that_is_a_cent_over_the_budget(monkeypatch):
    model, short = assembly_model._model, replace(PROGRAM, budget=4999)

    def a_cent_looser(program, columns, *, is_whole):
        return model(replace(program, budget=program.budget + 1), columns, is_whole=is_whole)

    monkeypatch.setattr(assembly_model, "_model", a_cent_looser)

    found = solve(short, np.arange(3), 5)

    assert (found.columns, found.is_proven) == ((), False)
    assert found.bound == pytest.approx(0.76)


def test_solve_is_the_same_again():
    program = program_of(large_problem(120))

    first, second = (solve(program, np.arange(120), 30) for _ in range(2))

    assert replace(first, seconds=0) == replace(second, seconds=0)


def test_relaxed_duals_by_hand():
    duals = relaxed_duals(replace(PROGRAM, size=1), np.arange(3))

    # The middle one alone is best, in part or whole, and worth ⅖ + 3⁄10 - 0.02: that is what the
    # goals and the place must cost together. Of the budget something is left over.
    first_goal, second_goal, place, cent = duals
    assert first_goal + second_goal + place == pytest.approx(0.68)
    assert cent == 0
    assert duals.min() >= 0


@pytest.mark.parametrize("item", [Item("a", (1.0,), 10**17), Item("a", (1e30,), 1)])
def test_figures_beyond_calculation_are_refused(item):
    items = (item, Item("b", (0.5,), 10**17))

    with pytest.raises(ValueError, match="of a size to calculate with"):
        assemble(Problem(items, (1.0,), limits=Limits(budget_cents=10**18)))
