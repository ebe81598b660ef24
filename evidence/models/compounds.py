"""Compounds: names, legal status, and the doses that trials used."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.choices import CompoundClass, Confidence, LegalStatus, Route
from evidence.models.base import Published, Sourced, kept_history
from evidence.querysets import CompoundQuerySet


def check_routes(value):
    """Refuse anything but a list of known routes."""
    if not isinstance(value, list) or not set(map(str, value)) <= set(Route.values):
        raise ValidationError("Write a list of routes, each one of: " + ", ".join(Route.values))


def check_sentences(value):
    """Refuse anything but a list of non-empty sentences."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValidationError("Write a list of sentences, each in double quotes.")


class Compound(Published):
    """A supplement, peptide or medicine; public once it has been published."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    compound_class = models.CharField("class", max_length=20, choices=CompoundClass)
    summary = models.TextField()
    mechanisms = models.JSONField(default=list, blank=True, validators=[check_sentences])
    routes = models.JSONField(
        default=list, blank=True, validators=[check_routes], help_text='For example ["oral"].'
    )
    pubchem_cid = models.PositiveBigIntegerField("PubChem CID", null=True, blank=True)
    cas = models.CharField("CAS number", max_length=20, blank=True)
    unii = models.CharField("UNII", max_length=20, blank=True)
    # Typical retail prices. Kept for the stack's budget alone: the synthesis never receives them.
    cost_low = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    cost_high = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    cost_currency = models.CharField(max_length=3, default="USD")
    cost_source = models.CharField(max_length=500, blank=True)
    cost_basis = models.TextField(blank=True, help_text="How the price of a month was worked out.")
    cost_year = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_confidence = models.CharField(max_length=4, choices=Confidence, blank=True)

    objects = CompoundQuerySet.as_manager()
    history = kept_history()

    class Meta(Published.Meta):
        ordering = ("name",)
        permissions = [("publish_compound", "Can publish and withdraw compounds")]
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(cost_low=None, cost_high=None)
                | Q(cost_low__isnull=False, cost_high__isnull=False)
                & Q(cost_low__gte=0, cost_high__gte=F("cost_low")),
                name="compound_cost_is_a_range",
                violation_error_message="Give both ends of the cost, the lower one first.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the page of this compound."""
        return reverse("evidence:compound_detail", args=[self.slug])


class Alias(models.Model):
    """Another name of a compound."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("compound", "position", "pk")
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["compound", "name"], name="alias_is_given_once"),
        ]

    def __str__(self):
        return self.name


class RegulatoryStatus(Sourced):
    """What a regulator, or anti-doping rules (region “sport”), say of a compound."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="regulatory_statuses")
    region = models.CharField(
        max_length=10, help_text="US, EU, UK, AU …; “sport” for anti-doping rules; “world”."
    )
    status = models.CharField(max_length=20, choices=LegalStatus)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("compound", "position", "pk")
        verbose_name_plural = "regulatory statuses"

    def __str__(self):
        return f"{self.region}: {self.get_status_display()}"


class Protocol(Sourced):
    """A dose as a trial used it; never advice."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="protocols")
    route = models.CharField(max_length=20, choices=Route)
    dose = models.CharField(max_length=200, help_text="As the trial printed it.")
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    frequency = models.CharField(max_length=150, blank=True)
    duration = models.CharField(max_length=150, blank=True)
    population = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = kept_history()

    class Meta:
        ordering = ("compound", "position", "pk")
        constraints = [
            models.CheckConstraint(
                # A CHECK lets NULL comparisons pass, so the empty ends are named.
                condition=Q(low=None) | Q(high=None) | Q(high__gte=F("low")),
                name="protocol_dose_range_is_ordered",
                violation_error_message="The higher dose must not be below the lower one.",
            ),
        ]

    def __str__(self):
        return self.dose
