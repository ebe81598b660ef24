"""What a stack covers: which member serves which goal, and which members add nothing.

A stack serves a goal through the member of the best dependable benefit, as `assembly` reads it and
proves the best stack by: of two that do equally much the first by slug serves, and a second member
adds nothing to a goal that is served already. Who is left out for the visitor serves nothing,
however well it works. A member that was tested without a benefit to count on is told apart from
one that was never tested: the two look alike to the value of a stack, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from stackbuilder.engine.assembly import Item, value_of

__all__ = [
    "Cell",
    "CellKind",
    "Coverage",
    "Covering",
    "Known",
    "MemberCoverage",
    "Outdone",
    "Reach",
    "coverage",
]


class CellKind(StrEnum):
    """What a member does for a goal."""

    SERVES = "serves"
    LESS = "less"  # a benefit to count on, but another member serves the goal better
    LEFT_OUT = "left-out"  # a benefit to count on, from a member that is out for the visitor
    TOO_UNCERTAIN = "too-uncertain"  # a benefit, of less certainty than the visitor wants
    NOT_COUNTED_ON = "not-counted-on"  # tested, and no benefit to count on
    HARM = "harm"
    STUDIED = "studied"  # findings, of which none counts
    UNSTUDIED = "unstudied"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a member for one goal.

    `dependable` is in MID units, None where nothing counts; `is_harm` is what the stored verdict
    says, and `is_too_uncertain` that its certainty is less than the visitor wants. Raises
    ValueError for a benefit that is not finite.
    """

    dependable: float | None = None
    has_findings: bool = False
    is_harm: bool = False
    is_too_uncertain: bool = False

    def __post_init__(self) -> None:
        if self.dependable is not None and not isfinite(self.dependable):
            raise ValueError(f"a dependable benefit must be finite, got {self.dependable}")

    @property
    def benefit(self) -> float:
        """Return what can be counted on: the dependable benefit, 0 where it is none."""
        return 0.0 if self.is_too_uncertain else max(0.0, self.dependable or 0.0)


@dataclass(frozen=True, slots=True)
class Covering:
    """A member as coverage takes it; `known` has one entry a goal, in the order of the goals.

    `may_serve` is False for one that screening left out for the visitor.
    """

    slug: str
    known: tuple[Known, ...]
    may_serve: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """One member and one goal; `benefit` is what can be counted on, in MID units."""

    slug: str
    goal: str
    kind: CellKind
    benefit: float


@dataclass(frozen=True, slots=True)
class Reach:
    """What the stack reaches for a goal, in MID units: 0 and nobody where no member serves it.

    The runner-up would serve it if the first were taken away; None if nobody would.
    """

    goal: str
    served_by: str | None
    benefit: float
    runner_up: str | None
    runner_up_benefit: float


@dataclass(frozen=True, slots=True)
class Outdone:
    """A benefit to count on that adds nothing, because `by` does as much for the goal or more."""

    goal: str
    benefit: float
    by: str
    by_benefit: float


@dataclass(frozen=True, slots=True)
class MemberCoverage:
    """What one member does for the goals, and what the value falls by without it (`loss`)."""

    slug: str
    may_serve: bool
    cells: tuple[Cell, ...]
    outdone: tuple[Outdone, ...]
    loss: float

    @property
    def serves(self) -> tuple[str, ...]:
        """Return the goals that it serves best."""
        return tuple(cell.goal for cell in self.cells if cell.kind is CellKind.SERVES)

    @property
    def is_redundant(self) -> bool:
        """Say whether it could go without any goal being served less; never if there is no goal."""
        return self.may_serve and bool(self.cells) and not self.serves


