"""Each point of a curve is the best stack under its own limit."""

from dataclasses import replace

import pytest

from stackbuilder.engine.assembly import AssemblyError, Item, Limit, Limits, Problem, assemble
from stackbuilder.engine.assembly_curves import curve_by_budget, curve_by_size
from tests.stack_enumeration import best_stack, random_instance
from tests.stack_problems import large_problem, problem_of

ITEMS = (
    Item("broad", (1.0, 1.0, 1.0), 1000),
    Item("narrow", (1.5, 0.0, 0.0), 2000),
    Item("strong", (1.0, 1.2, 1.2), 6000),
)
THIRDS = (1 / 3, 1 / 3, 1 / 3)


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_curve_by_size_equals_trying_all_for_each_size(seed):
    instance = random_instance(seed, is_possible=True)

    curve = curve_by_size(problem_of(instance), 6)

    sizes = [size for size in range(1, 7) if size >= len(instance.must_have)]
    assert [size for size, _ in curve] == sizes
    assert [stack.slugs for _, stack in curve] == [
        best_stack(replace(instance, size=size)) for size in sizes
    ]


@pytest.mark.parametrize("seed", range(1, 60, 2))
def test_curve_by_budget_equals_trying_all_for_each_budget(seed):
    instance = replace(random_instance(seed, is_possible=True), budget=20_000)
    budgets = [9000, 0, 1500, 3000, 20_000, 3000]
    expected = {
        budget: best_stack(replace(instance, budget=budget)) for budget in sorted(set(budgets))
    }
    possible = {budget: stack for budget, stack in expected.items() if stack is not None}

    if not possible:
        with pytest.raises(AssemblyError):
            curve_by_budget(problem_of(instance), budgets)
        return
    curve = curve_by_budget(problem_of(instance), budgets)

    assert {budget: stack.slugs for budget, stack in curve} == possible


def test_curve_may_rest_and_then_rise_again():
    # One narrow one beside broad adds 0.045⁄3, less than its charge; all three without broad are
    # worth 3.045 - 0.06, and broad alone 3 - 0.02.
    narrow = [Item(f"narrow-{n}", tuple(3.045 * (n == g) for g in range(3))) for n in range(3)]
    problem = Problem((Item("broad", (3.0, 3.0, 3.0)), *narrow), THIRDS)

    curve = curve_by_size(problem, 4)

    assert [stack.value for _, stack in curve] == pytest.approx([2.98, 2.98, 2.985, 2.985])


def test_curve_knows_no_size_or_budget_of_the_problem_itself():
    problem = Problem(ITEMS, THIRDS, limits=Limits(size=1, budget_cents=3000))

    by_size, by_budget = curve_by_size(problem, 2), curve_by_budget(problem, [6000, 1000])

    # The budget holds along the sizes, and the size along the budgets.
    assert [stack.slugs for _, stack in by_size] == [("broad",), ("broad", "narrow")]
    assert [stack.slugs for _, stack in by_budget] == [("broad",), ("strong",)]


def test_curve_that_runs_out_of_time_never_falls():
    problem = large_problem(300)

    curve = curve_by_size(problem, 8, seconds=0.05)

    values = [stack.value for _, stack in curve]
    assert values == sorted(values)
    assert all(stack.bound >= stack.value for _, stack in curve)


def test_curve_of_limits_that_clash_names_them():
    problem = Problem(ITEMS, THIRDS, limits=Limits(must_have=frozenset({"broad", "narrow"})))

    with pytest.raises(AssemblyError) as too_small:
        curve_by_size(problem, 1)
    with pytest.raises(AssemblyError) as too_poor:
        curve_by_budget(problem, [100, 200])

    assert too_small.value.clashes[0].limit is Limit.MUST_HAVES_OVER_SIZE
    assert too_poor.value.clashes[0].limit is Limit.MUST_HAVES_OVER_BUDGET


def test_last_point_is_what_assemble_proposes():
    problem = large_problem(100)

    assert curve_by_size(problem, 6)[-1] == (6, assemble(problem))
    assert curve_by_budget(problem, [2000, 6000])[-1] == (6000, assemble(problem))
