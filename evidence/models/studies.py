"""Studies: one row a publication, with what it pools and whether it still stands."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from evidence.choices import Blinding, Design, StudyStatus
from evidence.models.base import kept_history
from evidence.querysets import StudyQuerySet


class Study(models.Model):
    """One publication. `n_participants` and `year` are empty where unknown, never zero."""

    key = models.CharField(
        max_length=120,
        unique=True,
        help_text="pmid:…, doi:…, registry:… or untraced:melatonin-1; never changes.",
    )
    pmid = models.CharField("PMID", max_length=10, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    registry = models.CharField(max_length=60, blank=True, help_text="For example NCT02867267.")
    url = models.URLField("address", max_length=500, blank=True)
    title = models.CharField(max_length=600)
    is_title_confirmed = models.BooleanField(
        "title confirmed",
        default=True,
        help_text="Unset: the title is our description and is shown as such.",
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    journal = models.CharField(max_length=200, blank=True)
    design = models.CharField(max_length=30, choices=Design)
    n_studies = models.PositiveIntegerField("studies pooled", null=True, blank=True)
    n_participants = models.PositiveIntegerField("participants", null=True, blank=True)
    population = models.CharField(max_length=300, blank=True)
    countries = models.CharField(max_length=200, blank=True)
    blinding = models.CharField(max_length=20, choices=Blinding, default=Blinding.UNKNOWN)
    funding = models.CharField(max_length=300, blank=True)
    status = models.CharField(
        max_length=10,
        choices=StudyStatus,
        default=StudyStatus.PUBLISHED,
        help_text="A retracted study leaves every ranking at once.",
    )
    includes = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="included_in",
        verbose_name="pools",
        help_text="The studies this review pools, where known.",
    )

    objects = StudyQuerySet.as_manager()
    history = kept_history(m2m_fields=[includes])

    class Meta:
        ordering = ("key",)
        verbose_name_plural = "studies"
        constraints = [
            models.UniqueConstraint(
                fields=["pmid"], condition=~Q(pmid=""), name="study_pmid_is_unique"
            ),
            models.UniqueConstraint(Lower("doi"), condition=~Q(doi=""), name="study_doi_is_unique"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1800, year__lte=2100),
                name="study_year_is_plausible",
                violation_error_message="The year must lie between 1800 and 2100.",
            ),
        ]

    def __str__(self):
        year = f" ({self.year})" if self.year else ""
        return f"{self.title[:90]}{'…' if len(self.title) > 90 else ''}{year}"

    def get_absolute_url(self):
        """Return the page of this study."""
        return reverse("evidence:study_detail", args=[self.key])

    @property
    def is_traced(self):
        """Say whether a reader can look this study up."""
        return bool(self.pmid or self.doi or self.registry or self.url)
