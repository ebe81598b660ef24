"""The evidence on a few compounds, goal by goal, as the values of a comparison.

Whatever version the figures are pinned to, at most two queries read them. A finding or study that
was deleted since is counted by its stored key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.charts import Bar, benefit_bar
from evidence.choices import Verdict
from evidence.figures import signed
from evidence.models import Finding, Profile, Study
from evidence.synthesis import Design
from stackbuilder.candidates import CompoundCard, GoalCard, Snapshot
from stackbuilder.engine.differences import Difference, Estimate, lead
from stackbuilder.links import State

# Of each compound: those that weigh most.
KEY_STUDIES = 3


@dataclass(frozen=True)
class Counted:
    """How much a profile rests on.

    `participants` are those of studies that say how many they had, the others are `unsized`.
    Somebody who took part in two of the studies is counted twice: nobody can tell.
    """

    studies: int = 0
    reviews: int = 0
    participants: int = 0
    unsized: int = 0
    not_counted: int = 0


@dataclass(frozen=True)
class Cell:
    """What is found on one compound for one goal; no `bar` where nothing is counted.

    Letter and verdict are empty where no study is recorded.
    """

    slug: str
    name: str
    letter: str = ""
    verdict: str = ""
    certainty: str = ""
    bar: Bar | None = None
    counted: Counted = Counted()

    @property
    def is_untested(self) -> bool:
        """Say whether no study is recorded at all."""
        return not self.verdict

    @property
    def is_without_benefit(self) -> bool:
        """Say whether it was tested and found to have no benefit that matters."""
        return self.verdict == Verdict.NO_BENEFIT


@dataclass(frozen=True)
class Behind:
    """A compound that does not lead, and how sure one can be that it is behind."""

    cell: Cell
    difference: Difference


@dataclass(frozen=True)
class GoalRows:
    """One goal: a cell for each compound, in the visitor's order, and who leads.

    `first` is None where nothing is counted for any of them.
    """

    slug: str
    name: str
    cells: tuple[Cell, ...]
    first: Cell | None
    behind: tuple[Behind, ...]

    @property
    def level(self) -> list[Cell]:
        """Return those who lead, as far as printed figures tell."""
        if self.first is None or self.first.bar is None:
            return []
        best = signed(self.first.bar.dependable)
        bars = ((one.cell, one.cell.bar) for one in self.behind)
        return [self.first, *(cell for cell, bar in bars if bar and signed(bar.dependable) == best)]

    @property
    def outdone(self) -> list[Behind]:
        """Return those that the first one can be told to do more than."""
        return [one for one in self.behind if one.difference.is_told_apart]

    @property
    def alike(self) -> list[Behind]:
        """Return those that it cannot be told apart from."""
        return [one for one in self.behind if not one.difference.is_told_apart]

    @property
    def is_dependable(self) -> bool:
        """Say whether the largest dependable benefit is one at all, as it is printed."""
        bar = self.first.bar if self.first else None
        return bar is not None and round(bar.dependable, 2) > 0

    @property
    def untested(self) -> list[Cell]:
        """Return those of which no study is recorded."""
        return [cell for cell in self.cells if cell.is_untested]

    @property
    def uncounted(self) -> list[Cell]:
        """Return those that were studied with nothing that can be counted."""
        return [cell for cell in self.cells if not cell.is_untested and cell.bar is None]

    @property
    def without_benefit(self) -> list[Cell]:
        """Return those that were tested and have no benefit that matters."""
        return [cell for cell in self.cells if cell.is_without_benefit]


@dataclass(frozen=True)
class KeyStudy:
    """A study on which a compound's figures rest most: `share` of the precision for `goal`.

    `study` is None if it was deleted since.
    """

    key: str
    study: Study | None
    participants: int | None
    goal: str
    share: float


@dataclass(frozen=True)
class Evidence:
    """The goals compared, and the key studies of each compound by its slug."""

    goals: tuple[GoalRows, ...]
    key_studies: Mapping[str, tuple[KeyStudy, ...]]


def goals_compared(
    tables: Snapshot, state: State, compounds: Sequence[CompoundCard]
) -> list[GoalCard]:
    """Return the chosen goals, or without any those for which one of them has findings."""
    if state.weights:
        return [goal for goal in tables.goals if goal.slug in state.weights]
    rows = [tables.row_of[one.slug] for one in compounds]
    has_any = tables.table.has_findings[rows]
    return [goal for column, goal in enumerate(tables.goals) if has_any[:, column].any()]


def evidence_of(tables: Snapshot, state: State, compounds: Sequence[CompoundCard]) -> Evidence:
    """Return the evidence on `compounds` for the goals compared, as of the tables' version."""
    goals = goals_compared(tables, state, compounds)
    profiles = _profiles(tables.version, compounds, goals)
    findings = _findings(profiles.values())
    return Evidence(
        goals=tuple(_goal_rows(goal, compounds, profiles, findings) for goal in goals),
        key_studies={
            one.slug: _key_studies(
                [(goal.name, profiles.get((one.pk, goal.pk))) for goal in goals], findings
            )
            for one in compounds
        },
    )


