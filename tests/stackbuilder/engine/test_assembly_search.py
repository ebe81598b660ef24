"""Leaving compounds out of the search never changes the answer, and no time is no error."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from stackbuilder.engine import assembly_model, assembly_search
from stackbuilder.engine.assembly import Limits, assemble, next_best, program_of
from stackbuilder.engine.assembly_model import Found, Program
from stackbuilder.engine.assembly_search import best
from tests.stack_enumeration import best_stack, random_instance, value
from tests.stack_problems import large_problem, problem_of, problem_with_equals


@pytest.fixture
def tiny_core(monkeypatch):
    """Only two compounds are tried first, so that nearly all has to be looked at again."""
    monkeypatch.setattr(assembly_search, "CORE", 2)


@pytest.fixture
def time_until(monkeypatch):
    """Return a function that lets HiGHS run so many times and gives it no second after that."""

    def let_run(times):
        left = iter([True] * times)

        def solve(program, columns, seconds):
            return assembly_model.solve(program, columns, seconds if next(left, False) else 0.0)

        monkeypatch.setattr(assembly_search, "solve", solve)

    return let_run


@pytest.mark.parametrize("seed", range(100))
def test_search_from_a_tiny_core_equals_the_best_of_all_there_are(seed, tiny_core):
    instance = random_instance(seed, is_possible=True)

    found = assemble(problem_of(instance))
    second = next_best(problem_of(instance), found)

    assert found.slugs == best_stack(instance)
    assert found.is_proven
    assert (second and second.slugs) == best_stack(instance, lacking_one_of=found.slugs)


@pytest.mark.parametrize("seed", range(3))
def test_search_among_hundreds_equals_the_program_over_all_of_them(seed, monkeypatch):
    program = program_of(large_problem(250, seed=seed))

    searched = best(program, 60)
    whole = assembly_model.solve(program, np.arange(250), 60)

    assert whole.is_proven
    assert searched.is_proven
    assert searched.columns == whole.columns


def test_search_is_the_same_from_any_core(monkeypatch):
    problem = large_problem(400)
    usual = assemble(problem)

    monkeypatch.setattr(assembly_search, "CORE", 7)

    assert assemble(problem) == usual


@pytest.mark.parametrize("must", [(), (3,), (7, 20, 31)])
@pytest.mark.parametrize("scale", [0.0, 0.01, 0.1, 1.0])
def test_bound_and_contenders_hold_for_any_prices(must, scale):
    program = replace(program_of(large_problem(60)), must=must, budget=20_000)
    found = best(program, 60)
    duals = scale * np.random.default_rng(3).random(program.gains.shape[1] + 2)

    relaxed = assembly_search._priced(program, duals)

    assert relaxed.bound >= found.value
    assert set(found.columns) <= set(relaxed.contenders(found.value).tolist())


def test_bound_counts_what_the_must_haves_are_worth():
    program = Program(np.diag([0.5, 0.4]), 0.02, (0, 0), budget=0, size=2, must=(0, 1))

    relaxed = assembly_search._priced(program, np.zeros(4))

    assert relaxed.bound == pytest.approx(0.86)


@pytest.mark.parametrize("names", ["abcdefg", "gfedcba", "dgbface"])
def test_ties_are_settled_whichever_of_equals_the_solver_finds(names, monkeypatch):
    asked = problem_with_equals(names)
    monkeypatch.setattr(assembly_search, "solve", contrary_solve)

    found = assemble(asked)
    of_two = assemble(replace(asked, limits=Limits(must_not=frozenset(names[-1]))))

    assert found.slugs == (names[-1],)
    assert of_two.slugs == tuple(sorted(names[4:6]))


def contrary_solve(program, columns, seconds):
    """Find a best stack by trying all, and of equals the one of most members, the last by slug."""
    stacks = [
        stack
        for size in range(program.size + 1)
        for stack in combinations(columns.tolist(), size)
        if program.allows(stack)
    ]
    stack = max(
        stacks, key=lambda columns: (round(program.value(columns), 9), len(columns), columns)
    )
    value = program.value(stack)
    return Found(stack, value, value, is_proven=True, seconds=0)


def test_search_without_any_time_gives_the_must_haves_and_a_bound():
    problem = large_problem(2000)
    optimum = assemble(problem)

    found = assemble(problem, seconds=0)

    assert (found.slugs, found.value, found.is_proven) == ((), 0.0, False)
    assert found.bound >= optimum.value


@pytest.mark.parametrize("times", range(6))
@pytest.mark.parametrize("seed", [0, 4, 8])
def test_search_that_runs_out_of_time_is_allowed_and_bounded(seed, times, tiny_core, time_until):
    instance = random_instance(seed, is_possible=True)
    optimum = value(instance, best_stack(instance))
    time_until(times)

    found = assemble(problem_of(instance))

    assert program_allows(problem_of(instance), found)
    assert found.value <= optimum + 1e-9 <= found.bound + 2e-9
    if found.is_proven:
        assert found.value == pytest.approx(optimum, abs=1e-9)


def program_allows(problem, found):
    columns = {item.slug: column for column, item in enumerate(problem.eligible)}
    return program_of(problem).allows([columns[slug] for slug in found.slugs])


@pytest.mark.parametrize("seconds", [0.001, 0.02, 0.1])
def test_search_in_next_to_no_time_answers_honestly(seconds):
    problem = large_problem(1500, seed=5)

    found = assemble(problem, seconds=seconds)

    assert program_allows(problem, found)
    assert found.bound >= found.value
    assert found.is_proven is (found.bound == found.value)
