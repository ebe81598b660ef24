"""What acts moved: profiles before and after, each with the findings that caused it."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from evidence.change_log import Moved
from evidence.changes.causes import Cause, causes_of
from evidence.models import Compound, Finding, Profile

# So many causes are named at a step; the rest are counted.
CAUSES_NAMED = 4
# What a step tells; the clusters and the figures behind them stay in the database.
TOLD = ("letter", "verdict", "dependable", "n_findings", "method_version", "counted", "not_counted")


@dataclass(frozen=True)
class NamedCause:
    """A cause with its finding, None where the public cannot look at that any more."""

    cause: Cause
    finding: Finding | None


@dataclass(frozen=True)
class Step:
    """One compound and goal at an act; `others` counts the causes that are not named."""

    compound: Compound
    moved: Moved
    causes: tuple[NamedCause, ...]
    others: int

    @property
    def is_new_method(self):
        """Say whether the method itself changed between the two profiles."""
        before, after = self.moved.before, self.moved.after
        return bool(before and after) and before.method_version != after.method_version


def in_reading_order(profiles):
    """Order profiles as a page lists them: by compound, then by goal."""
    return profiles.order_by("compound__name", "compound_id", "goal__position", "goal__slug")


def steps_by_version(profiles):
    """Return the steps of these stored profiles, {version: list}; three queries."""
    rows = list(_with_previous(profiles))
    earlier = Profile.objects.only(*TOLD).in_bulk({row.previous for row in rows} - {None})
    moves = [(row, *_sides(earlier.get(row.previous), row)) for row in rows]
    found = [
        (row, Moved(row.goal, before, after), causes_of(before, after))
        for row, before, after in moves
        if before or after
    ]
    findings = _public_findings(one.key for *_, causes in found for one in causes[:CAUSES_NAMED])
    steps = {}
    for row, moved, causes in found:
        named = tuple(NamedCause(one, findings.get(one.key)) for one in causes[:CAUSES_NAMED])
        step = Step(row.compound, moved, named, len(causes) - len(named))
        steps.setdefault(row.version_id, []).append(step)
    return steps


def _with_previous(profiles):
    """Fetch profiles with their compound and goal, and the id of the row before each."""
    older = Profile.objects.filter(
        compound=OuterRef("compound"), goal=OuterRef("goal"), version__lt=OuterRef("version")
    )
    newest = older.order_by("-version_id").values("pk")[:1]
    rows = in_reading_order(profiles).annotate(previous=Subquery(newest))
    names = ("version_id", "compound__slug", "compound__name", "goal__slug", "goal__name")
    return rows.select_related("compound", "goal").only(*TOLD, *names)


def _sides(before, after):
    """Return both profiles, None for one that rests on no finding."""
    return [one if one and one.n_findings else None for one in (before, after)]


def _public_findings(keys):
    """Return what the public can look up of these findings: {key: finding}."""
    findings = Finding.objects.published().filter(
        key__in=set(keys), compound__published_at__isnull=False
    )
    return {one.key: one for one in findings.select_related("compound", "outcome", "study")}
