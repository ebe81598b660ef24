"""“Check retractions”: a list in Retraction Watch's format beside our studies; writes nothing."""

import io
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path

from evidence.admin.study_status import ACTS, status_address
from evidence.imports.notices import NoNotices, read_notices
from evidence.imports.retractions import Proposal, proposals
from evidence.models.base import LONGEST_WHY

# The whole list is some 60 MB and is read as a stream.
MOST_BYTES = 200_000_000
MOST_SHOWN = 500


class NoticesForm(forms.Form):
    """A list of notices; `found` are the proposals that follow once the form is valid."""

    file = forms.FileField(
        allow_empty_file=True,
        help_text="The CSV of Retraction Watch, as Crossref gives it away; at most 200 MB.",
    )

    def clean_file(self):
        """Read the notices and look for our studies among them."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"Is larger than {MOST_BYTES // 1_000_000} MB: split it.")
        lines = io.TextIOWrapper(file.file, encoding="utf-8-sig", errors="replace", newline="")
        try:
            self.found = proposals(read_notices(lines))
        except NoNotices as error:
            raise forms.ValidationError(str(error)) from error
        finally:
            lines.detach()
        return file


@dataclass(frozen=True)
class ShownProposal:
    """A proposal with what it is called and where it is carried out; neither for no change."""

    proposal: Proposal
    label: str = ""
    address: str = ""


class CheckingNotices:
    """Adds the page to the admin of studies."""

    def get_urls(self):
        """Add the page."""
        view = self.admin_site.admin_view(self.notices_view)
        return [path("retractions/", view, name="evidence_study_retractions"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Offer the page to whoever may mark a study."""
        may = {"may_check": self.has_change_permission(request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def notices_view(self, request):
        """Ask for a list, or show which of our studies it names and what is proposed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = NoticesForm(*((request.POST, request.FILES) if is_sent else ()))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Check retractions",
            "form": form,
        }
        if is_sent and form.is_valid():
            context["total"] = len(form.found)
            context["changes"] = sum(one.is_change for one in form.found)
            context["proposals"] = [_shown(one) for one in form.found[:MOST_SHOWN]]
        return TemplateResponse(request, "admin/evidence/study/retractions.html", context)


def _shown(proposal):
    if not proposal.is_change:
        return ShownProposal(proposal)
    label, _ = ACTS[proposal.proposed]
    query = urlencode({"why": _why(proposal)})
    address = f"{status_address(proposal.study, proposal.proposed)}?{query}"
    return ShownProposal(proposal, label, address)


def _why(proposal):
    """Return a reason to begin with: what the newest notice is, of when, where and why."""
    notice = proposal.notices[-1]
    facts = (
        str(notice.nature).capitalize(),
        notice.on.isoformat() if notice.on else "",
        f"doi:{notice.notice_doi}" if notice.notice_doi.startswith("10.") else "",
        "; ".join(notice.reasons),
    )
    return ", ".join(fact for fact in facts if fact)[:LONGEST_WHY]
