"""Bridge: current profiles and cautions become the tables that the engine ranks.

The tables of one evidence version are read once per process and then never change. A
request asks the database for the newest version number, one indexed query, and the
tables are read again when it moved: any number of processes and machines stay right
without talking to each other. Prices and vendors are not read here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np

from evidence.models import Caution, Compound, EvidenceVersion, Goal, Profile
from evidence.synthesis.constants import Z_DEPENDABLE
from stackbuilder.engine.places import likely_places
from stackbuilder.engine.ranking import GoalTable, IntArray, Ranking, rank

Weights = tuple[tuple[str, int], ...]

# Rankings kept per snapshot, by goals and weights; a visitor's own answers never come here.
KEPT_RANKINGS = 64
# Older versions kept for links that pin one.
KEPT_PINNED = 4


@dataclass(frozen=True)
class CautionCard:
    """A caution as a list of compounds shows it; `code` is empty for one that gates nobody."""

    code: str
    condition: str
    level: str


@dataclass(frozen=True)
class CompoundCard:
    """What a list prints of a compound."""

    pk: int
    slug: str
    name: str
    class_code: str
    class_label: str
    routes: tuple[str, ...]
    cautions: tuple[CautionCard, ...]


@dataclass(frozen=True)
class GoalCard:
    """What a list prints of a goal."""

    pk: int
    slug: str
    name: str


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that a ranking needs, of one evidence version; row i of the table is compounds[i].

    `verdicts` holds (letter, verdict) by (row, column) of the table, where anything was found,
    and `certainties` the level of its counted evidence, empty where nothing counts.
    """

    version: int
    goals: tuple[GoalCard, ...]
    compounds: tuple[CompoundCard, ...]
    table: GoalTable
    verdicts: dict[tuple[int, int], tuple[str, str]]
    certainties: dict[tuple[int, int], str]
    row_of: dict[str, int] = field(init=False, repr=False)
    column_of: dict[str, int] = field(init=False, repr=False)
    _ranked: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows = {card.slug: row for row, card in enumerate(self.compounds)}
        columns = {goal.slug: column for column, goal in enumerate(self.goals)}
        object.__setattr__(self, "row_of", rows)
        object.__setattr__(self, "column_of", columns)
        # Kept on the snapshot, so that they go when it goes.
        object.__setattr__(self, "_ranked", lru_cache(KEPT_RANKINGS)(self._rank))

    def ranked(self, weights: dict[str, int]) -> tuple[Ranking, IntArray, IntArray]:
        """Return the ranking for these goals, and the likely first and last place of each row."""
        key: Weights = tuple(sorted(weights.items()))
        result: tuple[Ranking, IntArray, IntArray] = self._ranked(key)
        return result

    def dependable(self, row: int, column: int) -> float | None:
        """Return the dependable benefit of one compound for one goal; None if nothing counts."""
        if not self.table.is_counted[row, column]:
            return None
        return float(self.table.mean[row, column] - Z_DEPENDABLE * self.table.sd[row, column])

    def _rank(self, weights: Weights) -> tuple[Ranking, IntArray, IntArray]:
        ranking = rank(self.table, dict(weights))
        return ranking, *likely_places(ranking.mean, ranking.sd)


_lock = Lock()
_current: Snapshot | None = None


def snapshot(version: int | None = None) -> Snapshot:
    """Return the tables of the newest evidence; `version` is its number if already asked for."""
    global _current
    number = EvidenceVersion.objects.current_number() if version is None else version
    kept = _current
    if kept is not None and kept.version == number:
        return kept
    with _lock:
        if _current is None or _current.version != number:
            _current = _load(number)
        return _current


def snapshot_at(number: int, newest: int) -> Snapshot:
    """Return the tables as of version `number`, of the compounds that are public at `newest`."""
    return snapshot(newest) if number == newest else _pinned(number, newest)


@lru_cache(KEPT_PINNED)
def _pinned(number: int, newest: int) -> Snapshot:
    # The newest version is in the key because a compound that was withdrawn since must go.
    return _load(number)


def forget() -> None:
    """Drop the kept tables; for tests, which change databases under the process."""
    global _current
    _current = None
    _pinned.cache_clear()


def _load(version: int) -> Snapshot:
    """Read the tables as of `version`, in four queries."""
    goals = tuple(GoalCard(*row) for row in Goal.objects.values_list("pk", "slug", "name"))
    compounds = _compound_cards()
    rows = {card.pk: row for row, card in enumerate(compounds)}
    columns = {goal.pk: column for column, goal in enumerate(goals)}
    shape = (len(compounds), len(goals))
    mean, sd = np.full(shape, np.nan), np.full(shape, np.nan)
    is_counted, has_findings = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    verdicts, certainties = {}, {}
    fields = ("compound_id", "goal_id", "mean", "sd", "letter", "verdict", "certainty")
    profiles = Profile.objects.current(version).public().values_list(*fields)
    for compound_id, goal_id, y, deviation, letter, verdict, certainty in profiles.iterator():
        if compound_id not in rows or goal_id not in columns:
            continue  # came or went between two queries; the next version will have it
        cell = rows[compound_id], columns[goal_id]
        has_findings[cell] = True
        verdicts[cell] = (letter, verdict)
        certainties[cell] = certainty
        if y is not None:
            mean[cell], sd[cell], is_counted[cell] = y, deviation, True
    table = GoalTable(
        slugs=tuple(card.slug for card in compounds),
        goals=tuple(goal.slug for goal in goals),
        mean=mean,
        sd=sd,
        is_counted=is_counted,
        has_findings=has_findings,
    )
    return Snapshot(version, goals, compounds, table, verdicts, certainties)


def _compound_cards() -> tuple[CompoundCard, ...]:
    """Read the public compounds with their cautions, in two queries."""
    cautions: dict[int, list[CautionCard]] = {}
    rows = Caution.objects.values_list(
        "compound_id", "condition__code", "condition__name", "other_condition", "level"
    ).order_by("compound_id", "position", "pk")
    for compound_id, code, name, other, level in rows.iterator():
        card = CautionCard(code or "", name or other, level)
        cautions.setdefault(compound_id, []).append(card)
    fields = ("pk", "slug", "name", "compound_class", "routes")
    labels = dict(Compound._meta.get_field("compound_class").flatchoices)
    return tuple(
        CompoundCard(pk, slug, name, kind, labels[kind], tuple(routes), tuple(cautions.get(pk, ())))
        for pk, slug, name, kind, routes in Compound.objects.published().values_list(*fields)
    )
