"""The acts that changed what the public reads, for a page or a feed: all, or those of a scope.

An act on a compound that was never public is not told, nor what a compound that was withdrawn
once came to. Nor is it told who acted.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.template.defaultfilters import pluralize
from django.utils import timezone

from evidence.changes.steps import Step, steps_by_version
from evidence.models import Compound, EvidenceVersion, Goal, Profile

# An act that moved more profiles, or is about more compounds, is summed up.
MOST_TOLD = 20


@dataclass(frozen=True)
class Scope:
    """What is asked for: acts up to evidence version `number`, of one compound, goal, or both."""

    number: int
    compound: Compound | None = None
    goal: Goal | None = None

    def profiles(self):
        """Return the public profiles that acts of this scope stored."""
        return Profile.objects.public().filter(version__lte=self.number, **self._chosen())

    @property
    def query(self) -> str:
        """Return it as the query of an address, without a question mark."""
        return urlencode({name: row.slug for name, row in self._chosen().items()})

    def _chosen(self):
        rows = {"compound": self.compound, "goal": self.goal}
        return {name: row for name, row in rows.items() if row}

    def versions(self):
        """Return the acts of this scope, newest first."""
        moved = Exists(self.profiles().filter(version=OuterRef("number")))
        links = _links().filter(evidenceversion=OuterRef("number"))
        if self.goal:
            is_told = Q(moved)
        elif self.compound:
            is_told = Q(moved) | Q(Exists(links.filter(compound=self.compound)))
        else:
            stored = Profile.objects.filter(version=OuterRef("number"))
            is_general = ~Exists(links) & ~Exists(stored)
            is_told = Q(moved) | Q(Exists(_once_public(links))) | Q(is_general)
        return EvidenceVersion.objects.filter(is_told, number__lte=self.number)


@dataclass(frozen=True)
class Tally:
    """How much an act moved."""

    profiles: int
    compounds: int
    goals: int

    @property
    def in_words(self) -> str:
        """Return it in words."""
        counts = {"compound": self.compounds, "profile": self.profiles, "goal": self.goals}
        compounds, profiles, goals = (f"{n} {word}{pluralize(n)}" for word, n in counts.items())
        return f"{compounds}, {profiles} for {goals}"


@dataclass(frozen=True)
class SiteAct:
    """One act; it has a `tally` if it moved profiles, and `steps` unless those are too many.

    `about` are the compounds it names where it moved nothing, `about_count` says how many.
    """

    number: int
    at: datetime
    why: str
    tally: Tally | None
    steps: tuple[Step, ...]
    about: tuple[Compound, ...] = ()
    about_count: int = 0

    @property
    def day(self) -> date:
        """Return the day of the act where the site is."""
        return timezone.localtime(self.at).date()

    @property
    def is_start(self) -> bool:
        """Say whether this is the load that everything began with."""
        return self.number == 1 and self.is_summed_up

    @property
    def is_summed_up(self) -> bool:
        """Say whether it moved too much to list it among other acts."""
        return self.tally is not None and self.tally.profiles > MOST_TOLD


def acts_of(scope, versions):
    """Return these versions as acts, each with what it moved within the scope; six queries."""
    numbers = [one.number for one in versions]
    tallies = tallies_of(scope, numbers)
    small = [number for number, tally in tallies.items() if tally.profiles <= MOST_TOLD]
    steps = steps_by_version(scope.profiles().filter(version__in=small))
    silent = [] if scope.compound else [one for one in numbers if one not in tallies]
    counts, names = _about(silent)
    return [
        SiteAct(
            number=one.number,
            at=one.at,
            why=one.why,
            tally=tallies.get(one.number),
            steps=tuple(steps.get(one.number, ())),
            about=tuple(names.get(one.number, ())),
            about_count=counts.get(one.number, 0),
        )
        for one in versions
    ]


def tallies_of(scope, numbers):
    """Return how much each of these versions moved, where it moved anything; one query."""
    rows = scope.profiles().filter(version__in=numbers).order_by().values("version_id")
    counted = rows.annotate(
        Count("pk"), Count("compound", distinct=True), Count("goal", distinct=True)
    )
    return {
        row["version_id"]: Tally(row["pk__count"], row["compound__count"], row["goal__count"])
        for row in counted
    }


def _about(numbers):
    """Return how many compounds each version names, and which if they are few; two queries."""
    links = _once_public(_links().filter(evidenceversion__in=numbers))
    totals = links.order_by().values("evidenceversion_id").annotate(Count("pk"))
    counts = {row["evidenceversion_id"]: row["pk__count"] for row in totals}
    few = [number for number, count in counts.items() if count <= MOST_TOLD]
    named = links.filter(evidenceversion__in=few).select_related("compound")
    names = {}
    for link in named.order_by("compound__name", "compound_id"):
        names.setdefault(link.evidenceversion_id, []).append(link.compound)
    return counts, names


def _links():
    return EvidenceVersion.compounds.through.objects.all()


def _once_public(links):
    """Keep links to compounds that are public, or were once."""
    ever = Compound.history.filter(published_at__isnull=False).order_by().values("id")
    return links.filter(Q(compound__published_at__isnull=False) | Q(compound__in=ever))
