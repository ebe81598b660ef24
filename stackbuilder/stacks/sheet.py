"""The sheet of a stack, as values: what one printed page, the CSV and the JSON file hold.

It is for a pharmacist or a physician and for nobody in particular: whoever prints it, it is made
for no answers at all, so nothing about a person can stand on it. Figures and key studies are of the
evidence version of the tables; doses, cautions, interactions, clashes and legal status are today's.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.timezone import localdate

from evidence.models import EvidenceVersion
from stackbuilder.candidates import Snapshot
from stackbuilder.engine.coverage import CellKind
from stackbuilder.engine.facts import BANNED_IN_SPORT, InteractionFact
from stackbuilder.engine.person import Person
from stackbuilder.engine.safety import Gate, gate_of_severity
from stackbuilder.links import State
from stackbuilder.stacks.members import Member, MemberGoal
from stackbuilder.stacks.panel import Panel, stack_panel
from stackbuilder.stacks.safety import Note, StackSafety, note_of
from stackbuilder.stacks.saved import Gone
from stackbuilder.stacks.sheet_cautions import CautionGroup, caution_groups
from stackbuilder.stacks.studies import KeyStudy, key_studies
from stackbuilder.visitor.screening import SafetyTables

NOT_CHECKED = (
    "Whoever takes these: nothing of their conditions and medicines is known here.",
    "Pairs of which nothing is recorded here, and three or more together: no record is not the "
    "same as no risk.",
    "Whether a dose suits anybody: doses are what trials gave, not advice.",
    "The quality of any product.",
)
DISCLAIMER = (
    "Information from published studies, not medical advice. Ask a pharmacist or a physician "
    "before taking, changing or combining anything."
)
# With more facts than these a page of paper is set in smaller type.
MANY_FACTS = 60


@dataclass(frozen=True)
class SheetCell:
    """A member and a goal: the pinned figures in MID units, None where nothing counts."""

    goal: MemberGoal
    mean: float | None
    sd: float | None
    dependable: float | None
    studies: tuple[KeyStudy, ...]

    @property
    def shown_studies(self) -> tuple[KeyStudy, ...]:
        """Return the studies that a page has room for: all where the member serves, else one."""
        return self.studies if self.goal.kind is CellKind.SERVES else self.studies[:1]


@dataclass(frozen=True)
class SheetMember:
    """A member with its cells, in the order of the goals, and all that is recorded against it."""

    member: Member
    cells: tuple[SheetCell, ...]
    cautions: tuple[Note, ...]
    interactions: tuple[Note, ...]

    @property
    def studied(self) -> tuple[SheetCell, ...]:
        """Return the cells of goals for which any study is recorded."""
        return tuple(cell for cell in self.cells if cell.goal.verdict)

    @property
    def unstudied(self) -> tuple[str, ...]:
        """Return the goals for which none is."""
        return tuple(cell.goal.goal for cell in self.cells if not cell.goal.verdict)

    @property
    def is_banned_in_sport(self) -> bool:
        """Say whether the rules of sport are recorded as forbidding it."""
        return any(fact.status == BANNED_IN_SPORT for fact in self.member.safety.statuses)


@dataclass(frozen=True)
class Versions:
    """Which evidence and method the figures are of; `newest` is today's evidence."""

    evidence: EvidenceVersion | None
    newest: int
    method: str

    @property
    def published_on(self) -> str | None:
        """Return the day of that evidence, as 2025-03-01."""
        return localdate(self.evidence.at).isoformat() if self.evidence else None

    @property
    def is_newest(self) -> bool:
        """Say whether nothing was published since."""
        return self.evidence is None or self.evidence.number >= self.newest


@dataclass(frozen=True)
class Sheet:
    """A stack for somebody who knows medicines; see the module."""

    state: State
    panel: Panel
    members: tuple[SheetMember, ...]
    cautions: tuple[CautionGroup, ...]
    versions: Versions

    @property
    def is_dense(self) -> bool:
        """Say whether more is recorded than fits on a page in its usual type."""
        return sum(len(one.cautions) + len(one.interactions) for one in self.members) > MANY_FACTS

    @property
    def major(self) -> tuple[tuple[str, tuple[Note, ...]], ...]:
        """Return by member its major interactions with medicines, answers name them or not."""
        return self._with_medicines(is_major=True)

    @property
    def lesser(self) -> tuple[tuple[str, tuple[Note, ...]], ...]:
        """Return by member its other interactions with medicines."""
        return self._with_medicines(is_major=False)

    def _with_medicines(self, *, is_major: bool) -> tuple[tuple[str, tuple[Note, ...]], ...]:
        found = (
            (
                one.member.name,
                tuple(
                    note
                    for note, fact in zip(
                        one.interactions, one.member.safety.interactions, strict=True
                    )
                    if not fact.other_slug and _is_major(fact) is is_major
                ),
            )
            for one in self.members
        )
        return tuple((name, notes) for name, notes in found if notes)

    @property
    def safety(self) -> StackSafety:
        """Return what is recorded of the members together and with medicines."""
        return self.panel.safety


@dataclass(frozen=True)
class Exported:
    """A sheet, the address at which it is found, and what a saved stack lost since."""

    sheet: Sheet
    address: str
    gone_members: tuple[Gone, ...] = ()
    gone_goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What a sheet is made from: `tables` may be pinned, `safety` is of the newest version."""

    tables: Snapshot
    safety: SafetyTables


def impersonal(state: State) -> State:
    """Return what of a state may stand on a sheet or be saved: goals, members, region, version."""
    return State(
        weights=state.weights,
        members=state.members,
        region=state.region,
        evidence=state.evidence,
    )


def stack_sheet(ground: Ground, state: State, method: str) -> Sheet:
    """Return the sheet of `state`, in a number of queries that does not grow with the members."""
    tables, state = ground.tables, impersonal(state)
    panel = stack_panel(tables, state, Person(), ground.safety)
    state = state.having(members=tuple(one.slug for one in panel.members))
    studies = key_studies(tables, state) if state.members and state.weights else {}
    names = {card.slug: card.name for card in tables.compounds}
    return Sheet(
        state=state,
        panel=panel,
        members=tuple(
            SheetMember(
                member=one,
                cells=tuple(_cell(tables, cell, studies) for cell in one.goals),
                cautions=tuple(note_of(one.safety, fact, names) for fact in one.safety.cautions),
                interactions=tuple(
                    note_of(one.safety, fact, names) for fact in one.safety.interactions
                ),
            )
            for one in panel.members
        ),
        cautions=caution_groups(panel.members),
        versions=Versions(
            evidence=EvidenceVersion.objects.filter(pk=tables.version).first(),
            newest=ground.safety.version,
            method=method,
        ),
    )


def _is_major(fact: InteractionFact) -> bool:
    return gate_of_severity(fact.severity) >= Gate.EXCLUDES_UNLESS


def _cell(
    tables: Snapshot, goal: MemberGoal, studies: dict[tuple[str, str], tuple[KeyStudy, ...]]
) -> SheetCell:
    cell = tables.row_of[goal.slug], tables.column_of[goal.goal_slug]
    is_counted = bool(tables.table.is_counted[cell])
    return SheetCell(
        goal=goal,
        mean=float(tables.table.mean[cell]) if is_counted else None,
        sd=float(tables.table.sd[cell]) if is_counted else None,
        dependable=tables.dependable(*cell),
        studies=studies.get((goal.slug, goal.goal_slug), ()),
    )
