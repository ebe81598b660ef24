"""How the best benefit grows with the number of members allowed, and with the budget.

A point is the best stack under its own limit and not the one before with a member added: a larger
stack may share no member with a smaller one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from stackbuilder.engine.assembly import SECONDS, Assembly, Problem, assembly_of, program_of
from stackbuilder.engine.assembly_model import Found, Program
from stackbuilder.engine.assembly_search import best

__all__ = ["curve_by_budget", "curve_by_size"]


def curve_by_size(
    problem: Problem, largest: int, *, seconds: float = SECONDS
) -> list[tuple[int, Assembly]]:
    """Return the best stack for every size up to `largest` that has room for the must-haves.

    The size among the problem's limits is not looked at. `seconds` are for the whole curve.
    Raises AssemblyError as `assemble` does where even `largest` leaves no stack.
    """
    problem = replace(problem, limits=replace(problem.limits, size=largest))
    program = program_of(problem)
    narrowed = {size: replace(program, size=size) for size in range(1, largest + 1)}
    return _curve(problem, narrowed, seconds)


def curve_by_budget(
    problem: Problem, budgets_cents: Iterable[int], *, seconds: float = SECONDS
) -> list[tuple[int, Assembly]]:
    """Return the best stack for every budget that pays for the must-haves, in ascending order.

    The budget among the problem's limits is not looked at. `seconds` are for the whole curve.
    Raises AssemblyError as `assemble` does where even the largest budget leaves no stack.
    """
    budgets = sorted(set(budgets_cents))
    limits = replace(problem.limits, budget_cents=budgets[-1])
    problem = replace(problem, limits=limits)
    program = program_of(problem)
    narrowed = {budget: replace(program, budget=budget) for budget in budgets}
    return _curve(problem, narrowed, seconds)


def _curve(
    problem: Problem, narrowed: Mapping[int, Program], seconds: float
) -> list[tuple[int, Assembly]]:
    """Return the points for ever wider limits, of which the last is the problem's own."""
    widest = best(program_of(problem), seconds)
    seconds -= widest.seconds
    points: list[tuple[int, Assembly]] = []
    earlier: Found | None = None
    for limit, program in narrowed.items():
        if not program.allows(program.must):
            continue
        if widest.is_proven and program.allows(widest.columns):
            found = widest  # the best of all is the best wherever it is allowed
        else:
            found = best(program, seconds)
            seconds -= found.seconds
        if earlier and earlier.value > found.value and not found.is_proven:
            # Out of time; but what a narrower limit allowed, this one allows too.
            found = replace(found, columns=earlier.columns, value=earlier.value)
        points.append((limit, assembly_of(problem, found)))
        earlier = found
    return points
