"""Why a profile came out as it did: its stored values joined with the rows they speak of.

Profiles keep keys and figures as values, so an old profile can still be explained; a row
that was deleted since is shown by its key alone.
"""

from dataclasses import dataclass

from evidence.charts import Axis, ForestRow, forest_axis, forest_row
from evidence.models import Finding, Study


@dataclass(frozen=True)
class Line:
    """One counted finding: the row, its values in the synthesis, and its drawing."""

    key: str
    finding: Finding | None
    values: dict
    row: ForestRow


@dataclass(frozen=True)
class Cluster:
    """The counted findings of one study, and what the study adds to the mean."""

    key: str
    study: Study | None
    values: dict
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Uncounted:
    """A finding that is shown but not counted, and why."""

    key: str
    finding: Finding | None
    why: str
    detail: str
    other_study: Study | None


@dataclass(frozen=True)
class Reasons:
    """All that a profile rests on."""

    axis: Axis
    clusters: tuple[Cluster, ...]
    not_counted: tuple[Uncounted, ...]


def reasons_of(profiles):
    """Return {goal id: Reasons} for profiles of one compound, in two queries at most."""
    profiles = list(profiles)
    keys = {
        entry["key"] for profile in profiles for entry in (*profile.counted, *profile.not_counted)
    }
    findings = {
        finding.key: finding
        for finding in Finding.objects.filter(key__in=keys).select_related("outcome", "study")
    }
    studies = {finding.study.key: finding.study for finding in findings.values()}
    return {profile.goal_id: _reasons(profile, findings, studies) for profile in profiles}


def _reasons(profile, findings, studies):
    """Return the reasons of one profile."""
    axis = forest_axis([entry["y"] for entry in profile.counted])
    lines = {
        entry["key"]: Line(
            key=entry["key"],
            finding=findings.get(entry["key"]),
            values=entry,
            row=forest_row(axis, entry["y"], entry["s"], entry["v"]),
        )
        for entry in profile.counted
    }
    clusters = tuple(
        Cluster(
            key=cluster["study"],
            study=studies.get(cluster["study"]),
            values=cluster,
            lines=tuple(lines[key] for key in cluster["findings"]),
        )
        for cluster in profile.clusters
    )
    not_counted = tuple(
        Uncounted(
            key=entry["key"],
            finding=findings.get(entry["key"]),
            why=entry["why"],
            detail="" if entry["detail"] in studies else entry["detail"] or "",
            other_study=studies.get(entry["detail"]),
        )
        for entry in profile.not_counted
    )
    return Reasons(axis, clusters, not_counted)
