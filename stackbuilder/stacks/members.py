"""The members of a stack, as values: what each is for, its dose in trials, its price, its reasons.

Doses are what trials gave, in the words that are stored, and never advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from evidence.choices import Route, Verdict
from evidence.models import Protocol
from evidence.synthesis import Certainty
from stackbuilder.candidates import Snapshot
from stackbuilder.engine.coverage import (
    CellKind,
    Coverage,
    Covering,
    Known,
    MemberCoverage,
    coverage,
)
from stackbuilder.engine.day_plan import TrialUse
from stackbuilder.engine.facts import CompoundSafety
from stackbuilder.engine.safety import Outcome
from stackbuilder.links import State
from stackbuilder.prices import MonthlyPrice
from stackbuilder.visitor.screened import Line, Screened

HARMFUL = (Verdict.HARM, Verdict.POSSIBLE_HARM)
ROUTES = dict(Route.choices)
KINDS = {
    CellKind.SERVES: "serves it",
    CellKind.LESS: "another serves it better",
    CellKind.LEFT_OUT: "a benefit, but left out for you",
    CellKind.TOO_UNCERTAIN: "a benefit, less certain than you want",
    CellKind.NOT_COUNTED_ON: "tested, no benefit to count on",
    CellKind.HARM: "harm or possible harm",
    CellKind.STUDIED: "studied, nothing counts",
    CellKind.UNSTUDIED: "no study recorded here",
}
MARKS = {
    CellKind.TOO_UNCERTAIN: "?",
    CellKind.NOT_COUNTED_ON: "0",
    CellKind.HARM: "harm",
    CellKind.STUDIED: "–",
    CellKind.UNSTUDIED: "·",
}
# Half of what two decimals can show.
_LEAST_SHOWN = 0.005
_USE = ("dose", "frequency", "route", "duration", "population")
_SOURCE = ("source", "source_title", "source_quality")
_DOSE = (*_USE, *_SOURCE)


@dataclass(frozen=True)
class MemberGoal:
    """What a member is known to do for a goal; texts are empty where nothing is recorded.

    `benefit` is what can be counted on, in MID units; `certainty` is empty where nothing counts.
    """

    slug: str
    name: str
    goal_slug: str
    goal: str
    kind: CellKind
    benefit: float
    letter: str
    verdict: str
    certainty: str

    @property
    def words(self) -> str:
        """Return what the cell says."""
        return self.verdict if self.kind is CellKind.HARM else KINDS[self.kind]

    @property
    def mark(self) -> str:
        """Return what stands in the cell: the benefit, or a sign where none can be counted on."""
        return MARKS.get(self.kind) or self.figure

    @property
    def figure(self) -> str:
        """Return the benefit as it is printed."""
        return printed_benefit(self.benefit)


@dataclass(frozen=True)
class Instead:
    """A goal for which a member adds nothing, because `by` does as much or more."""

    goal: str
    benefit: float
    by: str
    by_benefit: float

    @property
    def figure(self) -> str:
        """Return its own benefit as it is printed."""
        return printed_benefit(self.benefit)

    @property
    def by_figure(self) -> str:
        """Return the other member's benefit as it is printed."""
        return printed_benefit(self.by_benefit)


@dataclass(frozen=True)
class Dose:
    """A dose as a trial used it, and where it stands; `route` is in words."""

    use: TrialUse
    route: str
    source: str
    source_title: str
    source_quality: str


@dataclass(frozen=True)
class Ways:
    """Where a member is looked up, leaves the stack or moves in it.

    At an end the way further on leads to where it is; `is_first` and `is_last` say so.
    """

    url: str
    remove_url: str
    up_url: str
    down_url: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Member:
    """One member; `is_in` is False for one that is left out for this visitor, who is still shown.

    Who is left out serves nothing and is in no sum. `loss` is what the value of the stack falls by
    without it. `lines` are what concerns the visitor. `dose` is the first one of its curator, None
    without any; `more_doses` counts the others. `legal` is empty where no region was chosen.
    """

    number: int
    slug: str
    name: str
    class_label: str
    ways: Ways
    is_in: bool
    goals: tuple[MemberGoal, ...]
    instead: tuple[Instead, ...]
    is_redundant: bool
    loss: float
    dose: Dose | None
    more_doses: int
    price: MonthlyPrice | None
    safety: CompoundSafety
    lines: tuple[Line, ...]
    is_let_back_in: bool
    can_be_let_in: bool
    legal: str

    @property
    def serves(self) -> tuple[MemberGoal, ...]:
        """Return the goals that it serves best of all members."""
        return tuple(cell for cell in self.goals if cell.kind is CellKind.SERVES)


@dataclass(frozen=True)
class Recorded:
    """What was read for the members of one stack, by slug; each may lack any of them."""

    safety: Mapping[str, CompoundSafety]
    screened: Screened
    doses: Mapping[str, tuple[Dose, ...]]
    prices: Mapping[str, MonthlyPrice]