@dataclass(frozen=True, slots=True)
class Coverage:
    """The members in the visitor's order, the goals in theirs.

    `served` is the sum over goals of share times reach, and `value` that less the charge for each
    member who may serve (method, section 7).
    """

    members: tuple[MemberCoverage, ...]
    reaches: tuple[Reach, ...]
    served: float
    value: float

    @property
    def kinds(self) -> frozenset[CellKind]:
        """Return the kinds of cell that occur."""
        return frozenset(cell.kind for member in self.members for cell in member.cells)


def coverage(members: Sequence[Covering], shares: Mapping[str, float]) -> Coverage:
    """Return what the members cover; `shares` are the goals' weights, adding up to 1.

    Raises ValueError for a slug given twice and for a member that knows another number of goals.

    >>> saffron, valerian = Known(0.41, True), Known(0.22, True)
    >>> found = coverage([Covering("saffron", (saffron,)), Covering("valerian", (valerian,))],
    ...                  {"sleep": 1.0})
    >>> found.reaches[0].served_by, [one.is_redundant for one in found.members]
    ('saffron', [False, True])
    """
    _check(members, shares)
    goals = tuple(shares)
    serving = {one.slug: one for one in sorted(members, key=lambda one: one.slug) if one.may_serve}
    reaches = tuple(
        _reach(goal, [(one.slug, one.known[column].benefit) for one in serving.values()])
        for column, goal in enumerate(goals)
    )
    items = {slug: _item(one) for slug, one in serving.items()}
    weights = tuple(shares.values())
    value = value_of(list(items.values()), weights)

    def loss(slug: str) -> float:
        others = [item for other, item in items.items() if other != slug]
        return value - value_of(others, weights) if slug in items else 0.0

    return Coverage(
        members=tuple(_member(one, reaches, loss(one.slug)) for one in members),
        reaches=reaches,
        served=sum(shares[reach.goal] * reach.benefit for reach in reaches),
        value=value,
    )


def _check(members: Sequence[Covering], shares: Mapping[str, float]) -> None:
    if len({one.slug for one in members}) != len(members):
        raise ValueError("slugs must differ from each other")
    for one in members:
        if len(one.known) != len(shares):
            raise ValueError(f"{one.slug} must be known for {len(shares)} goals, one entry each")


def _item(member: Covering) -> Item:
    return Item(member.slug, tuple(known.benefit for known in member.known))


def _reach(goal: str, benefits: Sequence[tuple[str, float]]) -> Reach:
    """Return who serves a goal, of slugs in alphabetical order with their benefits."""
    # Sorting keeps the alphabetical order among equals.
    ranked = sorted((one for one in benefits if one[1] > 0), key=lambda one: -one[1])
    (first, benefit), (second, next_benefit), *_ = (*ranked, (None, 0.0), (None, 0.0))
    return Reach(goal, first, benefit, second, next_benefit)


def _member(member: Covering, reaches: Sequence[Reach], loss: float) -> MemberCoverage:
    pairs = list(zip(reaches, member.known, strict=True))
    cells = tuple(
        Cell(member.slug, reach.goal, _kind(member, known, reach), known.benefit)
        for reach, known in pairs
    )
    outdone = tuple(
        Outdone(reach.goal, cell.benefit, reach.served_by, reach.benefit)
        for cell, reach in zip(cells, reaches, strict=True)
        if cell.kind is CellKind.LESS and reach.served_by
    )
    return MemberCoverage(member.slug, member.may_serve, cells, outdone, loss)


def _kind(member: Covering, known: Known, reach: Reach) -> CellKind:
    if known.benefit > 0:
        if not member.may_serve:
            return CellKind.LEFT_OUT
        return CellKind.SERVES if reach.served_by == member.slug else CellKind.LESS
    if known.is_harm:
        return CellKind.HARM
    if known.is_too_uncertain and known.dependable is not None and known.dependable > 0:
        return CellKind.TOO_UNCERTAIN
    if known.dependable is not None:
        return CellKind.NOT_COUNTED_ON
    return CellKind.STUDIED if known.has_findings else CellKind.UNSTUDIED
