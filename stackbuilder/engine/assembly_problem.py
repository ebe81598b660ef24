"""What is asked of a stack, and whether any stack can answer it.

Money is in whole cents (the smallest unit of the budget's currency), because a budget has to hold
exactly and cents add up exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from math import isfinite

__all__ = [
    "LARGEST_SIZE",
    "AssemblyError",
    "Item",
    "Limit",
    "LimitClash",
    "Limits",
    "Problem",
    "limit_clashes",
]

LARGEST_SIZE = 50


class Limit(StrEnum):
    """Limits that leave no stack at all."""

    SIZE_OUT_OF_RANGE = "size-out-of-range"
    BUDGET_NEGATIVE = "budget-negative"
    MUST_HAVE_UNKNOWN = "must-have-unknown"
    MUST_HAVE_EXCLUDED = "must-have-excluded"
    MUST_HAVE_IS_MUST_NOT = "must-have-is-must-not"
    MUST_HAVE_UNPRICED = "must-have-unpriced"
    MUST_HAVES_CONFLICT = "must-haves-conflict"
    MUST_HAVES_OVER_SIZE = "must-haves-over-size"
    MUST_HAVES_OVER_BUDGET = "must-haves-over-budget"


@dataclass(frozen=True)
class LimitClash:
    """Limits that cannot hold together, and the slugs it is about, in alphabetical order."""

    limit: Limit
    slugs: tuple[str, ...] = ()


class AssemblyError(ValueError):
    """No stack can keep the limits; `clashes` names every one that stands in the way."""

    def __init__(self, clashes: Sequence[LimitClash]) -> None:
        super().__init__("; ".join(" ".join([clash.limit, *clash.slugs]) for clash in clashes))
        self.clashes = tuple(clashes)


@dataclass(frozen=True)
class Item:
    """A compound that may be in the stack.

    `benefits` are dependable benefits in MID units, one a goal; those not above 0 serve nothing.
    `price_cents` is what a month costs in the currency of the budget, None where unknown.
    """

    slug: str
    benefits: tuple[float, ...]
    price_cents: int | None = None

    def __post_init__(self) -> None:
        if not all(isfinite(benefit) for benefit in self.benefits):
            raise ValueError(f"{self.slug} needs finite benefits, got {self.benefits}")
        if self.price_cents is not None and self.price_cents < 0:
            raise ValueError(f"the price of {self.slug} is below 0: {self.price_cents}")

    @property
    def serves_any(self) -> bool:
        """Say whether it does dependable good to any goal."""
        return any(benefit > 0 for benefit in self.benefits)


@dataclass(frozen=True)
class Limits:
    """What the visitor allows: at most `size` members and `budget_cents` a month (None: any)."""

    size: int = 5
    budget_cents: int | None = None
    must_have: frozenset[str] = frozenset()
    must_not: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """Compounds, goals and limits. `shares` are the weights of the goals, adding up to 1.

    `conflicts` are pairs that must not be together, in either order; `excluded` are those that
    screening left out for this visitor, whom nothing brings in. Both may name compounds that are
    not among the items. Raises ValueError for figures that no visitor can ask for: a slug given
    twice, benefits for other goals than the shares, a share below 0, a conflict with itself.
    """

    items: tuple[Item, ...]
    shares: tuple[float, ...]
    conflicts: tuple[tuple[str, str], ...] = ()
    limits: Limits = Limits()
    excluded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len({item.slug for item in self.items}) != len(self.items):
            raise ValueError("slugs must differ from each other")
        for item in self.items:
            if len(item.benefits) != len(self.shares):
                raise ValueError(f"{item.slug} needs {len(self.shares)} benefits, one a goal")
        if not all(isfinite(share) and share >= 0 for share in self.shares):
            raise ValueError(f"shares must be finite and not below 0, got {self.shares}")
        if alone := next((first for first, second in self.conflicts if first == second), None):
            raise ValueError(f"{alone} cannot conflict with itself")

    @cached_property
    def eligible(self) -> tuple[Item, ...]:
        """Who may be in the stack, by slug, so that the order of the items changes nothing."""
        most = self.limits.budget_cents
        allowed = [
            item
            for item in self._not_barred()
            if most is None or (item.price_cents is not None and item.price_cents <= most)
        ]
        return tuple(sorted(allowed, key=lambda item: item.slug))

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Who could serve a goal but stays out, because under a budget a price must be known."""
        if self.limits.budget_cents is None:
            return ()
        left_out = [i.slug for i in self._not_barred() if i.price_cents is None and i.serves_any]
        return tuple(sorted(left_out))

    def _not_barred(self) -> Iterator[Item]:
        barred = self.excluded | self.limits.must_not
        return (item for item in self.items if item.slug not in barred)


def limit_clashes(problem: Problem) -> list[LimitClash]:
    """Return every reason why no stack can keep the limits; none means that some stack does."""
    limits, wanted = problem.limits, sorted(problem.limits.must_have)
    conflicting = set(problem.conflicts)
    known = {item.slug for item in problem.items} | problem.excluded | limits.must_not
    about_each = {
        Limit.MUST_HAVE_UNKNOWN: [slug for slug in wanted if slug not in known],
        Limit.MUST_HAVE_EXCLUDED: [slug for slug in wanted if slug in problem.excluded],
        Limit.MUST_HAVE_IS_MUST_NOT: [slug for slug in wanted if slug in limits.must_not],
    }
    found = [LimitClash(limit, tuple(slugs)) for limit, slugs in about_each.items() if slugs]
    found += [
        LimitClash(Limit.MUST_HAVES_CONFLICT, pair)
        for pair in combinations(wanted, 2)
        if conflicting & {pair, pair[::-1]}
    ]
    if not 1 <= limits.size <= LARGEST_SIZE:
        found.append(LimitClash(Limit.SIZE_OUT_OF_RANGE))
    elif len(wanted) > limits.size:
        found.append(LimitClash(Limit.MUST_HAVES_OVER_SIZE, tuple(wanted)))
    if limits.budget_cents is not None:
        found += _budget_clashes(problem, limits.budget_cents)
    return found


def _budget_clashes(problem: Problem, budget_cents: int) -> Iterator[LimitClash]:
    prices = {
        item.slug: item.price_cents
        for item in problem.items
        if item.slug in problem.limits.must_have
    }
    if unpriced := sorted(slug for slug, price in prices.items() if price is None):
        yield LimitClash(Limit.MUST_HAVE_UNPRICED, tuple(unpriced))
    priced = {slug: price for slug, price in prices.items() if price is not None}
    if budget_cents < 0:
        yield LimitClash(Limit.BUDGET_NEGATIVE)
    elif sum(priced.values()) > budget_cents:
        yield LimitClash(Limit.MUST_HAVES_OVER_BUDGET, tuple(sorted(priced)))
