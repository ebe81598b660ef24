"""Articles: what the evidence on one compound says about one goal, told in prose."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.choices import FindingState
from evidence.models.base import Published, kept_history
from evidence.models.compounds import Compound
from evidence.models.goals import Goal
from evidence.querysets import ArticleQuerySet

# Some 9,000 words; a page that is longer is read by nobody.
LONGEST_BODY = 60_000


class Article(Published):
    """A deep dive. Its figures link to findings, and it says who wrote and who reviewed it."""

    slug = models.SlugField(max_length=60, unique=True, help_text="Its address, so keep it.")
    title = models.CharField(max_length=150)
    summary = models.CharField(
        max_length=300, help_text="One or two sentences, under the title and for search engines."
    )
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="articles")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="articles")
    body = models.TextField(
        validators=[MaxLengthValidator(LONGEST_BODY)],
        help_text=(
            "Markdown, without HTML and pictures. Write each figure as a token of its finding, "
            "for example {{ finding:melatonin-01 }}, or {{ finding:melatonin-01 p }}."
        ),
    )
    numbers = models.TextField(
        "numbers without a token",
        blank=True,
        help_text=(
            "At most 12 numbers that stand in the text without a token, one a line, each with its "
            "reason: 95 % = the level of all intervals."
        ),
    )
    author = models.CharField(max_length=120, help_text="As readers see it.")
    reviewer = models.CharField(
        max_length=120, blank=True, help_text="Empty: readers are told “not yet reviewed”."
    )
    reviewed_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(
        "last updated", help_text="The day of the last change that a reader would notice."
    )
    next_review_on = models.DateField(
        "next review",
        null=True,
        blank=True,
        help_text="When to look at it again; empty means 12 months after publication.",
    )
    # What each cited finding said when the text was last approved (evidence.cited_figures).
    figures_at_review = models.JSONField(default=dict, blank=True, editable=False)
    state = models.CharField(
        max_length=10, choices=FindingState, default=FindingState.DRAFT, editable=False
    )

    objects = ArticleQuerySet.as_manager()
    history = kept_history(excluded_fields=["figures_at_review"])

    class Meta(Published.Meta):
        ordering = ("-updated_on", "slug")
        permissions = [("publish_article", "Can publish and withdraw articles")]
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reviewer="", reviewed_on=None)
                | ~Q(reviewer="") & Q(reviewed_on__isnull=False),
                name="article_reviewed_by_whom_and_when",
                violation_error_message="Who reviewed it and when go together.",
            ),
            models.CheckConstraint(
                condition=Q(state=FindingState.PUBLISHED, published_at__isnull=False)
                | ~Q(state=FindingState.PUBLISHED) & Q(published_at=None),
                name="article_published_has_a_date",
                violation_error_message="A published article says when it was published.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the page of this article."""
        return reverse("evidence:article_detail", args=[self.slug])
