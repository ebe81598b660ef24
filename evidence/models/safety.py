"""Safety: side effects, cautions by condition, interactions; and the codes a visitor answers in."""

from django.db import models
from django.db.models import F, Q

from evidence.choices import (
    CautionLevel,
    InteractionSeverity,
    SideEffectFrequency,
    SideEffectSeverity,
)
from evidence.models.base import Sourced, kept_history
from evidence.models.compounds import Compound


class MedicineClass(models.Model):
    """A class of medicines in plain words."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("position", "code")
        verbose_name_plural = "medicine classes"

    def __str__(self):
        return self.name


class Condition(models.Model):
    """A health condition that may speak against a compound."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=60)
    medicine_classes = models.ManyToManyField(
        MedicineClass,
        blank=True,
        related_name="conditions",
        help_text="Classes that say the same thing: choosing either means both.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history(m2m_fields=[medicine_classes])

    class Meta:
        ordering = ("position", "code")

    def __str__(self):
        return self.name


class SideEffect(Sourced):
    """An unwanted effect reported with a compound."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="side_effects")
    effect = models.CharField(max_length=250)
    frequency = models.CharField(max_length=10, choices=SideEffectFrequency)
    severity = models.CharField(max_length=10, choices=SideEffectSeverity)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("compound", "position", "pk")

    def __str__(self):
        return self.effect


class Caution(Sourced):
    """A condition that speaks against a compound, and how firmly."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="cautions")
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="cautions"
    )
    other_condition = models.CharField(
        max_length=150,
        blank=True,
        help_text="A condition without a code: shown to everyone, gates nobody.",
    )
    level = models.CharField(max_length=20, choices=CautionLevel)
    reason = models.CharField(max_length=300)
    sources_differ = models.CharField(
        max_length=300, blank=True, help_text="A weaker reading of another source; ours stands."
    )
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("compound", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(condition__isnull=False, other_condition="")
                | Q(condition=None) & ~Q(other_condition=""),
                name="caution_names_one_condition",
                violation_error_message="Choose a condition or write another one, not both.",
            ),
            models.UniqueConstraint(
                fields=["compound", "condition"],
                condition=Q(condition__isnull=False),
                name="caution_is_given_once",
            ),
        ]

    def __str__(self):
        return f"{self.condition_name}: {self.get_level_display()}"

    @property
    def condition_name(self):
        """Name the condition in plain words, coded or not."""
        return self.condition.name if self.condition_id else self.other_condition


class Interaction(Sourced):
    """What a compound does together with another compound or a class of medicines."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="interactions")
    other_compound = models.ForeignKey(
        Compound, models.CASCADE, null=True, blank=True, related_name="interactions_of_others"
    )
    medicine_classes = models.ManyToManyField(
        MedicineClass, blank=True, related_name="interactions"
    )
    with_text = models.CharField("with", max_length=200, help_text="As the source says it.")
    severity = models.CharField(max_length=10, choices=InteractionSeverity)
    effect = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history(m2m_fields=[medicine_classes])

    class Meta:
        ordering = ("compound", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(other_compound=None) | ~Q(other_compound=F("compound")),
                name="interaction_is_with_another_compound",
                violation_error_message="A compound does not interact with itself.",
            ),
        ]

    def __str__(self):
        return f"{self.with_text}: {self.get_severity_display()}"
