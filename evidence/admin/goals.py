"""Goals, the outcomes that serve them with their MIDs, and how papers print units."""

from django.contrib import admin

from evidence.admin.exports import ExportingAdmin
from evidence.admin.filters import DeskFilter
from evidence.admin.inlines import EvidenceInline
from evidence.admin.publishing import PublishingAdmin
from evidence.models import Goal, Outcome, OutcomeMid, UnitSynonym


class OutcomeMidInline(EvidenceInline):
    """The smallest differences that matter, one for each unit that findings print."""

    model = OutcomeMid
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("is_ratio", "unit", "value"),
                    ("basis", "confidence", "position"),
                    "source",
                    "note",
                )
            },
        ),
    )


@admin.register(Goal)
class GoalAdmin(ExportingAdmin, PublishingAdmin):
    """What visitors choose from."""

    list_display = ("name", "slug", "position", "outcome_names")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "position")

    def get_queryset(self, request):
        """Fetch the outcomes that each row names."""
        return super().get_queryset(request).prefetch_related("outcomes")

    @admin.display(description="outcomes")
    def outcome_names(self, goal):
        """List what serves the goal."""
        return ", ".join(outcome.name for outcome in goal.outcomes.all())


@admin.register(Outcome)
class OutcomeAdmin(ExportingAdmin, PublishingAdmin):
    """What studies measure, and by how much it must move to matter."""

    list_display = ("name", "goal", "kind", "better", "unit", "mid_values")
    list_filter = (DeskFilter, "kind", "better", "is_common_event", "goal")
    list_select_related = ("goal",)
    search_fields = ("name", "slug", "goal__name")
    autocomplete_fields = ("goal",)
    inlines = (OutcomeMidInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "goal", "position")}),
        ("How it is measured", {"fields": ("kind", "better", "unit", "is_common_event")}),
    )

    def get_queryset(self, request):
        """Fetch the MIDs that each row names."""
        return super().get_queryset(request).prefetch_related("mids")

    @admin.display(description="matters from")
    def mid_values(self, outcome):
        """List the MIDs with their units."""
        return ", ".join(map(str, outcome.mids.all()))


@admin.register(OutcomeMid)
class OutcomeMidAdmin(ExportingAdmin, PublishingAdmin):
    """All MIDs in one list, to find those that stand on little."""

    list_display = ("outcome", "value", "unit", "is_ratio", "basis", "confidence")
    list_filter = (
        "basis",
        "confidence",
        "is_ratio",
        ("source", admin.EmptyFieldListFilter),
        "outcome__goal",
    )
    list_select_related = ("outcome",)
    search_fields = ("outcome__name", "outcome__slug", "unit", "note", "source")
    autocomplete_fields = ("outcome",)
    fieldsets = ((None, {"fields": ("outcome",)}), *OutcomeMidInline.fieldsets)


@admin.register(UnitSynonym)
class UnitSynonymAdmin(ExportingAdmin, PublishingAdmin):
    """Units as papers print them; used when a file is read, so no version follows."""

    list_display = ("printed", "stored")
    search_fields = ("printed", "stored")
    fields = ("printed", "stored")
