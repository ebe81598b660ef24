"""Findings: checked against their source here, then published."""

from dataclasses import fields

from django import forms
from django.contrib import admin

from evidence.admin.publishing import PublishingAdmin
from evidence.choices import FindingState
from evidence.figures import printed
from evidence.models import Finding
from evidence.publication import publish_findings, withdraw_findings
from evidence.synthesis.facts import Figures
from evidence.synthesis.refusals import refusals
from evidence.synthesis.vocabulary import Measure


class FindingForm(forms.ModelForm):
    """Refuses impossible figures, each beside its field, by the rule that files obey too."""

    def clean(self):
        """Read the figures as the synthesis would."""
        cleaned = super().clean()
        numbers = {field.name: cleaned.get(field.name) for field in fields(Figures)}
        measure = numbers.pop("measure")
        figures = Figures(measure=Measure(measure) if measure else None, **numbers)
        for refusal in refusals(figures):
            if refusal.field not in self.errors:
                self.add_error(refusal.field, refusal.message)
        return cleaned


@admin.register(Finding)
class FindingAdmin(PublishingAdmin):
    """Where a curator checks a finding against its source, then publishes it."""

    form = FindingForm
    # The key begins with the compound.
    list_display = ("key", "outcome", "figure", "result", "state", "study_key")
    list_filter = (
        "state",
        "measure",
        "result",
        "comparator_kind",
        ("set_aside", admin.EmptyFieldListFilter),
        "risk_of_bias",
        "study__status",
        "study__design",
        "outcome__goal",
    )
    list_select_related = ("outcome", "study")
    kept_field = "key"
    search_fields = (
        "key",
        "compound__name",
        "outcome__name",
        "study__key",
        "study__title",
        "study__doi",
    )
    autocomplete_fields = ("compound", "outcome", "study")
    readonly_fields = ("state", "published_at", "published_by")
    actions = ("publish", "withdraw")
    fieldsets = (
        (
            "What was compared",
            {
                "fields": (
                    "key",
                    "compound",
                    "study",
                    ("comparator", "comparator_kind"),
                    "combined_with",
                    ("dose", "duration"),
                    "population",
                )
            },
        ),
        ("What was measured", {"fields": ("outcome", ("measure", "unit"), "better")}),
        (
            "What was found",
            {
                "fields": (
                    "estimate",
                    ("ci_low", "ci_high", "ci_level"),
                    "p",
                    ("n_participants", "n_studies", "i2"),
                    "result",
                )
            },
        ),
        (
            "How far to trust it",
            {
                "fields": (
                    "risk_of_bias",
                    "inconsistency",
                    "indirectness",
                    "imprecision",
                    "publication_bias",
                    "grade_reported",
                    "is_independent",
                )
            },
        ),
        (
            "Curation",
            {"fields": ("note", "set_aside", ("state", "published_at", "published_by"))},
        ),
    )

    @admin.display(description="estimate", ordering="estimate")
    def figure(self, finding):
        """Show the estimate with its measure and unit."""
        if finding.estimate is None:
            return None
        unit = "" if finding.unit == finding.measure else finding.unit
        return f"{finding.measure} {printed(finding.estimate)} {unit}"

    @admin.display(description="study", ordering="study__key")
    def study_key(self, finding):
        """Name the study briefly; its title would fill the list."""
        return finding.study.key

    @admin.action(permissions=["change"], description="Publish selected findings")
    def publish(self, request, queryset):
        """Make the drafts among them public."""
        drafts = queryset.exclude(state=FindingState.PUBLISHED)
        self.carry_out(request, publish_findings, drafts, "Published")

    @admin.action(permissions=["change"], description="Withdraw selected findings to draft")
    def withdraw(self, request, queryset):
        """Make the public ones among them drafts."""
        public = queryset.filter(state=FindingState.PUBLISHED)
        self.carry_out(request, withdraw_findings, public, "Withdrawn")
