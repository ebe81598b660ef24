"""Named questions about the evidence; they chain, and take the clock as an argument."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone


class CompoundQuerySet(models.QuerySet):
    """Questions about compounds."""

    def published(self, at=None):
        """Keep compounds public at `at` (aware; now if None). Drafts have no date."""
        return self.filter(published_at__lte=at or timezone.now())


class OutcomeQuerySet(models.QuerySet):
    """Questions about outcomes."""

    def for_ranking(self):
        """Keep outcomes that can move a rank: they serve a goal and are not about safety."""
        return self.filter(goal__isnull=False).exclude(kind="safety")


class StudyQuerySet(models.QuerySet):
    """Questions about studies."""

    def public(self):
        """Keep studies that a published finding of a published compound rests on."""
        public = Q(findings__published_at__isnull=False)
        return self.filter(public, findings__compound__published_at__isnull=False).distinct()

    def for_references(self, compound):
        """Fetch the studies behind the published findings of `compound`, newest first.

        Those of unknown year come last; left alone, databases differ in where they put them.
        """
        findings = compound.findings.published()
        newest = F("year").desc(nulls_last=True)
        return self.filter(pk__in=findings.values("study")).order_by(newest, "key")


class FindingQuerySet(models.QuerySet):
    """Questions about findings."""

    def published(self, at=None):
        """Keep findings public at `at` (aware; now if None). Drafts have no date."""
        return self.filter(published_at__lte=at or timezone.now())

    def for_table(self):
        """Fetch all that one row of a table of findings prints, in one query."""
        return self.select_related("outcome__goal", "study").order_by("key")


class EvidenceVersionQuerySet(models.QuerySet):
    """Questions about publication acts."""

    def current_number(self):
        """Return the newest number; 0 before anything was published."""
        return self.order_by("-number").values_list("number", flat=True).first() or 0


class ProfileQuerySet(models.QuerySet):
    """Questions about stored syntheses."""

    def newest(self, number=None):
        """Keep the newest row of each pair, as of evidence version `number` (now if None)."""
        rows = self if number is None else self.filter(version__lte=number)
        newer = self.model.objects.filter(
            compound=OuterRef("compound"), goal=OuterRef("goal"), version__gt=OuterRef("version")
        )
        if number is not None:
            newer = newer.filter(version__lte=number)
        return rows.filter(~Exists(newer))

    def current(self, number=None):
        """Keep the newest rows that still rest on a finding; see `newest`."""
        return self.newest(number).filter(n_findings__gt=0)

    def public(self):
        """Leave out profiles of compounds that are not published."""
        return self.filter(compound__published_at__isnull=False)


class ProposalQuerySet(models.QuerySet):
    """Questions about proposed changes."""

    def waiting(self):
        """Keep those that nobody has decided on."""
        return self.filter(state="open")

    def about(self, row):
        """Keep those about one finding or article."""
        return self.filter(**{row._meta.model_name: row})

    def for_desk(self):
        """Fetch all that a list of proposals prints, in one query."""
        return self.select_related("finding", "article", "by", "decided_by")


class SearchEntryQuerySet(models.QuerySet):
    """Questions about what can be found."""

    def public(self, at=None):
        """Keep what is public at `at` (aware; now if None)."""
        return self.filter(Q(public_from=None) | Q(public_from__lte=at or timezone.now()))


class ArticleQuerySet(models.QuerySet):
    """Questions about articles."""

    def published(self, at=None):
        """Keep articles public at `at` (aware; now if None) whose compound is public too."""
        at = at or timezone.now()
        return self.filter(published_at__lte=at, compound__published_at__lte=at)

    def for_list(self):
        """Fetch all that a list of articles prints, in one query; the text stays behind."""
        return self.select_related("compound", "goal").defer("body")
