"""What changed on a compound's page, act by act: for readers, so without who did it.

Each act is an evidence version that names the compound. What it moved are the profiles that it
stored, beside those before them; an act on safety, doses or names moves none.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from evidence.models import Compound, EvidenceVersion, Goal, Profile

# As many acts as a page shows unless it is asked for all.
SHOWN = 10
ALL = "all"


@dataclass(frozen=True)
class Moved:
    """One goal at an act; `before` is None before the first finding, `after` after the last."""

    goal: Goal
    before: Profile | None
    after: Profile | None

    @property
    def figure_before(self) -> float | None:
        """Return the dependable benefit before, in MID units; None where nothing was counted."""
        return self.before.dependable if self.before else None

    @property
    def figure_after(self) -> float | None:
        """Return the dependable benefit after, in MID units; None where nothing is counted."""
        return self.after.dependable if self.after else None

    @property
    def is_verdict_kept(self) -> bool:
        """Say whether only figures moved: the letter and the verdict stayed."""
        if self.before is None or self.after is None:
            return False
        kept = self.before.letter, self.before.verdict
        return kept == (self.after.letter, self.after.verdict)


@dataclass(frozen=True)
class Act:
    """One act that changed the page: when, why, and what it moved."""

    number: int
    at: datetime
    why: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class ChangeLog:
    """The newest acts, and how many there are besides."""

    acts: tuple[Act, ...]
    others: int


def change_log(compound: Compound, number: int, wish: str = "") -> ChangeLog:
    """Return what changed of `compound` up to evidence version `number`; three queries.

    It is the newest acts, unless `wish` is ALL.
    """
    # Versions made before acts named their compounds are known by what they moved.
    moving = Profile.objects.filter(compound=compound).values("version")
    told = EvidenceVersion.compounds.through.objects.filter(compound=compound)
    named = told.values("evidenceversion")
    versions = EvidenceVersion.objects.filter(
        Q(number__in=moving) | Q(number__in=named), number__lte=number
    )
    count = versions.count()
    chosen = list(versions.order_by("-number")[: None if wish == ALL else SHOWN])
    moved = _moved(compound, number)
    acts = tuple(
        Act(one.number, one.at, one.why, tuple(moved.get(one.number, ()))) for one in chosen
    )
    return ChangeLog(acts, count - len(acts))


def _moved(compound: Compound, number: int) -> dict[int, list[Moved]]:
    """Return what each version moved, by goal in their order; of profiles what is told of them."""
    rows = (
        Profile.objects.filter(compound=compound, version__lte=number)
        .select_related("goal")
        .only("goal", "version_id", "letter", "verdict", "dependable", "n_findings")
        .order_by("goal__position", "goal__slug", "version_id")
    )
    moved: dict[int, list[Moved]] = defaultdict(list)
    newest: dict[int, Profile] = {}
    for row in rows:
        before, after = newest.get(row.goal_id), row if row.n_findings else None
        if before or after:
            moved[row.version_id].append(Moved(row.goal, before, after))
        if after:
            newest[row.goal_id] = after
        else:
            newest.pop(row.goal_id, None)
    return moved
