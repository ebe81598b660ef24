"""The key studies of a stack: for each member and goal, those that move the figure the most.

Which they are is pinned with the figure, because a profile stores what each study adds. Where a
study can be looked up, and whether it was retracted, is today's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidence.choices import StudyStatus
from evidence.figures import Link, study_links
from evidence.models import Profile, Study
from stackbuilder.candidates import Snapshot
from stackbuilder.links import State

# Of each member and goal.
KEY_STUDIES = 2
Cell = tuple[str, str]


@dataclass(frozen=True)
class KeyStudy:
    """A study and what it adds to the mean, in MID units; without a link it is not yet traced.

    A study that was deleted since is known by its key alone.
    """

    key: str
    contribution: float
    link: Link
    is_retracted: bool

    @property
    def is_traced(self) -> bool:
        """Say whether there is an address at which to look it up."""
        return bool(self.link.url)


def key_studies(tables: Snapshot, state: State) -> dict[Cell, tuple[KeyStudy, ...]]:
    """Return by (member, goal) the studies that add the most, either way, in two queries."""
    members = {tables.compounds[tables.row_of[slug]].pk: slug for slug in state.members}
    goals = {tables.goals[tables.column_of[slug]].pk: slug for slug in state.weights}
    profiles = (
        Profile.objects.current(tables.version)
        .filter(compound__in=members, goal__in=goals)
        .values_list("compound_id", "goal_id", "clusters")
    )
    found = {
        (members[compound], goals[goal]): _largest(clusters)
        for compound, goal, clusters in profiles
    }
    keys = {cluster["study"] for clusters in found.values() for cluster in clusters}
    studies = Study.objects.in_bulk(keys, field_name="key")
    return {
        cell: tuple(_study(cluster, studies.get(cluster["study"])) for cluster in clusters)
        for cell, clusters in found.items()
    }


def _largest(clusters: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the clusters that add the most; the first by key of two that add the same."""
    ordered = sorted(clusters, key=lambda one: (-abs(one["contribution"]), one["study"]))
    return ordered[:KEY_STUDIES]


def _study(cluster: dict[str, Any], study: Study | None) -> KeyStudy:
    links = study_links(study) if study else []
    return KeyStudy(
        key=cluster["study"],
        contribution=cluster["contribution"],
        link=links[0] if links else Link(cluster["study"]),
        is_retracted=study is not None and study.status == StudyStatus.RETRACTED,
    )
