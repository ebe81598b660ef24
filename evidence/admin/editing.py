"""How findings and articles are saved: a draft at once, what is public as a proposed change."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from evidence.admin.publishing import PublishingAdmin
from evidence.choices import FindingState, ProposalState
from evidence.models import Proposal
from evidence.proposing import propose
from evidence.workflow import Refused, send_to_review

# The button that saves a draft and sends it to review in one transaction.
TO_REVIEW = "_to_review"
WHY = "Why it changes"


class EditingAdmin(PublishingAdmin):
    """Saves rows that go from draft to review to the public; the form is a `RowForm`.

    A public row is never written here: a change to it is proposed, and where one person runs the
    site the proposal is accepted at once.
    """

    change_form_template = "admin/evidence/row_form.html"
    # The list counts its rows once, not twice: the whole table is of no use to anybody.
    show_full_result_count = False

    def get_fieldsets(self, request, obj=None):
        """Ask why a public row changes, at the end of its form."""
        fieldsets = super().get_fieldsets(request, obj)
        is_public = obj is not None and obj.state == FindingState.PUBLISHED
        if self.is_past or not is_public or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (WHY, {"fields": ("why",)})]

    def save_model(self, request, obj, form, change):
        """Write a draft; propose a change of what is public."""
        if not form.is_public:
            super().save_model(request, obj, form, change)
            return
        form.reach_before = None
        obj.proposal = None
        if form.has_changed():
            columns = {field.name for field in self.opts.concrete_fields}
            values = {n: form.cleaned_data[n] for n in form.changed_data if n in columns}
            obj.proposal = propose(
                obj,
                values,
                by=request.user,
                why=form.cleaned_data["why"],
                base_history_id=form.cleaned_data["opened_at"],
            )

    def save_related(self, request, form, formsets, change):
        """Publish nothing for a public row, whose change was proposed; send others to review."""
        if form.is_public:
            return
        super().save_related(request, form, formsets, change)
        if TO_REVIEW in request.POST:
            self._send_to_review(request, form.instance)

    def construct_change_message(self, request, form, formsets, add=False):
        """Tell the log of the admin what was proposed, not that it was changed."""
        proposal = getattr(form.instance, "proposal", None)
        if proposal is None:
            return super().construct_change_message(request, form, formsets, add)
        return f"Proposed: {', '.join(proposal.values)}."

    def response_change(self, request, obj):
        """Say what became of a proposed change, and go on as Django would."""
        proposal = getattr(obj, "proposal", None)
        if proposal is None:
            return super().response_change(request, obj)
        self.message_user(request, *_said_of(proposal, obj))
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def render_change_form(self, request, context, **kwargs):
        """Tell the page where the row stands."""
        obj = kwargs.get("obj")
        is_public = obj is not None and obj.state == FindingState.PUBLISHED
        context["proposes"] = is_public
        context["offers_review"] = not is_public and (obj is None or obj.state != "in-review")
        if obj is not None:
            name = self.opts.model_name
            context["review_url"] = reverse(f"admin:evidence_{name}_review", args=[quote(obj.pk)])
            context["waiting"] = Proposal.objects.waiting().about(obj).select_related("by")
        return super().render_change_form(request, context, **kwargs)

    def _send_to_review(self, request, row):
        try:
            send_to_review([row], by=request.user)
        except Refused as refusal:
            for message in refusal.messages:
                self.message_user(request, message, messages.ERROR)
        else:
            self.message_user(request, f"{row} was sent to review.", messages.SUCCESS)


def _said_of(proposal, row):
    """Return what to say of a proposal, and at which level."""
    if proposal.state == ProposalState.ACCEPTED:
        return f"The change of {row} is public.", messages.SUCCESS
    text = (
        "{} is public, so your change was proposed and not yet made: "
        '<a href="{}">it waits for a second person</a>.'
    )
    address = reverse("admin:evidence_proposal_change", args=[proposal.pk])
    return format_html(text, row, address), messages.WARNING
