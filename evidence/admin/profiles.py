"""What publication stored, to be read: evidence versions and profiles are never edited."""

from django.contrib import admin
from django.db.models import Count

from evidence.admin.exports import ExportingAdmin
from evidence.models import EvidenceVersion, Profile


class ReadOnlyAdmin(ExportingAdmin, admin.ModelAdmin):
    """Rows that only `publish_change` writes."""

    view_on_site = False

    def has_add_permission(self, request):
        """Let nobody add."""
        return False

    def has_change_permission(self, request, obj=None):
        """Let nobody change."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Let nobody delete."""
        return False


@admin.register(EvidenceVersion)
class EvidenceVersionAdmin(ReadOnlyAdmin):
    """Who changed public evidence, when and why."""

    list_display = ("number", "at", "by", "why", "profile_count")
    list_filter = ("at", "by")
    list_select_related = ("by",)
    search_fields = ("=number", "why", "by__username")
    fields = ("number", "at", "by", "why")

    def get_queryset(self, request):
        """Count the profiles that each row made."""
        return super().get_queryset(request).annotate(count_of_profiles=Count("profiles"))

    @admin.display(description="profiles", ordering="count_of_profiles")
    def profile_count(self, version):
        """Say how many profiles came out differently."""
        return version.count_of_profiles


class CurrentFilter(admin.SimpleListFilter):
    """Keeps the rows that stand today, or those that a newer one replaced."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        """Name the two."""
        return [("current", "current"), ("replaced", "replaced")]

    def queryset(self, request, queryset):
        """Keep the rows asked for."""
        if self.value() == "current":
            return queryset.newest()
        if self.value() == "replaced":
            return queryset.exclude(pk__in=Profile.objects.newest().values("pk"))
        return queryset


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin):
    """What the evidence came to, for one compound and one goal, at each version."""

    list_display = (
        "compound",
        "goal",
        "version",
        "letter",
        "verdict",
        "mean",
        "dependable",
        "certainty",
        "n_findings",
    )
    list_display_links = ("compound", "goal")
    list_filter = (CurrentFilter, "letter", "verdict", "certainty", "is_only_markers", "goal")
    list_select_related = ("compound", "goal", "version")
    ordering = ("-version__number", "compound__name", "goal__position")
    search_fields = ("compound__name", "compound__slug", "goal__name", "=version__number")
    fieldsets = (
        (None, {"fields": ("compound", "goal", "version", "method_version", "n_findings")}),
        ("What it comes to", {"fields": ("letter", "verdict", "certainty", "body_level")}),
        (
            "Figures, in MID units",
            {"fields": ("mean", "sd", "dependable", "p_matters", "p_harm", "scale")},
        ),
        (
            "What it rests on",
            {
                "fields": (
                    "is_only_markers",
                    "reviews_disagree_on",
                    "clusters",
                    "counted",
                    "not_counted",
                )
            },
        ),
    )
