"""Propose the best stack under a visitor's own limits, and prove that none is better.

A stack serves a goal through its best member for that goal: a second member adds nothing
to a goal already served better, since there is almost no evidence on combinations and none
is claimed. The *value* of a stack is the sum over goals of share times the best dependable
benefit in it, less a small charge for every member, so that one that serves nothing is left
out (method, section 7). Safety does not stand in the objective: whoever is excluded is not
among the columns, and no benefit brings it back.

The largest value is found by integer programming (HiGHS) with both gaps at 0, so an answer that
says it is proven is the optimum, not near it. Among stacks of equal value the answer is the one of
the fewest members, then the first by slug; the order of the items changes nothing. The empty
stack is an answer: add nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stackbuilder.engine.assembly_model import TOLERANCE, Found, Program
from stackbuilder.engine.assembly_problem import (
    LARGEST_SIZE,
    AssemblyError,
    Item,
    Limit,
    LimitClash,
    Limits,
    Problem,
    limit_clashes,
)
from stackbuilder.engine.assembly_search import best

__all__ = [
    "LARGEST_SIZE",
    "MEMBER_CHARGE",
    "SECONDS",
    "Addition",
    "Assembly",
    "AssemblyError",
    "Item",
    "Limit",
    "LimitClash",
    "Limits",
    "Member",
    "Problem",
    "Serving",
    "assemble",
    "assembly_of",
    "next_best",
    "one_more",
    "program_of",
    "value_of",
]

MEMBER_CHARGE = 0.02  # λ of method, section 7, in MID units
SECONDS = 5.0  # after which the best stack found is given as not proven


@dataclass(frozen=True)
class Serving:
    """A goal (its index among the shares) that a member serves, and the benefit, in MID units."""

    goal: int
    benefit: float


@dataclass(frozen=True)
class Member:
    """Why a compound is in the stack: which goals it serves, best of all members.

    `loss` is what the value falls by without it, when others step in: 0 or less says that only
    the visitor's wish keeps it.
    """

    slug: str
    servings: tuple[Serving, ...]
    loss: float


@dataclass(frozen=True)
class Assembly:
    """The proposed stack, its members by slug; none at all says to add nothing.

    No stack is worth more than `bound`, which is `value` if that is proven. `unpriced` could serve
    a goal but were left out, because under a budget a price must be known.
    """

    members: tuple[Member, ...]
    value: float
    bound: float
    is_proven: bool
    unpriced: tuple[str, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        """The members by name alone."""
        return tuple(member.slug for member in self.members)


@dataclass(frozen=True)
class Addition:
    """What one more member would add to a stack: a gain of 0 says to add nothing.

    `assembly` is the best stack that may have one more, which need not contain the first.
    """

    gain: float
    assembly: Assembly


def assemble(problem: Problem, *, seconds: float = SECONDS) -> Assembly:
    """Return the stack of the largest value. Raises AssemblyError naming all limits that clash.

    >>> items = Item("a", (1.0, 0.0)), Item("b", (0.4, 0.6)), Item("c", (0.0, 0.5))
    >>> assemble(Problem(items, (0.5, 0.5))).slugs
    ('a', 'b')
    """
    return assembly_of(problem, best(program_of(problem), seconds))


def next_best(problem: Problem, assembly: Assembly, *, seconds: float = SECONDS) -> Assembly | None:
    """Return the best stack that lacks a member of the one proposed; None if none is allowed.

    The same members and more are no alternative: the more are not worth their charge.
    """
    program = program_of(problem)
    columns = {item.slug: column for column, item in enumerate(problem.eligible)}
    cut = tuple(columns[slug] for slug in assembly.slugs)
    others = replace(program, cuts=(cut,))
    return assembly_of(problem, best(others, seconds)) if others.allows(others.must) else None


def one_more(problem: Problem, assembly: Assembly, *, seconds: float = SECONDS) -> Addition:
    """Return what the proposed stack would gain if one more member were allowed."""
    program = program_of(problem)
    wider = assembly_of(problem, best(replace(program, size=program.size + 1), seconds))
    gain = wider.value - assembly.value
    return Addition(gain if gain > TOLERANCE else 0.0, wider)


def value_of(members: Sequence[Item], shares: Sequence[float]) -> float:
    """Return the value of a stack in MID units.

    >>> round(value_of([Item("a", (1.0, 0.0)), Item("b", (0.4, 0.6))], [0.5, 0.5]), 2)
    0.76
    """
    served = sum(
        share * max((0.0, *(item.benefits[goal] for item in members)))
        for goal, share in enumerate(shares)
    )
    return served - MEMBER_CHARGE * len(members)


def program_of(problem: Problem) -> Program:
    """Return the problem in numbers, or raise AssemblyError."""
    if found := limit_clashes(problem):
        raise AssemblyError(found)
    items, limits = problem.eligible, problem.limits
    columns = {item.slug: column for column, item in enumerate(items)}
    conflicts = {
        (min(columns[first], columns[second]), max(columns[first], columns[second]))
        for first, second in problem.conflicts
        if first in columns and second in columns
    }
    benefits = np.array([item.benefits for item in items], dtype=np.float64)
    is_priced = limits.budget_cents is not None
    return Program(
        gains=np.maximum(benefits.reshape(len(items), len(problem.shares)), 0.0) * problem.shares,
        charge=MEMBER_CHARGE,
        prices=tuple((item.price_cents or 0) * is_priced for item in items),
        budget=limits.budget_cents or 0,
        size=limits.size,
        conflicts=tuple(sorted(conflicts)),
        must=tuple(sorted(columns[slug] for slug in limits.must_have)),
    )


def assembly_of(problem: Problem, found: Found) -> Assembly:
    """Return the stack found by its slugs, with the reason for each member."""
    members = [problem.eligible[column] for column in found.columns]
    value = value_of(members, problem.shares)
    return Assembly(
        members=tuple(_member(item, members, problem.shares) for item in members),
        value=value,
        bound=value if found.is_proven else max(value, found.bound),
        is_proven=found.is_proven,
        unpriced=problem.unpriced,
    )


def _member(item: Item, members: Sequence[Item], shares: Sequence[float]) -> Member:
    """Return why the item is among the members, who are in alphabetical order."""
    servings = tuple(
        Serving(goal, item.benefits[goal])
        for goal, share in enumerate(shares)
        if share * item.benefits[goal] > 0
        # Of two that serve a goal equally well, the first by slug serves it.
        and item is max(members, key=lambda member: member.benefits[goal])
    )
    others = [other for other in members if other is not item]
    return Member(item.slug, servings, value_of(members, shares) - value_of(others, shares))
