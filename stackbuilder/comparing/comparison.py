"""Two to four compounds side by side: everything the page of a comparison shows, as values.

The number of queries grows neither with the compounds compared nor with the catalogue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.choices import Route
from evidence.models import Article, EvidenceVersion, Protocol, SideEffect
from stackbuilder.candidates import CompoundCard, snapshot_at
from stackbuilder.comparing.evidence import GoalRows, KeyStudy, evidence_of
from stackbuilder.comparing.safety import Safety, safety_compared
from stackbuilder.engine.person import Person
from stackbuilder.links import State
from stackbuilder.prices import MonthlyPrice, monthly_prices
from stackbuilder.visitor.screening import safety_tables

PAGE = "stackbuilder:compare"
# The curator puts the dose first that best shows what trials gave.
PROTOCOLS_SHOWN = 2
ROUTES = dict(Route.choices)
# A first word that is no abbreviation, letter or short title ("L-theanine", "BPC-157", "St").
_ORDINARY = re.compile(r"[A-Z][a-z]{2}")


@dataclass(frozen=True)
class Column:
    """One compound: all that stands in its column, beside what is arranged by rows.

    `price` is None where no price is known.
    """

    slug: str
    name: str
    class_label: str
    routes: tuple[str, ...]
    without_url: str
    protocols: tuple[Protocol, ...]
    more_protocols: int
    side_effects: tuple[SideEffect, ...]
    price: MonthlyPrice | None
    key_studies: tuple[KeyStudy, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Pin:
    """The evidence version that the figures are pinned to; `version` is None if it is unknown."""

    number: int
    version: EvidenceVersion | None
    is_old: bool
    live_url: str


@dataclass(frozen=True)
class Comparison:
    """All that the page shows; cells everywhere are in the order of `columns`."""

    title: str
    columns: tuple[Column, ...]
    goals: tuple[GoalRows, ...]
    safety: Safety
    pin: Pin | None
    every_goal_url: str
    currency: str


def compared(state: State, person: Person, newest: int) -> Comparison:
    """Return the comparison of the state's members; `newest` is the newest evidence version."""
    tables = snapshot_at(state.evidence or newest, newest)
    rows = [tables.row_of[slug] for slug in state.members if slug in tables.row_of]
    cards = [tables.compounds[row] for row in rows]
    names = {card.slug: card.name for card in cards}
    evidence = evidence_of(tables, state, cards)
    return Comparison(
        title=either(names.values()),
        columns=_columns(state, cards, evidence.key_studies),
        goals=evidence.goals,
        safety=safety_compared(names, state, person, safety_tables(newest)),
        pin=_pin(state, newest),
        every_goal_url=state.having(weights={}).url(PAGE) if state.weights else "",
        currency=state.currency,
    )


def either(names: Iterable[str]) -> str:
    """Return names as alternatives in one sentence: "Melatonin, valerian or saffron".

    >>> either(["Melatonin", "St John's wort", "Vitamin D", "L-theanine"])
    "Melatonin, St John's wort, vitamin D or L-theanine"
    """
    first, *others = names
    words = [first, *map(in_a_sentence, others)]
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def in_a_sentence(name: str) -> str:
    """Return a compound's name as it is written inside a sentence."""
    return name[:1].lower() + name[1:] if _ORDINARY.match(name) else name


def _columns(
    state: State, cards: Iterable[CompoundCard], key_studies: Mapping[str, tuple[KeyStudy, ...]]
) -> tuple[Column, ...]:
    cards = list(cards)
    protocols = _by_compound(Protocol.objects.all(), cards)
    side_effects = _by_compound(SideEffect.objects.all(), cards)
    articles = _by_compound(Article.objects.published().for_list(), cards)
    slugs = [card.slug for card in cards]
    prices = monthly_prices(slugs, region=state.region, currency=state.currency)
    return tuple(
        Column(
            slug=card.slug,
            name=card.name,
            class_label=card.class_label,
            routes=tuple(ROUTES.get(route, route) for route in card.routes),
            without_url=state.without(card.slug).url(PAGE),
            protocols=protocols[card.pk][:PROTOCOLS_SHOWN],
            more_protocols=max(0, len(protocols[card.pk]) - PROTOCOLS_SHOWN),
            side_effects=side_effects[card.pk],
            price=prices.get(card.slug),
            key_studies=key_studies[card.slug],
            articles=articles[card.pk],
        )
        for card in cards
    )


def _by_compound(rows: Any, cards: Iterable[CompoundCard]) -> dict[int, tuple[Any, ...]]:
    """Return the rows of each compound in their model's order; one query."""
    found: dict[int, tuple[Any, ...]] = defaultdict(tuple)
    for row in rows.filter(compound__in=[card.pk for card in cards]):
        found[row.compound_id] += (row,)
    return found


def _pin(state: State, newest: int) -> Pin | None:
    if not state.evidence:
        return None
    return Pin(
        number=state.evidence,
        version=EvidenceVersion.objects.filter(pk=state.evidence).first(),
        is_old=state.evidence < newest,
        live_url=state.having(evidence=None).url(PAGE),
    )
