"""Error reports: what readers say is wrong; of the reader only what they typed themselves."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from stackbuilder.querysets import ErrorReportQuerySet


class ReportStatus(models.TextChoices):
    """How far staff are with a report."""

    NEW = "new", "new"
    ANSWERED = "answered", "answered"
    DECLINED = "declined", "declined"


class ErrorReport(models.Model):
    """What a reader said is wrong; of the reader only what they typed themselves."""

    page = models.CharField(
        max_length=500, help_text="Its address on this site, such as /compounds/melatonin/."
    )
    figure = models.CharField(
        max_length=120,
        blank=True,
        help_text="The number it is about, or the words beside it, if it is about one.",
    )
    text = models.TextField(
        "what is wrong",
        max_length=4_000,
        validators=[MinLengthValidator(10)],
        help_text="At most 4,000 characters. Please leave out anything about your own health.",
    )
    source = models.CharField(
        max_length=500,
        blank=True,
        help_text="Where we can look it up: an address, a PMID or a DOI.",
    )
    reply_to = models.EmailField(
        "your e-mail address",
        blank=True,
        help_text="Only if you wish an answer. It is stored with the report, read by staff, used "
        "for nothing else, and deleted with the report.",
    )
    reported_at = models.DateTimeField("reported", default=timezone.now, editable=False)
    status = models.CharField(max_length=8, choices=ReportStatus, default=ReportStatus.NEW)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at", "-pk")
        indexes = [models.Index(fields=["status", "reported_at"], name="error_report_waiting")]
        constraints = [
            models.CheckConstraint(
                # Two slashes would lead away from the site.
                condition=Q(page__startswith="/") & ~Q(page__startswith="//"),
                name="error_report_page_is_on_this_site",
                violation_error_message="The page must be an address on this site.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReportStatus.values),
                name="error_report_status_is_known",
                violation_error_message="A report is new, answered or declined.",
            ),
        ]

    def __str__(self):
        return f"{self.page}: {self.text[:60]}"
