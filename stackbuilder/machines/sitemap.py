"""The sitemap: every page that may be indexed and no other, with the day it last changed.

That day is the newest evidence version that moved what the page shows, for an article the day its
author gives, for one of the site's own pages the day its words changed. A page of which no such
day is known has none: a wrong one teaches crawlers not to believe the others.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from evidence.changes.acts import Scope
from evidence.models import Article, Compound, EvidenceVersion, Finding, Goal, Profile, Study
from stackbuilder.machines.crumbs import FIXED
from stackbuilder.models import Listing

# What a sitemap may hold at most; beyond it an index names one for each section (sitemaps.org).
MOST_PAGES = 50_000
# Pages that show the evidence as a whole; the comparison and the search show none of their own.
OF_ALL_EVIDENCE = (
    "stackbuilder:builder",
    "stackbuilder:goal_list",
    "stackbuilder:compound_list",
    "stackbuilder:method",
    "stackbuilder:data",
    "evidence:article_list",
    "evidence:change_list",
)


@dataclass(frozen=True)
class Entry:
    """One page: its path, and the day it last changed if that is known."""

    path: str
    changed: date | None


class Section(Sitemap):
    """Pages of one kind, asked for when the sitemap is written."""

    limit = MOST_PAGES

    def __init__(self, entries: Callable[[], list[Entry]]) -> None:
        self.entries = entries

    def items(self) -> list[Entry]:
        """Return the pages."""
        return self.entries()

    def location(self, item: Entry) -> str:
        """Return the path of a page."""
        return item.path

    def lastmod(self, item: Entry) -> date | None:
        """Return the day a page last changed."""
        return item.changed


def sections(changed: Mapping[str, date]) -> dict[str, Section]:
    """Return the parts of the sitemap; `changed` are the days of fixed pages by their view."""
    return {
        "pages": Section(lambda: _fixed_pages(changed)),
        "goals": Section(_goals),
        "compounds": Section(_compounds),
        "vendors": Section(_vendors),
        "articles": Section(_articles),
        "studies": Section(_studies),
        "changes": Section(_changes),
    }


def _fixed_pages(changed: Mapping[str, date]) -> list[Entry]:
    newest = EvidenceVersion.objects.values_list("at", flat=True).order_by("-number").first()
    days = {**dict.fromkeys(OF_ALL_EVIDENCE, _day(newest)), **changed}
    return [Entry(reverse(name), days.get(name)) for name in FIXED]


def _goals() -> list[Entry]:
    moved = _newest(Profile.objects.values_list("goal").annotate(at=Max("version__at")))
    rows = Goal.objects.values_list("pk", "slug")
    return [
        Entry(reverse("stackbuilder:goal_detail", args=[slug]), moved.get(pk)) for pk, slug in rows
    ]


def _compounds() -> list[Entry]:
    moved = _compounds_moved()
    rows = Compound.objects.published().values_list("pk", "slug", "published_at")
    return [
        Entry(reverse("evidence:compound_detail", args=[slug]), moved.get(pk) or _day(at))
        for pk, slug, at in rows
    ]


def _vendors() -> list[Entry]:
    """Return the vendor pages: they change with the compound's status, or a link's check."""
    moved = _compounds_moved()
    checked = dict(
        Listing.objects.active().values_list("compound").annotate(day=Max("last_checked"))
    )
    rows = Compound.objects.published().values_list("pk", "slug")
    return [
        Entry(
            reverse("stackbuilder:vendor_list", args=[slug]),
            max(filter(None, (moved.get(pk), checked.get(pk))), default=None),
        )
        for pk, slug in rows
    ]


def _articles() -> list[Entry]:
    rows = Article.objects.published().values_list("slug", "updated_on")
    return [Entry(reverse("evidence:article_detail", args=[slug]), day) for slug, day in rows]


def _studies() -> list[Entry]:
    """Return the study pages: they change when a finding comes, or a profile it may count in."""
    moved = {
        (compound, goal): _day(at)
        for compound, goal, at in Profile.objects.values_list("compound", "goal").annotate(
            at=Max("version__at")
        )
    }
    findings = Finding.objects.published().filter(compound__published_at__isnull=False)
    changed: dict[str, date] = {}
    for key, compound, goal, at in findings.values_list(
        "study__key", "compound", "outcome__goal", "published_at"
    ):
        days = (changed.get(key), moved.get((compound, goal)), _day(at))
        changed[key] = max(filter(None, days))
    keys = Study.objects.public().order_by("key").values_list("key", flat=True)
    return [Entry(reverse("evidence:study_detail", args=[key]), changed.get(key)) for key in keys]


def _changes() -> list[Entry]:
    """Return the pages of single acts, which stay as they are."""
    scope = Scope(EvidenceVersion.objects.current_number())
    rows = scope.versions().values_list("number", "at")
    return [
        Entry(reverse("evidence:change_detail", args=[number]), _day(at)) for number, at in rows
    ]


def _compounds_moved() -> dict[int, date]:
    """Return the day of the newest act on each compound: one that names it, or moved a profile."""
    named = _newest(
        EvidenceVersion.compounds.through.objects.values_list("compound").annotate(
            at=Max("evidenceversion__at")
        )
    )
    moved = _newest(Profile.objects.values_list("compound").annotate(at=Max("version__at")))
    return {
        pk: max(filter(None, (named.get(pk), moved.get(pk)))) for pk in named.keys() | moved.keys()
    }


def _newest(rows: Iterable[tuple[int, datetime | None]]) -> dict[int, date]:
    return {pk: day for pk, at in rows if (day := _day(at))}


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
