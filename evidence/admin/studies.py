"""Studies: what can be looked up, what each pools, and whether it still stands."""

from django.contrib import admin

from evidence.admin.exports import ExportingAdmin
from evidence.admin.filters import DeskFilter
from evidence.admin.publishing import PublishingAdmin
from evidence.admin.study_import import ImportingStudies
from evidence.admin.study_notices import CheckingNotices
from evidence.admin.study_status import MarkingStudies
from evidence.models import Study


@admin.register(Study)
class StudyAdmin(
    ImportingStudies, CheckingNotices, MarkingStudies, ExportingAdmin, PublishingAdmin
):
    """Where a study is identified, traced, and marked as retracted."""

    change_list_template = "admin/evidence/study/change_list.html"
    change_form_template = "admin/evidence/study/change_form.html"

    list_display = ("key", "title", "year", "design", "n_participants", "status", "is_traced")
    list_filter = (
        DeskFilter,
        "status",
        "design",
        "blinding",
        "is_title_confirmed",
        ("pmid", admin.EmptyFieldListFilter),
        ("doi", admin.EmptyFieldListFilter),
    )
    kept_field = "key"
    search_fields = ("key", "title", "pmid", "doi", "registry", "journal")
    autocomplete_fields = ("includes",)
    fieldsets = (
        ("Which publication", {"fields": ("key", "title", "is_title_confirmed")}),
        (
            "Where it can be looked up",
            {"fields": ("pmid", "doi", "registry", "url", ("journal", "year"))},
        ),
        (
            "How it was made",
            {
                "fields": (
                    ("design", "blinding"),
                    ("n_participants", "n_studies"),
                    "population",
                    "countries",
                    "funding",
                    "includes",
                )
            },
        ),
        ("Whether it still stands", {"fields": ("status",)}),
    )

    def get_view_on_site_url(self, obj=None):
        """Link to the study's page where there is one: a public finding rests on it."""
        if obj is None or not Study.objects.public().filter(pk=obj.pk).exists():
            return None
        return super().get_view_on_site_url(obj)

    @admin.display(boolean=True, description="traced")
    def is_traced(self, study):
        """Say whether a reader can look it up."""
        return study.is_traced
