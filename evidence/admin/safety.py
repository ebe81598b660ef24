"""Safety: cautions, interactions and side effects, and the codes that visitors answer in."""

from django.contrib import admin

from evidence.admin.exports import ExportingAdmin
from evidence.admin.inlines import EvidenceInline
from evidence.admin.publishing import PublishingAdmin
from evidence.models import Caution, Condition, Interaction, MedicineClass, SideEffect

SOURCE = ("source", ("source_title", "source_quality"))


class SideEffectInline(EvidenceInline):
    """Unwanted effects reported with the compound."""

    model = SideEffect
    fieldsets = ((None, {"fields": ("effect", ("frequency", "severity", "position"), *SOURCE)}),)


class CautionInline(EvidenceInline):
    """Conditions that speak against the compound."""

    model = Caution
    autocomplete_fields = ("condition",)
    fetched_one = ("condition",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("condition", "other_condition"),
                    ("level", "position"),
                    "reason",
                    "sources_differ",
                    *SOURCE,
                )
            },
        ),
    )


class InteractionInline(EvidenceInline):
    """What the compound does together with others and with medicines."""

    model = Interaction
    fk_name = "compound"
    autocomplete_fields = ("other_compound", "medicine_classes")
    fetched_one = ("other_compound",)
    fetched_many = ("medicine_classes",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "with_text",
                    ("other_compound", "medicine_classes"),
                    ("severity", "position"),
                    "effect",
                    *SOURCE,
                )
            },
        ),
    )


@admin.register(MedicineClass)
class MedicineClassAdmin(ExportingAdmin, PublishingAdmin):
    """Classes of medicines that visitors tick."""

    list_display = ("name", "code", "position")
    search_fields = ("name", "code")
    fields = ("name", "code", "position")


@admin.register(Condition)
class ConditionAdmin(ExportingAdmin, PublishingAdmin):
    """Conditions that visitors tick."""

    list_display = ("name", "code", "group", "class_names", "position")
    list_filter = ("group",)
    search_fields = ("name", "code", "group")
    autocomplete_fields = ("medicine_classes",)
    fields = ("name", "code", "group", "medicine_classes", "position")

    def get_queryset(self, request):
        """Fetch the classes that each row names."""
        return super().get_queryset(request).prefetch_related("medicine_classes")

    @admin.display(description="medicine classes")
    def class_names(self, condition):
        """List the classes that say the same thing."""
        return ", ".join(map(str, condition.medicine_classes.all()))


@admin.register(SideEffect)
class SideEffectAdmin(ExportingAdmin, PublishingAdmin):
    """All side effects in one list, to find those without a source."""

    list_display = ("compound", "effect", "frequency", "severity", "source_quality")
    list_filter = ("source_quality", "frequency", "severity", "compound__compound_class")
    list_select_related = ("compound",)
    search_fields = ("compound__name", "effect", "source", "source_title")
    autocomplete_fields = ("compound",)
    fieldsets = ((None, {"fields": ("compound",)}), *SideEffectInline.fieldsets)


@admin.register(Caution)
class CautionAdmin(ExportingAdmin, PublishingAdmin):
    """All cautions in one list: by condition, by level, by source."""

    list_display = ("compound", "condition_name", "level", "reason", "source_quality")
    list_filter = ("level", "source_quality", "condition__group", "compound__compound_class")
    list_select_related = ("compound", "condition")
    search_fields = (
        "compound__name",
        "condition__name",
        "other_condition",
        "reason",
        "source",
        "source_title",
    )
    autocomplete_fields = ("compound", "condition")
    fieldsets = ((None, {"fields": ("compound",)}), *CautionInline.fieldsets)

    @admin.display(description="condition", ordering="condition__name")
    def condition_name(self, caution):
        """Name the condition, coded or not."""
        return caution.condition_name


@admin.register(Interaction)
class InteractionAdmin(ExportingAdmin, PublishingAdmin):
    """All interactions in one list: by severity, by class of medicines, by source."""

    list_display = (
        "compound",
        "with_text",
        "other_compound",
        "severity",
        "effect",
        "source_quality",
    )
    list_filter = ("severity", "source_quality", "medicine_classes", "compound__compound_class")
    list_select_related = ("compound", "other_compound")
    search_fields = (
        "compound__name",
        "other_compound__name",
        "with_text",
        "effect",
        "source",
        "source_title",
    )
    autocomplete_fields = ("compound", "other_compound", "medicine_classes")
    fieldsets = ((None, {"fields": ("compound",)}), *InteractionInline.fieldsets)
