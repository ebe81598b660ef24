"""Proposed changes of what is public: what each would change and move, to be decided on."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse

from evidence.admin.acts import ActForm
from evidence.admin.changes import shown_changes
from evidence.admin.filters import DeskFilter
from evidence.admin.movement_words import movement_words
from evidence.admin.profiles import ReadOnlyAdmin
from evidence.authorship import is_two_person
from evidence.choices import ProposalState
from evidence.differences import diff, diff_of, proposed_row
from evidence.models import Finding, Proposal
from evidence.movements import effect_of
from evidence.proposing import accept, conflicts_of, decline
from evidence.workflow import Refused


class DecisionForm(ActForm):
    """The reason for declining; accepting needs none."""

    read_at = None


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """Where a second person reads a proposed change and decides on it."""

    change_form_template = "admin/evidence/proposal/change_form.html"
    list_display = ("__str__", "by", "at", "why", "state", "decided_by")
    list_filter = (DeskFilter, "state", "by", "at")
    search_fields = ("finding__key", "article__slug", "article__title", "why", "by__username")
    actions = ("accept_changes",)
    show_full_result_count = False
    # By the alphabet “open” comes after “accepted” and “declined”: those waiting stand first.
    ordering = ("-state", "-at", "-pk")
    fields = (("finding", "article"), ("by", "at"), "why", "state")

    def get_urls(self):
        """Add the address that decisions are sent to."""
        view = self.admin_site.admin_view(self.decide_view)
        name = "evidence_proposal_decide"
        return [path("<path:object_id>/decide/", view, name=name), *super().get_urls()]

    def get_queryset(self, request):
        """Fetch what a row of the list names."""
        return super().get_queryset(request).for_desk()

    def has_publish_permission(self, request, obj=None):
        """Say whether the user may publish what a proposal is about; without one, either."""
        kinds = [obj.row._meta.model_name] if obj else ["finding", "article"]
        return any(request.user.has_perm(f"evidence.publish_{kind}") for kind in kinds)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what a proposal would change and move, with the ways to decide."""
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None or not self.has_view_permission(request, proposal):
            return super().change_view(request, object_id, form_url, extra_context)
        context = self._context(request, proposal)
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def decide_view(self, request, object_id):
        """Accept or decline a proposal."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            raise Http404
        if not self._may_decide(request, proposal):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        why = form.cleaned_data["why"] if form.is_valid() else ""
        try:
            for message in form.errors.get("why", []):
                raise Refused(message)
            self._decide(request, proposal, why)
        except Refused as refusal:
            for message in refusal.messages:
                self.message_user(request, message, messages.ERROR)
        page = reverse("admin:evidence_proposal_change", args=[proposal.pk])
        return HttpResponseRedirect(page)

    @admin.action(permissions=["publish"], description="Accept and publish")
    def accept_changes(self, request, queryset):
        """Accept each by itself: one that is refused keeps no other back."""
        for proposal in queryset.waiting():
            try:
                if not self.has_publish_permission(request, proposal):
                    raise Refused("You may not publish that.")
                accept(proposal, by=request.user)
            except Refused as refusal:
                for message in refusal.messages:
                    self.message_user(request, f"{proposal}: {message}", messages.ERROR)
            else:
                self.message_user(request, f"Accepted: {proposal}.", messages.SUCCESS)

    def _may_decide(self, request, proposal):
        """Say whether the user decides on it, or may at least take back what they proposed."""
        if request.POST.get("decision") == "decline" and request.user.pk == proposal.by_id:
            return True
        return self.has_publish_permission(request, proposal)

    def _decide(self, request, proposal, why):
        if request.POST.get("decision") == "accept":
            accept(proposal, by=request.user)
            self.message_user(request, f"Accepted and public: {proposal}.", messages.SUCCESS)
        elif request.POST.get("decision") == "decline":
            decline(proposal, by=request.user, why=why)
            self.message_user(request, f"Declined: {proposal}.", messages.SUCCESS)
        else:
            raise Refused("Choose whether to accept or to decline it.")

    def _context(self, request, proposal):
        """Return what the page of a proposal shows."""
        row, is_waiting = proposal.row, proposal.state == ProposalState.OPEN
        is_own = request.user.pk == proposal.by_id
        moved = []
        if is_waiting and isinstance(row, Finding) and row.published_at:
            moved = effect_of(changed=[proposed_row(proposal)])
        may_publish = self.has_publish_permission(request, proposal)
        return {
            "title": f"Proposed {proposal}",
            "subtitle": None,
            "proposal": proposal,
            "is_waiting": is_waiting,
            "is_own": is_own,
            "changes": shown_changes(_changes(proposal, is_waiting)),
            "conflicts": conflicts_of(proposal) if is_waiting else [],
            "effects": [(movement_words(one), one) for one in moved],
            "may_accept": may_publish and not (is_own and is_two_person()),
            "may_decline": may_publish or is_own,
            "form": DecisionForm(),
            "row_url": reverse(f"admin:evidence_{row._meta.model_name}_change", args=[row.pk]),
            "preview_url": self._preview_url(proposal, row),
        }

    def _preview_url(self, proposal, row):
        if isinstance(row, Finding):
            return ""
        page = reverse("admin:evidence_article_preview", args=[row.pk])
        return f"{page}?proposal={proposal.pk}"


def _changes(proposal, is_waiting):
    """Return what a proposal would change now; of a decided one, what it asked for then."""
    if is_waiting:
        return diff_of(proposal)
    wanted = proposed_row(proposal)
    base = proposal.row.history.get(history_id=proposal.base_history_id)
    return [change for change in diff(wanted, base) if change.name in proposal.values]
