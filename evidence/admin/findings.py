"""Findings: typed from the paper with a live preview, reviewed, published."""

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse

from evidence.admin.exports import ExportingAdmin
from evidence.admin.filters import DeskFilter
from evidence.admin.finding_form import UNITS, FindingForm
from evidence.admin.finding_import import FindingResource
from evidence.admin.finding_preview import preview_of, reading_of, warning_of
from evidence.admin.import_pages import ImportingAdmin
from evidence.admin.reviewing import ReviewingAdmin
from evidence.admin.row_form import PREVIEW
from evidence.choices import FindingState
from evidence.figures import printed
from evidence.models import Finding
from evidence.movements import effect_of
from evidence.snapshot import one_moment

FIELDSETS = (
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
            "classes": ("doubts",),
            "fields": (
                ("risk_of_bias", "risk_of_bias_reason"),
                ("inconsistency", "inconsistency_reason"),
                ("indirectness", "indirectness_reason"),
                ("imprecision", "imprecision_reason"),
                ("publication_bias", "publication_bias_reason"),
                "grade_reported",
                "is_independent",
            ),
        },
    ),
    (
        "Curation",
        {
            "fields": (
                "note",
                "set_aside",
                "next_review_on",
                ("state", "published_at", "published_by"),
            )
        },
    ),
)


@admin.register(Finding)
class FindingAdmin(ImportingAdmin, ExportingAdmin, ReviewingAdmin):
    """Where a curator types a finding, and sees what it would come to while typing."""

    form = FindingForm
    import_resource = FindingResource
    # The key begins with the compound.
    list_display = ("key", "outcome", "figure", "result", "state", "study_key")
    list_filter = (
        DeskFilter,
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
    change_form_template = "admin/evidence/finding/change_form.html"
    public_template = "admin/evidence/finding/_reading.html"
    fieldsets = FIELDSETS

    def get_urls(self):
        """Add the preview of a new finding, and of one that is stored."""
        view = self.admin_site.admin_view(self.preview_view)
        return [
            path("preview/", view, name="evidence_finding_preview_new"),
            path("<path:object_id>/preview/", view, name="evidence_finding_preview"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form with its preview for the button that only asks for that, else go on."""
        if PREVIEW in request.POST:
            # Nothing is written, so nobody is kept waiting: neither transaction nor turn.
            return self._changeform_view(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def preview_view(self, request, object_id=None):
        """Answer a form that is being typed with what the finding would come to."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        with one_moment():
            row = self.get_object(request, unquote(object_id)) if object_id else None
            if object_id and row is None:
                raise Http404
            if not (self.has_change_permission(request, row) if row else self._may_add(request)):
                raise PermissionDenied
            data = request.POST.copy()
            data[PREVIEW] = "yes"
            form = self.get_form(request, row, change=row is not None)(data, instance=row)
            context = {"preview": preview_of(form), "options": UNITS, "is_swap": True}
        return TemplateResponse(request, "admin/evidence/finding/_preview.html", context)

    def render_change_form(self, request, context, **kwargs):
        """Tell the page where its preview is asked for; give it one where the button did."""
        stored = [quote(context["original"].pk)] if context.get("original") else []
        name = "evidence_finding_preview" if stored else "evidence_finding_preview_new"
        context["preview_url"] = reverse(f"admin:{name}", args=stored)
        context["preview_name"] = PREVIEW
        if PREVIEW in request.POST:
            context["preview"] = preview_of(context["adminform"].form)
        return super().render_change_form(request, context, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Warn of a finding that will not be counted, once it is saved."""
        super().save_related(request, form, formsets, change)
        if warning := warning_of(form.instance):
            self.message_user(request, warning, messages.WARNING)

    def public_context(self, row):
        """Read a finding as it would be read once it is public."""
        return {"reading": reading_of(row)}

    def foretold(self, row, shown):
        """Return what publishing would move, or withdrawing what is public."""
        if row.state == FindingState.PUBLISHED:
            return effect_of(withdrawn=[row])
        return shown["reading"].movements

    def movements_of(self, act, rows):
        """Return what publishing or withdrawing would move."""
        if act.name == "publish":
            return effect_of(published=rows)
        return effect_of(withdrawn=rows) if act.name == "withdraw" else []

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

    def _may_add(self, request):
        return self.has_add_permission(request)