def printed_benefit(benefit: float) -> str:
    """Return a benefit in MID units with two decimals; one that is above 0 never reads as 0.

    >>> printed_benefit(0.412), printed_benefit(0.001), printed_benefit(0.0)
    ('0.41', '<0.01', '0')
    """
    if benefit < _LEAST_SHOWN:
        return "<0.01" if benefit > 0 else "0"
    return f"{benefit:.2f}"


def doses_of(slugs: Iterable[str]) -> dict[str, tuple[Dose, ...]]:
    """Return the doses of trials by slug, in the curator's order, in one query."""
    rows = Protocol.objects.filter(compound__slug__in=list(slugs)).values("compound__slug", *_DOSE)
    found: dict[str, tuple[Dose, ...]] = {}
    for row in rows.order_by("compound", "position", "pk"):
        slug = row["compound__slug"]
        use = TrialUse(slug, *(row[name] for name in _USE))
        route = str(ROUTES.get(use.route, use.route))
        dose = Dose(use, route, *(row[name] for name in _SOURCE))
        found[slug] = (*found.get(slug, ()), dose)
    return found


def covered(tables: Snapshot, state: State, slugs: Iterable[str], found: Screened) -> Coverage:
    """Return what these members cover of the chosen goals, who is left out serving nothing."""
    total = sum(state.weights.values())
    return coverage(
        [
            Covering(
                slug=slug,
                known=tuple(_known(tables, state, slug, goal) for goal in state.weights),
                may_serve=found.is_in(slug),
            )
            for slug in slugs
        ],
        {goal: weight / total for goal, weight in state.weights.items()},
    )


def members_of(
    tables: Snapshot, state: State, cover: Coverage, recorded: Recorded
) -> tuple[Member, ...]:
    """Return the members in the visitor's order."""
    slugs = [one.slug for one in cover.members]
    return tuple(
        _member(tables, one, recorded, (number, _ways(state, slugs, one.slug)))
        for number, one in enumerate(cover.members, start=1)
    )


def _known(tables: Snapshot, state: State, slug: str, goal: str) -> Known:
    cell = tables.row_of[slug], tables.column_of[goal]
    _, verdict = tables.verdicts.get(cell, ("", ""))
    certainty, least = tables.certainties.get(cell, ""), state.certainty
    return Known(
        dependable=tables.dependable(*cell),
        has_findings=bool(tables.table.has_findings[cell]),
        is_harm=verdict in HARMFUL,
        is_too_uncertain=bool(certainty and least)
        and not Certainty(certainty).is_at_least(Certainty(least)),
    )


def _member(
    tables: Snapshot, one: MemberCoverage, recorded: Recorded, placed: tuple[int, Ways]
) -> Member:
    slug, found = one.slug, recorded.screened
    card = tables.compounds[tables.row_of[slug]]
    screening = found.screenings.get(slug)
    doses = recorded.doses.get(slug, ())
    return Member(
        number=placed[0],
        slug=slug,
        name=card.name,
        class_label=card.class_label,
        ways=placed[1],
        is_in=one.may_serve,
        goals=_goals(tables, one),
        instead=_instead(tables, one),
        is_redundant=one.is_redundant,
        loss=one.loss,
        dose=doses[0] if doses else None,
        more_doses=len(doses[1:]),
        price=recorded.prices.get(slug),
        safety=recorded.safety[slug],
        lines=found.lines(slug),
        is_let_back_in=bool(screening and screening.is_let_back_in),
        can_be_let_in=bool(screening and screening.outcome is Outcome.OUT_UNLESS),
        legal=found.legal(slug),
    )


def _goals(tables: Snapshot, one: MemberCoverage) -> tuple[MemberGoal, ...]:
    row = tables.row_of[one.slug]
    name = tables.compounds[row].name
    found = []
    for cell in one.cells:
        column = tables.column_of[cell.goal]
        letter, verdict = tables.verdicts.get((row, column), ("", ""))
        certainty = tables.certainties.get((row, column), "")
        goal = tables.goals[column].name
        found.append(
            MemberGoal(
                one.slug, name, cell.goal, goal, cell.kind, cell.benefit, letter, verdict, certainty
            )
        )
    return tuple(found)


def _instead(tables: Snapshot, one: MemberCoverage) -> tuple[Instead, ...]:
    return tuple(
        Instead(
            goal=tables.goals[tables.column_of[outdone.goal]].name,
            benefit=outdone.benefit,
            by=tables.compounds[tables.row_of[outdone.by]].name,
            by_benefit=outdone.by_benefit,
        )
        for outdone in one.outdone
    )


def _ways(state: State, slugs: list[str], slug: str) -> Ways:
    return Ways(
        url=reverse("evidence:compound_detail", args=[slug]),
        remove_url=state.without(slug).url(),
        up_url=state.moved(slug, -1).url(),
        down_url=state.moved(slug, 1).url(),
        is_first=slug == slugs[0],
        is_last=slug == slugs[-1],
    )
