"""Addresses of the builder: one state, one address, goals in their own order.

Everything that a visitor chooses of goals, members and preferences is in the address, so that any
result can be kept, shared and reloaded. Nothing of their health is: that is `about_you`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from evidence.synthesis import Certainty
from stackbuilder.engine.person import INJECTED, USUAL_SIZE, Preferences
from stackbuilder.regions import place_of

BUILDER = "stackbuilder:builder"
DEFAULT_WEIGHT = 1
DEFAULT_CURRENCY = "USD"


@dataclass(frozen=True)
class State:
    """What the address of the builder says; see `BuilderForm`, which reads it.

    `weights` are in the site's order, `members` in the visitor's. `size` and `budget` (a month's,
    in `currency`; None is no limit) bound a proposed stack, in which `must` and `must_not` are
    slugs. `evidence` pins the figures to a version; None is today's.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    region: str = ""
    no_injections: bool = False
    is_tested: bool = False
    certainty: str = ""
    size: int = USUAL_SIZE
    budget: Decimal | None = None
    currency: str = DEFAULT_CURRENCY
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    evidence: int | None = None
    why: str = ""
    page: int = 1

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return names and values as a form or an address carries them, without the defaults."""
        pairs = [("goal", f"{slug}:{weight}") for slug, weight in self.weights.items()]
        pairs += [("in", slug) for slug in self.members]
        pairs += [
            ("region", self.region),
            ("injections", "no" if self.no_injections else ""),
            ("tested", "yes" if self.is_tested else ""),
            ("certainty", self.certainty),
            ("size", str(self.size) if self.size != USUAL_SIZE else ""),
            ("budget", "" if self.budget is None else f"{self.budget.normalize():f}"),
            ("currency", self.currency if self.currency != DEFAULT_CURRENCY else ""),
        ]
        pairs += [("must", slug) for slug in self.must]
        pairs += [("not", slug) for slug in self.must_not]
        pairs += [
            ("evidence", str(self.evidence or "")),
            ("why", self.why),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in pairs if value]

    @property
    def query(self) -> str:
        """Return the query string, empty for a state in which nothing is chosen."""
        return urlencode(self.pairs, safe=":")

    def url(self, view: str = BUILDER) -> str:
        """Return the address of `view` in this state."""
        return f"{reverse(view)}?{self.query}" if self.pairs else reverse(view)

    @property
    def about_you_url(self) -> str:
        """Return the address of the form for health answers, which leads back to this state."""
        return self.url("stackbuilder:about_you")

    @property
    def let_in_url(self) -> str:
        """Return the address to which a form sends which compound to let back in."""
        return self.url("stackbuilder:about_you_let_in")

    @property
    def preference_pairs(self) -> list[tuple[str, str]]:
        """Return what the form of preferences carries along unseen: the ranking starts anew."""
        return self.pairs_without("region", "injections", "tested", "certainty", "why", "page")

    def pairs_without(self, *names: str) -> list[tuple[str, str]]:
        """Return the pairs that a form carries hidden whose own fields are `names`."""
        return [(name, value) for name, value in self.pairs if name not in names]

    def having(self, **changes: Any) -> State:
        """Return the state with these changes."""
        return replace(self, **changes)

    def asking(self, **changes: Any) -> State:
        """Return the state with changes that alter the ranking: its first page, nothing open."""
        return replace(self, why="", page=1, **changes)

    def adding(self, slug: str) -> State:
        """Return the state with one more member, at the end; the same one where it is in."""
        return self if slug in self.members else replace(self, members=(*self.members, slug))

    def without(self, slug: str) -> State:
        """Return the state without that member."""
        return replace(self, members=tuple(one for one in self.members if one != slug))

    def moved(self, slug: str, by: int) -> State:
        """Return the state with a member moved `by` places, at most to either end."""
        others = [one for one in self.members if one != slug]
        place = max(0, min(len(others), self.members.index(slug) + by))
        return replace(self, members=(*others[:place], slug, *others[place:]))

    @property
    def preferences(self) -> Preferences:
        """Return the preferences as the engine takes them."""
        return Preferences(
            region=place_of(self.region),
            excluded_routes=INJECTED if self.no_injections else frozenset(),
            is_tested_for_doping=self.is_tested,
            least_certainty=Certainty(self.certainty) if self.certainty else None,
            size=self.size,
            budget=self.budget,
            currency=self.currency,
        )


def builder_url(weights: Mapping[str, int], **choices: Any) -> str:
    """Return the builder's address for `weights` (goal slug -> 1, 2 or 3, in the site's order)."""
    return State(weights=weights, **choices).url()


def with_weight(
    weights: Mapping[str, int], goals: Iterable[str], slug: str, weight: int
) -> dict[str, int]:
    """Return `weights` with `slug` set to `weight` (0 leaves it out), in the order of `goals`."""
    changed = {**weights, slug: weight}
    return {goal: changed[goal] for goal in goals if changed.get(goal)}
