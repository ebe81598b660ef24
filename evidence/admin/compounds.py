"""Compounds with all that stands on their page: names, status, doses and safety."""

from django import forms
from django.contrib import admin

from evidence.admin.exports import ExportingAdmin
from evidence.admin.fields import Sentences
from evidence.admin.filters import DeskFilter
from evidence.admin.inlines import EvidenceInline
from evidence.admin.publishing import PublishingAdmin
from evidence.admin.safety import SOURCE, CautionInline, InteractionInline, SideEffectInline
from evidence.choices import Route
from evidence.models import Alias, Compound, Protocol, RegulatoryStatus
from evidence.publication import publish_compounds, withdraw_compounds


class AliasInline(EvidenceInline):
    """Other names."""

    model = Alias
    fieldsets = ((None, {"fields": (("name", "position"),)}),)


class RegulatoryStatusInline(EvidenceInline):
    """What regulators and anti-doping rules say."""

    model = RegulatoryStatus
    fieldsets = ((None, {"fields": (("region", "status", "position"), "note", *SOURCE)}),)


class ProtocolInline(EvidenceInline):
    """Doses as trials used them."""

    model = Protocol
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("dose", "route", "position"),
                    ("low", "high", "unit"),
                    ("frequency", "duration"),
                    "population",
                    *SOURCE,
                )
            },
        ),
    )


class CompoundForm(forms.ModelForm):
    """Offers the two lists of a compound for reading and ticking, where Django shows JSON."""

    mechanisms = Sentences(required=False, help_text="One sentence a line, with its source.")
    routes = forms.MultipleChoiceField(
        choices=Route, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_routes(self):
        """Keep the order in which they stand, the usual one first, unless others are ticked."""
        ticked, stored = self.cleaned_data["routes"], self.instance.routes
        return stored if set(ticked) == set(stored) else ticked


@admin.register(Compound)
class CompoundAdmin(ExportingAdmin, PublishingAdmin):
    """Where a compound is described, made safe to read about, and published."""

    form = CompoundForm
    list_display = ("name", "slug", "compound_class", "alias_names", "published_at", "published_by")
    list_filter = (
        DeskFilter,
        "compound_class",
        ("published_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("published_by",)
    search_fields = ("name", "slug", "aliases__name", "cas", "unii")
    readonly_fields = ("published_at", "published_by")
    actions = ("publish", "withdraw")
    inlines = (
        AliasInline,
        RegulatoryStatusInline,
        ProtocolInline,
        SideEffectInline,
        CautionInline,
        InteractionInline,
    )
    fieldsets = (
        (
            None,
            {"fields": ("name", "slug", "compound_class", "summary", "mechanisms", "routes")},
        ),
        ("Identifiers", {"fields": (("pubchem_cid", "cas", "unii"),)}),
        (
            "What a month costs",
            {
                "fields": (
                    ("cost_low", "cost_high", "cost_currency"),
                    ("cost_year", "cost_confidence"),
                    "cost_source",
                    "cost_basis",
                )
            },
        ),
        ("Publication", {"fields": (("published_at", "published_by"),)}),
    )

    def get_queryset(self, request):
        """Fetch the names that each row lists."""
        return super().get_queryset(request).prefetch_related("aliases")

    @admin.display(description="also known as")
    def alias_names(self, compound):
        """List the other names."""
        return ", ".join(alias.name for alias in compound.aliases.all())

    @admin.action(permissions=["publish"], description="Publish selected compounds")
    def publish(self, request, queryset):
        """Make the drafts among them public."""
        self.carry_out(request, publish_compounds, queryset.filter(published_at=None), "Published")

    @admin.action(permissions=["publish"], description="Withdraw selected compounds to draft")
    def withdraw(self, request, queryset):
        """Make the public ones among them drafts; their findings and profiles stay."""
        self.carry_out(
            request, withdraw_compounds, queryset.exclude(published_at=None), "Withdrawn"
        )


@admin.register(Alias)
class AliasAdmin(ExportingAdmin, PublishingAdmin):
    """All other names in one list, to see whose they are."""

    list_display = ("name", "compound", "position")
    list_filter = ("compound__compound_class",)
    list_select_related = ("compound",)
    search_fields = ("name", "compound__name")
    autocomplete_fields = ("compound",)
    fields = ("compound", "name", "position")


@admin.register(RegulatoryStatus)
class RegulatoryStatusAdmin(ExportingAdmin, PublishingAdmin):
    """All legal statuses in one list: by region, by source."""

    list_display = ("compound", "region", "status", "note", "source_quality")
    list_filter = ("status", "region", "source_quality", "compound__compound_class")
    list_select_related = ("compound",)
    search_fields = ("compound__name", "region", "note", "source", "source_title")
    autocomplete_fields = ("compound",)
    fieldsets = ((None, {"fields": ("compound",)}), *RegulatoryStatusInline.fieldsets)


@admin.register(Protocol)
class ProtocolAdmin(ExportingAdmin, PublishingAdmin):
    """All doses in one list: by route, by source."""

    list_display = ("compound", "dose", "route", "frequency", "population", "source_quality")
    list_filter = ("route", "source_quality", "compound__compound_class")
    list_select_related = ("compound",)
    search_fields = ("compound__name", "dose", "population", "source", "source_title")
    autocomplete_fields = ("compound",)
    fieldsets = ((None, {"fields": ("compound",)}), *ProtocolInline.fieldsets)
