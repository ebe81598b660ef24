"""Goals, the outcomes that serve them, and the smallest difference that matters for each."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Trim
from django.urls import reverse

from evidence.choices import Better, Confidence, MidBasis, OutcomeKind
from evidence.models.base import kept_history
from evidence.querysets import OutcomeQuerySet


class Goal(models.Model):
    """Something a visitor would like to improve."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Goals are listed in this order."
    )

    history = kept_history()

    class Meta:
        ordering = ("position", "slug")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the builder with this goal chosen."""
        return f"{reverse('stackbuilder:builder')}?goal={self.slug}"


class Outcome(models.Model):
    """What a study measured; it serves one goal, or none and is then shown but never ranked."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    goal = models.ForeignKey(
        Goal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        help_text="Empty: findings are graded and shown, and belong to no ranking.",
    )
    kind = models.CharField(
        max_length=20,
        choices=OutcomeKind,
        help_text="A marker (surrogate) counts half; a safety outcome never enters a ranking.",
    )
    better = models.CharField(max_length=6, choices=Better, verbose_name="better when")
    unit = models.CharField(max_length=60, help_text="The unit it is usually reported in.")
    is_common_event = models.BooleanField(
        "common event",
        default=False,
        help_text="Odds ratios of a common event are square-rooted towards the risk ratio.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = OutcomeQuerySet.as_manager()
    history = kept_history()

    class Meta:
        ordering = ("goal__position", "position", "slug")

    def __str__(self):
        return self.name


class OutcomeMid(models.Model):
    """The minimal important difference of an outcome in one unit, or as a ratio."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="mids")
    is_ratio = models.BooleanField(
        "ratio", default=False, help_text="For risk, odds and hazard ratios; then without a unit."
    )
    unit = models.CharField(
        max_length=60, blank=True, help_text="As findings print it; “SMD” replaces the usual 0.2."
    )
    value = models.FloatField(
        help_text="Signed: negative where lower is better. A ratio as a ratio (0.90)."
    )
    basis = models.CharField(max_length=30, choices=MidBasis)
    source = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    confidence = models.CharField(max_length=4, choices=Confidence, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("outcome", "position", "pk")
        verbose_name = "minimal important difference"
        constraints = [
            models.CheckConstraint(
                condition=~Q(value=0),
                name="mid_is_not_zero",
                violation_error_message="A difference of zero cannot be the smallest that matters.",
            ),
            models.CheckConstraint(
                condition=Q(is_ratio=False) | Q(value__gt=0) & ~Q(value=1),
                name="mid_ratio_is_positive_and_not_one",
                violation_error_message="A ratio must be above 0 and differ from 1.",
            ),
            models.CheckConstraint(
                condition=Q(is_ratio=True, unit="") | Q(is_ratio=False) & ~Q(unit=""),
                name="mid_has_a_unit_or_is_a_ratio",
                violation_error_message="A ratio has no unit; every other MID has one.",
            ),
            models.UniqueConstraint(
                "outcome", Lower(Trim("unit")), "is_ratio", name="mid_is_the_only_one_in_its_unit"
            ),
        ]

    def __str__(self):
        return f"{self.value:g} {'(ratio)' if self.is_ratio else self.unit}"


class UnitSynonym(models.Model):
    """A unit as some papers print it, and as it is stored; applied when a file is read."""

    printed = models.CharField(max_length=60, unique=True)
    stored = models.CharField(max_length=60)

    history = kept_history()

    class Meta:
        ordering = ("printed",)

    def __str__(self):
        return f"{self.printed} → {self.stored}"
