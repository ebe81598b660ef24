"""The stack of a visitor, as values: what the panel, the printed page, CSV and JSON all show.

Figures are of the evidence version of the tables, which a link may have pinned; everything about
safety is today's. A panel is made for one answer to one request and kept nowhere: with the answers
of a visitor it holds what they said of their health. For whatever is saved or shared, make one for
`Person()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.charts import Bar, benefit_bar
from evidence.synthesis import Certainty
from stackbuilder.candidates import Snapshot
from stackbuilder.engine.coverage import CellKind, Coverage
from stackbuilder.engine.day_plan import Slot, TrialUse, day_plan
from stackbuilder.engine.person import Person
from stackbuilder.links import State
from stackbuilder.prices import StackCost, monthly_prices, sum_of
from stackbuilder.regions import place_name
from stackbuilder.stacks.members import (
    KINDS,
    MARKS,
    Member,
    MemberGoal,
    Recorded,
    covered,
    doses_of,
    members_of,
)
from stackbuilder.stacks.safety import StackSafety, stack_safety
from stackbuilder.visitor.screened import screened
from stackbuilder.visitor.screening import SafetyTables

# As many as are read side by side.
COMPARED = 4
SPECIMEN = "0.5"  # a benefit in the key of the matrix
SLOTS = {
    Slot.MORNING: "Morning",
    Slot.MIDDAY: "Midday",
    Slot.MEALS: "With meals",
    Slot.NO_TIME: "Each day, no time given",
    Slot.EXERCISE: "Around exercise",
    Slot.EVENING: "Evening",
    Slot.BED: "Before bed",
    Slot.SOME_DAYS: "Not on each day",
    Slot.AS_NEEDED: "As needed",
    Slot.ONCE: "A single dose",
    Slot.NOT_SAID: "How often is not recorded here",
}


@dataclass(frozen=True)
class GoalCover:
    """One goal: its cells in the members' order, and what the stack reaches.

    `best` is the member who serves it, None if nobody does, and `bar` draws that member's benefit.
    `runner_up` would serve it otherwise; both benefits are in MID units, 0 for nobody.
    """

    slug: str
    name: str
    share: float
    cells: tuple[MemberGoal, ...]
    best: MemberGoal | None
    benefit: float
    bar: Bar | None
    runner_up: MemberGoal | None


@dataclass(frozen=True)
class PlanEntry:
    """A member's dose in one part of the day; `also_in` are the other parts, in words."""

    name: str
    use: TrialUse
    also_in: tuple[str, ...]


@dataclass(frozen=True)
class PlanSlot:
    """A part of the day, or what stands in for one, and what trials gave in it."""

    slot: Slot
    name: str
    entries: tuple[PlanEntry, ...]


@dataclass(frozen=True)
class WeakestLink:
    """The least certainty among those that serve, and which they are."""

    certainty: str
    links: tuple[MemberGoal, ...]


@dataclass(frozen=True)
class Onward:
    """Where the stack can be taken; comparing needs two members, and is empty for fewer.

    `share_url` is the builder with its figures pinned to the evidence version shown.
    """

    compare_url: str
    share_url: str
    save_url: str
    print_url: str


@dataclass(frozen=True)
class Panel:
    """A stack, in the visitor's order, and all that is to be said of it.

    `served` is the sum over goals of share times reach and `value` that less the charge for each
    member (method, section 7), both in MID units. `gone` are slugs that are no public compounds
    any more, `place` is where the visitor is, in words. `is_screened` says whether the visitor gave
    any answer.
    """

    version: int
    members: tuple[Member, ...]
    gone: tuple[str, ...]
    goals: tuple[GoalCover, ...]
    kinds: frozenset[CellKind]
    served: float
    value: float
    safety: StackSafety
    plan: tuple[PlanSlot, ...]
    undosed: tuple[str, ...]
    cost: StackCost
    unpriced: tuple[str, ...]
    weakest: WeakestLink | None
    onward: Onward
    place: str
    is_screened: bool

    @property
    def key(self) -> tuple[tuple[CellKind, str, str], ...]:
        """Return the kinds of cell that occur, the most useful first: its mark, what it says."""
        return tuple(
            (kind, MARKS.get(kind, SPECIMEN), words)
            for kind, words in KINDS.items()
            if kind in self.kinds
        )

    @property
    def in_stack(self) -> tuple[Member, ...]:
        """Return the members that are not left out for this visitor."""
        return tuple(member for member in self.members if member.is_in)

    @property
    def out(self) -> tuple[Member, ...]:
        """Return the members that are left out for this visitor."""
        return tuple(member for member in self.members if not member.is_in)

    @property
    def redundant(self) -> tuple[Member, ...]:
        """Return the members that could go without any goal being served less."""
        return tuple(member for member in self.members if member.is_redundant)

    @property
    def unserved(self) -> tuple[GoalCover, ...]:
        """Return the goals that nobody serves."""
        return tuple(goal for goal in self.goals if goal.best is None)


