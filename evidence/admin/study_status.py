"""Marking a study as retracted or corrected: what it would move, the act, what it moved.

The form of a study only shows its status, so that every change of it has its reason and its page.
"""

from django import forms
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from evidence.admin.movement_words import movement_words, standing_words
from evidence.admin.publishing import in_turn
from evidence.choices import StudyStatus
from evidence.models.base import LONGEST_WHY
from evidence.movements import effect_of
from evidence.retractions import set_study_status
from evidence.workflow import Refused

# What each status is called as an act, and what it does.
ACTS = {
    StudyStatus.RETRACTED: (
        "Mark as retracted",
        "Every figure of this study leaves every profile at once; its page then says so.",
    ),
    StudyStatus.CORRECTED: (
        "Mark as corrected",
        "The correction is noted beside each of its figures, and its public findings are due for "
        "another look today.",
    ),
    StudyStatus.PUBLISHED: (
        "Mark as standing",
        "It counts as it was printed; for a retraction that was taken back or marked by mistake.",
    ),
}


class StatusForm(forms.Form):
    """Why a study no longer stands as it was printed, or does again."""

    why = forms.CharField(
        label="Why, and where that is printed",
        max_length=LONGEST_WHY,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="For example the DOI of the notice. Kept in the history, and told in the change "
        "log of each compound that it touches.",
    )


class MarkingStudies:
    """Adds the acts to the admin of studies."""

    def get_urls(self):
        """Add the page of each act."""
        view = self.admin_site.admin_view(self.status_view)
        address = "<path:object_id>/status/<slug:status>/"
        return [path(address, view, name="evidence_study_status"), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        """Keep the status of a stored study for the acts."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "status"] if obj and not self.is_past else fields

    def render_change_form(self, request, context, obj=None, **kwargs):
        """Offer the acts to whoever may change the study."""
        if obj is not None and self.has_change_permission(request, obj):
            context["status_acts"] = [
                (label, status_address(obj, status))
                for status, (label, _) in ACTS.items()
                if status != obj.status
            ]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def status_view(self, request, object_id, status):
        """Foretell what an act would move, or do it when its turn has come."""
        return in_turn(request, self._status, request, object_id, status)

    def _status(self, request, object_id, status):
        study = self.get_object(request, unquote(object_id))
        if study is None or status not in ACTS:
            raise Http404
        if not self.has_change_permission(request, study):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = StatusForm(sent, initial={"why": request.GET.get("why", "")[:LONGEST_WHY]})
        if form.is_valid():
            try:
                why = form.cleaned_data["why"]
                done = set_study_status(study, status, by=request.user, why=why)
            except Refused as refusal:
                form.add_error(None, refusal.messages)
            else:
                return self._done_page(request, study, status, done)
        return self._act_page(request, study, status, form)

    def _act_page(self, request, study, status, form):
        is_same = study.status == status
        after = self.get_object(request, str(study.pk))
        after.status = status
        moved = [] if is_same else [one for one in effect_of(studies=[after]) if one.is_move]
        context = {
            "form": form,
            "act": ACTS[status],
            "is_same": is_same,
            "effects": [(movement_words(one), one) for one in moved],
            "findings": study.findings.for_table().select_related("compound"),
        }
        return self._status_page(request, "status", f"{ACTS[status][0]}: {study}", study, context)

    def _done_page(self, request, study, status, done):
        study.refresh_from_db()
        context = {
            "done": done,
            "version": done.publication.version,
            "effects": [(moved_words(one), one) for one in done.movements],
            "is_to_check": status == StudyStatus.CORRECTED,
            "findings": study.findings.for_table().select_related("compound"),
        }
        title = f"{study} is {study.get_status_display()} now"
        return self._status_page(request, "status_done", title, study, context)

    def _status_page(self, request, name, title, study, context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "study": study,
            "change_url": reverse("admin:evidence_study_change", args=[quote(study.pk)]),
            **context,
        }
        return TemplateResponse(request, f"admin/evidence/study/{name}.html", context)


def status_address(study, status):
    """Return the address of the act that gives a study this status."""
    return reverse("admin:evidence_study_status", args=[quote(study.pk), status])


def moved_words(movement):
    """Return one movement as a sentence about what has happened."""
    sides = movement.before, movement.after
    before, after = (standing_words(side) if side else "no evidence" for side in sides)
    return f"{movement.compound} for {movement.goal}: was {before}, is {after} now."
