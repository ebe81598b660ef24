"""Findings: one effect of one compound on one outcome, as one study reported it."""

from django.db import models
from django.db.models import F, Q

from evidence.choices import (
    RATIO_MEASURES,
    Better,
    Certainty,
    ComparatorKind,
    Concern,
    FindingState,
    Measure,
    Result,
)
from evidence.models.base import Published, kept_history
from evidence.models.compounds import Compound
from evidence.models.goals import Outcome
from evidence.models.studies import Study
from evidence.querysets import FindingQuerySet


def _concern(name, guidance):
    """Return the field of one GRADE domain."""
    return models.CharField(
        name, max_length=12, choices=Concern, default=Concern.UNKNOWN, help_text=guidance
    )


def _concern_reason(name):
    """Return the field that says why one GRADE domain gives concern.

    The catalogue's files have none: what they say of a concern is in the note.
    """
    return models.CharField(f"{name}: why", max_length=300, blank=True)


class Finding(Published):
    """One effect estimate on one outcome, with the sign its source printed."""

    key = models.CharField(
        max_length=80,
        unique=True,
        help_text="Compound and number, for example melatonin-01; articles cite it, so keep it.",
    )
    compound = models.ForeignKey(Compound, models.CASCADE, related_name="findings")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="findings")
    study = models.ForeignKey(Study, models.PROTECT, related_name="findings")

    comparator = models.CharField(max_length=150)
    comparator_kind = models.CharField(
        max_length=10,
        choices=ComparatorKind,
        default=ComparatorKind.INACTIVE,
        help_text="Only a comparison with placebo, nothing or usual care tells whether it works.",
    )
    combined_with = models.CharField(
        max_length=150, blank=True, help_text="A co-intervention given in the active arm only."
    )
    dose = models.CharField(max_length=150, blank=True)
    duration = models.CharField(max_length=150, blank=True)
    population = models.CharField(max_length=200, blank=True)

    measure = models.CharField(
        max_length=3, choices=Measure, blank=True, help_text="Empty: only a direction was reported."
    )
    estimate = models.FloatField(
        null=True, blank=True, help_text="Ratios as ratios, never as logarithms."
    )
    ci_low = models.FloatField("lower bound", null=True, blank=True)
    ci_high = models.FloatField("upper bound", null=True, blank=True)
    ci_level = models.FloatField(
        "level of the interval, %", null=True, blank=True, help_text="Empty means 95."
    )
    p = models.FloatField("p", null=True, blank=True, help_text="Two-sided; between 0 and 1.")
    unit = models.CharField(
        max_length=80, blank=True, help_text="Exactly one of the outcome's MID units, to count."
    )
    n_participants = models.PositiveIntegerField("participants", null=True, blank=True)
    n_studies = models.PositiveIntegerField("studies", null=True, blank=True)
    i2 = models.FloatField("I², %", null=True, blank=True)
    result = models.CharField(
        max_length=20, choices=Result, help_text="What the interval says for the person."
    )
    better = models.CharField(
        "better when, on this scale",
        max_length=6,
        choices=Better,
        blank=True,
        help_text="Only where this finding's scale runs against its outcome's.",
    )

    risk_of_bias = _concern("risk of bias", "Randomised, concealed, blinded, few lost?")
    risk_of_bias_reason = _concern_reason("risk of bias")
    inconsistency = _concern("inconsistency", "Do the pooled studies agree with each other?")
    inconsistency_reason = _concern_reason("inconsistency")
    indirectness = _concern("indirectness", "The people, dose and outcome that are asked about?")
    indirectness_reason = _concern_reason("indirectness")
    imprecision = _concern("imprecision", "Wide interval or few participants?")
    imprecision_reason = _concern_reason("imprecision")
    publication_bias = _concern("publication bias", "Would unwelcome results have been printed?")
    publication_bias_reason = _concern_reason("publication bias")
    grade_reported = models.CharField(
        "certainty the source gives", max_length=10, choices=Certainty, blank=True
    )
    note = models.TextField(blank=True)
    set_aside = models.CharField(
        max_length=300, blank=True, help_text="Why this finding is not counted; shown to readers."
    )
    is_independent = models.BooleanField(
        "independent",
        default=False,
        help_text="Checked: no review of this outcome contains this study.",
    )
    next_review_on = models.DateField(
        "next review",
        null=True,
        blank=True,
        help_text="When to look at it again; empty means 12 months after publication.",
    )
    state = models.CharField(
        max_length=10, choices=FindingState, default=FindingState.DRAFT, editable=False
    )

    objects = FindingQuerySet.as_manager()
    history = kept_history()

    class Meta(Published.Meta):
        ordering = ("key",)
        permissions = [("publish_finding", "Can publish and withdraw findings")]
        indexes = [
            # Synthesis reads the findings of one compound; the change list pages by key.
            models.Index(fields=["compound", "outcome", "state"], name="finding_for_synthesis"),
        ]
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                # A CHECK lets NULL comparisons pass, so the bounds are named as set.
                condition=Q(ci_low=None, ci_high=None)
                | Q(estimate__isnull=False, ci_low__isnull=False, ci_high__isnull=False)
                & Q(ci_low__lt=F("ci_high"), ci_low__lte=F("estimate"), ci_high__gte=F("estimate")),
                name="finding_interval_brackets_estimate",
                violation_error_message="The interval must have both ends and hold the estimate.",
            ),
            models.CheckConstraint(
                # A lower bound above zero keeps the estimate and the upper bound there too.
                condition=~Q(measure__in=RATIO_MEASURES)
                | Q(estimate=None)
                | Q(estimate__gt=0) & (Q(ci_low=None) | Q(ci_low__gt=0)),
                name="finding_ratio_is_positive",
                violation_error_message="A ratio must be above 0.",
            ),
            models.CheckConstraint(
                condition=Q(estimate=None) | ~Q(measure=""),
                name="finding_estimate_has_a_measure",
                violation_error_message="An estimate needs a measure.",
            ),
            models.CheckConstraint(
                condition=Q(p=None) | Q(p__gt=0, p__lt=1),
                name="finding_p_is_a_probability",
                violation_error_message="p must lie between 0 and 1.",
            ),
            models.CheckConstraint(
                condition=Q(ci_level=None) | Q(ci_level__gt=0, ci_level__lt=100),
                name="finding_interval_level_is_a_percentage",
                violation_error_message="The level of the interval must lie between 0 and 100.",
            ),
            models.CheckConstraint(
                condition=Q(n_participants=None) | Q(n_participants__gte=2),
                name="finding_has_two_participants",
                violation_error_message="A comparison needs at least 2 participants.",
            ),
            models.CheckConstraint(
                condition=Q(i2=None) | Q(i2__gte=0, i2__lte=100),
                name="finding_i2_is_a_percentage",
                violation_error_message="I² must lie between 0 and 100.",
            ),
            models.CheckConstraint(
                condition=Q(state=FindingState.PUBLISHED, published_at__isnull=False)
                | ~Q(state=FindingState.PUBLISHED) & Q(published_at=None),
                name="finding_published_has_a_date",
                violation_error_message="A published finding says when it was published.",
            ),
        ]

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        """Return the row of this finding on its compound's page."""
        return f"{self.compound.get_absolute_url()}#{self.key}"
