"""What several models share: a source, and the pair of who and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from evidence.choices import SourceQuality

# A reason is as long in the history of a row as in the version that it opened.
LONGEST_WHY = 500


def kept_history(**options):
    """Return the history of a model: every version of a row, with who, when and why."""
    why = models.CharField(max_length=LONGEST_WHY, null=True)
    return HistoricalRecords(history_change_reason_field=why, **options)


class Sourced(models.Model):
    """A fact that says where it stands; without an authoritative source it says so too."""

    source = models.CharField(
        max_length=500,
        blank=True,
        help_text="An address, a PMID (pmid:23691095) or a DOI (doi:10.1371/…). Empty if unknown.",
    )
    source_title = models.CharField(
        max_length=300, blank=True, help_text="The name a reader would look for."
    )
    source_quality = models.CharField(
        max_length=10,
        choices=SourceQuality,
        default=SourceQuality.UNTRACED,
        help_text="Untraced facts are shown as “not yet traced”; an untraced caution still gates.",
    )

    class Meta:
        abstract = True


class Published(models.Model):
    """A row that is public from a moment on, by somebody; drafts have neither."""

    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="%(class)s_published_by_whom_and_when",
                violation_error_message="Who published it and when go together.",
            ),
        ]
