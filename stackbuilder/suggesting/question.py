"""Bridge: the tables, an address and a visitor become one question about stacks, for the engine.

Benefits come from the evidence version that the address names; cautions and interactions are always
today's. Who is screened out for the visitor is excluded from the question itself, so that no
benefit can buy them back, and so is whoever was not screened. A price stands beside a compound only
where `prices` were asked for, and counts only under a budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from evidence.synthesis import Certainty
from stackbuilder.candidates import Snapshot
from stackbuilder.engine.assembly import Item, Limits, Problem
from stackbuilder.engine.clashes import major_conflicts
from stackbuilder.engine.person import Person
from stackbuilder.engine.safety import Screening, screen_all
from stackbuilder.links import State
from stackbuilder.prices import MonthlyPrice
from stackbuilder.visitor.screening import SafetyTables

_CENTS_A_UNIT = 100


@dataclass(frozen=True, eq=False)
class Ground:
    """What a question stands on: `prices` are for a month, in the currency of the address."""

    tables: Snapshot
    safety: SafetyTables
    person: Person
    prices: Mapping[str, MonthlyPrice]


@dataclass(frozen=True, eq=False)
class Question:
    """A visitor's question about stacks, and what its answer is told by."""

    state: State
    ground: Ground
    screenings: Mapping[str, Screening]
    problem: Problem

    @property
    def goals(self) -> tuple[str, ...]:
        """Return what the goals are called, in the order of the problem's shares."""
        tables = self.ground.tables
        return tuple(tables.goals[tables.column_of[slug]].name for slug in self.state.weights)

    def name(self, slug: str) -> str:
        """Return what a compound is called."""
        tables = self.ground.tables
        return tables.compounds[tables.row_of[slug]].name

    def names(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Return what compounds are called, in the order given."""
        return tuple(self.name(slug) for slug in slugs)

    def cost(self, slugs: Iterable[str]) -> Decimal | None:
        """Return what a month of them costs at most, None where the price of any is not known."""
        prices = [self.ground.prices.get(slug) for slug in slugs]
        known = [price.cents for price in prices if price is not None]
        return None if len(known) < len(prices) else amount_of(sum(known))


def question_of(state: State, ground: Ground) -> Question:
    """Put the state as a question; at least one goal is weighed."""
    tables, safety = ground.tables, ground.safety
    screenings = screen_all(
        safety.facts.values(), ground.person, state.preferences, safety.questions.overlaps
    )
    total = sum(state.weights.values())
    problem = Problem(
        items=_items(state, ground),
        shares=tuple(weight / total for weight in state.weights.values()),
        conflicts=_conflicts(safety),
        limits=Limits(
            size=state.size,
            budget_cents=None if state.budget is None else whole_cents(state.budget),
            must_have=frozenset(state.must),
            must_not=frozenset(state.must_not),
        ),
        excluded=frozenset(
            slug for slug in tables.row_of if slug not in screenings or not screenings[slug].is_in
        ),
    )
    return Question(state, ground, screenings, problem)


def whole_cents(amount: Decimal) -> int:
    """Return an amount in hundredths; a budget is never rounded up.

    >>> whole_cents(Decimal("29.999"))
    2999
    """
    return int((amount * _CENTS_A_UNIT).to_integral_value(ROUND_FLOOR))


def amount_of(cents: int) -> Decimal:
    """Return hundredths as an amount of money."""
    return Decimal(cents) / _CENTS_A_UNIT


def benefits_of(tables: Snapshot, state: State) -> dict[str, tuple[float, ...]]:
    """Return by slug what can be depended on for each chosen goal, in MID units, never below 0.

    Evidence of less certainty than the visitor wants counts as nothing. A compound that serves no
    goal is left out.
    """
    least = Certainty(state.certainty).rank if state.certainty else None
    columns = [tables.column_of[slug] for slug in state.weights]
    found: dict[str, tuple[float, ...]] = {}
    for row, compound in enumerate(tables.compounds):
        benefits = tuple(_benefit(tables, row, column, least) for column in columns)
        if any(benefits):
            found[compound.slug] = benefits
    return found


def _benefit(tables: Snapshot, row: int, column: int, least: int | None) -> float:
    benefit = tables.dependable(row, column)
    if benefit is None or benefit <= 0:
        return 0.0
    if least is not None and Certainty(tables.certainties[row, column]).rank < least:
        return 0.0
    return benefit


def _items(state: State, ground: Ground) -> tuple[Item, ...]:
    """Return who serves a goal, and whom the visitor names."""
    benefits = benefits_of(ground.tables, state)
    nothing = (0.0,) * len(state.weights)
    named = [slug for slug in (*state.members, *state.must) if slug in ground.tables.row_of]
    prices = ground.prices
    return tuple(
        Item(slug, benefits.get(slug, nothing), prices[slug].cents if slug in prices else None)
        for slug in dict.fromkeys((*benefits, *named))
    )


@lru_cache(maxsize=2)
def _conflicts(safety: SafetyTables) -> tuple[tuple[str, str], ...]:
    """Return the pairs that no stack may hold; worked out once for each safety version."""
    return major_conflicts(safety.facts.values())