def _profiles(
    version: int, compounds: Iterable[CompoundCard], goals: Iterable[GoalCard]
) -> dict[tuple[int, int], Profile]:
    found = Profile.objects.current(version).filter(
        compound__in=[one.pk for one in compounds], goal__in=[goal.pk for goal in goals]
    )
    return {(profile.compound_id, profile.goal_id): profile for profile in found}


def _findings(profiles: Iterable[Profile]) -> dict[str, Finding]:
    keys = {entry["key"] for profile in profiles for entry in profile.counted}
    found = Finding.objects.filter(key__in=keys).select_related("study")
    return {finding.key: finding for finding in found}


def _goal_rows(
    goal: GoalCard,
    compounds: Iterable[CompoundCard],
    profiles: Mapping[tuple[int, int], Profile],
    findings: Mapping[str, Finding],
) -> GoalRows:
    found = [(one, profiles.get((one.pk, goal.pk))) for one in compounds]
    cells = {one.slug: _cell(one, profile, findings) for one, profile in found}
    leading = lead(
        Estimate(one.slug, profile.mean, profile.sd)
        for one, profile in found
        if profile is not None and profile.mean is not None and profile.sd is not None
    )
    return GoalRows(
        slug=goal.slug,
        name=goal.name,
        cells=tuple(cells.values()),
        first=cells[leading.first.slug] if leading else None,
        behind=tuple(Behind(cells[one.other.slug], one) for one in leading.others)
        if leading
        else (),
    )


def _cell(compound: CompoundCard, profile: Profile | None, findings: Mapping[str, Finding]) -> Cell:
    if profile is None:
        return Cell(compound.slug, compound.name)
    return Cell(
        slug=compound.slug,
        name=compound.name,
        letter=profile.letter,
        verdict=profile.verdict,
        certainty=profile.certainty,
        bar=None if profile.mean is None else benefit_bar(profile.mean, profile.sd),
        counted=_counted(profile, findings),
    )


def _counted(profile: Profile, findings: Mapping[str, Finding]) -> Counted:
    studies = [_study_of(cluster, findings) for cluster in profile.clusters]
    sizes = [size for _, size in studies if size is not None]
    return Counted(
        studies=len(studies),
        reviews=sum(study is not None and Design(study.design).is_review for study, _ in studies),
        participants=sum(sizes),
        unsized=len(studies) - len(sizes),
        not_counted=len(profile.not_counted),
    )


def _study_of(
    cluster: Mapping[str, Any], findings: Mapping[str, Finding]
) -> tuple[Study | None, int | None]:
    """Return the study of a cluster, and how many took part: the most that a finding counts."""
    found = [findings[key] for key in cluster["findings"] if key in findings]
    study = found[0].study if found else None
    sizes = [one.n_participants for one in found if one.n_participants]
    if sizes:
        return study, max(sizes)
    return study, study.n_participants if study else None


def _key_studies(
    profiles: Iterable[tuple[str, Profile | None]], findings: Mapping[str, Finding]
) -> tuple[KeyStudy, ...]:
    """Return those that weigh most, each by the goal for which it weighs most.

    By weight, not by what they add: a sure null result adds nothing and may decide everything.
    """
    best: dict[str, KeyStudy] = {}
    for goal, profile in profiles:
        for cluster in profile.clusters if profile else ():
            key, share = cluster["study"], cluster["weight_share"]
            if key not in best or best[key].share < share:
                study, participants = _study_of(cluster, findings)
                best[key] = KeyStudy(key, study, participants, goal, share)
    ordered = sorted(best.values(), key=lambda one: (-one.share, one.key))
    return tuple(ordered[:KEY_STUDIES])