def stack_panel(tables: Snapshot, state: State, person: Person, safety: SafetyTables) -> Panel:
    """Return the stack of `state` for this visitor, in five queries at most, however large.

    `tables` may be of a pinned version; `safety` is of the newest. A goal or a member that is not
    here any more, as one of a saved stack may be, is left out.
    """
    weights = {goal: w for goal, w in state.weights.items() if goal in tables.column_of}
    state = state.having(weights=weights)
    here = [slug for slug in state.members if slug in tables.row_of and slug in safety.facts]
    facts = {slug: safety.facts[slug] for slug in here}
    found = screened(tables, state, person, replace(safety, facts=facts))
    prices = monthly_prices(here, region=state.region, currency=state.currency) if here else {}
    recorded = Recorded(facts, found, doses_of(here) if here else {}, prices)
    cover = covered(tables, state, here, found)
    members = members_of(tables, state, cover, recorded)
    inside = [member for member in members if member.is_in]
    goals = _goals(tables, state, cover, members)
    names = {member.slug: member.name for member in members}
    return Panel(
        version=tables.version,
        members=members,
        gone=tuple(slug for slug in state.members if slug not in facts),
        goals=goals,
        kinds=cover.kinds,
        served=cover.served,
        value=cover.value,
        safety=stack_safety(facts.values(), found.screenings, names=names, answers=found.names),
        plan=_plan(inside),
        undosed=tuple(member.name for member in inside if member.dose is None),
        cost=sum_of((member.price for member in inside), currency=state.currency),
        unpriced=tuple(member.name for member in inside if member.price is None),
        weakest=_weakest(goal.best for goal in goals),
        onward=_onward(state, here, tables.version),
        place=place_name(state.region) if state.region else "",
        is_screened=bool(person.answers),
    )


def _goals(
    tables: Snapshot, state: State, cover: Coverage, members: Sequence[Member]
) -> tuple[GoalCover, ...]:
    total = sum(state.weights.values())
    found = []
    for position, reach in enumerate(cover.reaches):
        cells = tuple(member.goals[position] for member in members)
        by_slug: Mapping[str | None, MemberGoal] = {cell.slug: cell for cell in cells}
        column = tables.column_of[reach.goal]
        best = by_slug.get(reach.served_by)
        found.append(
            GoalCover(
                slug=reach.goal,
                name=tables.goals[column].name,
                share=state.weights[reach.goal] / total,
                cells=cells,
                best=best,
                benefit=reach.benefit,
                bar=_bar(tables, best.slug, column) if best else None,
                runner_up=by_slug.get(reach.runner_up),
            )
        )
    return tuple(found)


def _bar(tables: Snapshot, slug: str, column: int) -> Bar:
    cell = tables.row_of[slug], column
    bar: Bar = benefit_bar(float(tables.table.mean[cell]), float(tables.table.sd[cell]))
    return bar


def _plan(members: Iterable[Member]) -> tuple[PlanSlot, ...]:
    dosed = [member for member in members if member.dose]
    names = {member.slug: member.name for member in dosed}
    return tuple(
        PlanSlot(
            part.slot,
            SLOTS[part.slot],
            tuple(
                PlanEntry(names[e.use.slug], e.use, tuple(SLOTS[s].lower() for s in e.also_in))
                for e in part.entries
            ),
        )
        for part in day_plan(member.dose.use for member in dosed if member.dose)
    )


def _weakest(serving: Iterable[MemberGoal | None]) -> WeakestLink | None:
    cells = [cell for cell in serving if cell is not None and cell.certainty]
    if not cells:
        return None
    least = min((Certainty(cell.certainty) for cell in cells), key=lambda one: one.rank)
    return WeakestLink(least, tuple(cell for cell in cells if cell.certainty == least))


def _onward(state: State, slugs: Sequence[str], version: int) -> Onward:
    compared = state.asking(members=tuple(slugs[:COMPARED]))
    whole = state.asking()
    return Onward(
        compare_url=compared.url("stackbuilder:compare") if len(slugs) > 1 else "",
        share_url=state.asking(evidence=version).url(),
        save_url=whole.url("stackbuilder:stack_create"),
        print_url=whole.url("stackbuilder:stack_print"),
    )
