"""What the evidence has done to a saved stack since it was pinned: cell by cell, act by act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.models import Profile
from stackbuilder.candidates import Snapshot
from stackbuilder.links import State


@dataclass(frozen=True)
class Figures:
    """What one profile came to; all empty where no study was recorded."""

    letter: str = ""
    verdict: str = ""
    dependable: float | None = None


@dataclass(frozen=True)
class Act:
    """A publication that made a new profile of the cell."""

    number: int
    at: datetime
    why: str


@dataclass(frozen=True)
class Change:
    """A member and a goal whose profile was made anew since, and by which acts, oldest first."""

    slug: str
    name: str
    goal_slug: str
    goal: str
    before: Figures
    now: Figures
    acts: tuple[Act, ...]

    @property
    def is_same_to_the_eye(self) -> bool:
        """Say whether letter, verdict and figure read as before: what they rest on changed."""
        return self.before == self.now


def changes_since(tables: Snapshot, state: State, newest: int) -> tuple[Change, ...]:
    """Return what changed between the version that `state` pins and the `newest`, in two queries.

    Members and goals are those of `state`, in its order; `tables` knows their names.
    """
    pinned = state.evidence
    if pinned is None or pinned >= newest or not (state.members and state.weights):
        return ()
    members = {tables.compounds[tables.row_of[slug]].pk: slug for slug in state.members}
    goals = {tables.goals[tables.column_of[slug]].pk: slug for slug in state.weights}
    profiles = Profile.objects.filter(compound__in=members, goal__in=goals)
    since = _by_cell(
        profiles.filter(version__gt=pinned, version__lte=newest)
        .select_related("version")
        .order_by("version_id")
    )
    before = _by_cell(profiles.newest(pinned)) if since else {}
    return tuple(
        Change(
            slug=slug,
            name=tables.compounds[tables.row_of[slug]].name,
            goal_slug=goal_slug,
            goal=tables.goals[tables.column_of[goal_slug]].name,
            before=_figures(before.get((compound, goal), [])),
            now=_figures(since[compound, goal]),
            acts=tuple(Act(row.version_id, row.version.at, row.version.why) for row in rows),
        )
        for compound, slug in members.items()
        for goal, goal_slug in goals.items()
        if (rows := since.get((compound, goal)))
    )


def _by_cell(profiles: Iterable[Any]) -> dict[tuple[int, int], list[Any]]:
    found: dict[tuple[int, int], list[Any]] = {}
    for profile in profiles:
        found.setdefault((profile.compound_id, profile.goal_id), []).append(profile)
    return found


def _figures(profiles: list[Any]) -> Figures:
    """Return the figures of the last of these profiles; one that lost all its findings has none."""
    if not profiles or not profiles[-1].n_findings:
        return Figures()
    last = profiles[-1]
    return Figures(last.letter, last.verdict, last.dependable)
