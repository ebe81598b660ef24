"""The review page of a finding or an article, and the same acts for many from the list.

The page shows the row as the public would read it, what differs from what was public, and what
publishing or withdrawing would move; below it stand the acts that are possible now. All of them go
through `evidence.workflow`, which asks again.
"""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import model_ngettext, quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from evidence.admin.acts import ACTS, ActForm
from evidence.admin.changes import shown_changes
from evidence.admin.editing import EditingAdmin
from evidence.admin.movement_words import movement_words
from evidence.admin.publishing import in_turn
from evidence.authorship import authors_of, is_two_person
from evidence.choices import FindingState
from evidence.differences import changed_since, diff, last_public, newest_record
from evidence.models import Proposal
from evidence.workflow import Refused

# As many rows as one act takes from a list, and as many as its page foretells the effect of.
MOST_AT_ONCE = 200
MOST_FORETOLD = 50


class ReviewingAdmin(EditingAdmin):
    """Sends to review, publishes, sends back and withdraws, from a page or from the list."""

    actions = ("send_to_review", "publish", "send_back", "withdraw")
    # A partial that shows the row as the public would read it; its context is `public_context`.
    public_template = None

    def get_urls(self):
        """Add the review page of a row."""
        name = f"evidence_{self.opts.model_name}_review"
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", view, name=name), *super().get_urls()]

    def public_context(self, row):
        """Return what `public_template` needs."""
        return {}

    def movements_of(self, act, rows):
        """Return what an act would move; an article moves nothing."""
        return []

    def foretold(self, row, shown):
        """Return what publishing a row would move, or for a public one what withdrawing would.

        `shown` is its `public_context`.
        """
        return []

    def may(self, act, request, row=None):
        """Say whether the user has the permission that an act needs."""
        if act.permission == "publish":
            return self.has_publish_permission(request)
        return self.has_change_permission(request, row)

    def review_view(self, request, object_id):
        """Show a row to be reviewed, or do to it what its reader decided."""
        return in_turn(request, self._review, request, object_id)

    def _review(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if request.method != "POST":
            return self._review_page(request, row, ActForm(initial=_read_now(row)))
        act = ACTS.get(request.POST.get("act"))
        if act is None or not self.may(act, request, row):
            raise PermissionDenied
        return self._decide(request, row, act)

    @admin.action(permissions=["change"], description="Send to review")
    def send_to_review(self, request, queryset):
        """Send the drafts among them to review."""
        return self._act_on_list(request, queryset, ACTS["send_to_review"])

    @admin.action(permissions=["publish"], description="Publish …")
    def publish(self, request, queryset):
        """Publish those among them that are ready, after showing what that moves."""
        return self._act_on_list(request, queryset, ACTS["publish"])

    @admin.action(permissions=["publish"], description="Send back …")
    def send_back(self, request, queryset):
        """Make drafts again of those in review, for a reason."""
        return self._act_on_list(request, queryset, ACTS["send_back"])

    @admin.action(permissions=["publish"], description="Withdraw …")
    def withdraw(self, request, queryset):
        """Take back the public ones among them, for a reason."""
        return self._act_on_list(request, queryset, ACTS["withdraw"])

    def _decide(self, request, row, act):
        form = ActForm(request.POST, act=act)
        if form.is_valid():
            if changes := changed_since(row, form.cleaned_data["read_at"]):
                labels = ", ".join(change.label for change in changes)
                form = ActForm(initial={**_read_now(row), "why": form.cleaned_data["why"]})
                message = f"Somebody changed it since you opened it ({labels}): read it again."
                self.message_user(request, message, messages.ERROR)
            elif self._carry_out(request, act, [row], form.cleaned_data["why"], row):
                return HttpResponseRedirect(request.path)
        row = self.get_object(request, str(row.pk))
        return self._review_page(request, row, form)

    def _carry_out(self, request, act, rows, why, what):
        """Do an act as a whole and say to what, or say why it cannot be done."""
        try:
            act.carry_out(rows, request.user, why)
        except Refused as refusal:
            for message in refusal.messages:
                self.message_user(request, message, messages.ERROR)
            return False
        self.message_user(request, f"{act.done}: {what}.", messages.SUCCESS)
        return True

    def _review_page(self, request, row, form):
        public = last_public(row) if row.state != FindingState.PUBLISHED else None
        authors = authors_of([row])[row.pk] if is_two_person() else set()
        is_author = request.user.pk in authors
        acts = [
            act
            for act in ACTS.values()
            if row.state in act.states
            and self.may(act, request, row)
            # A draft that somebody wrote has to be reviewed first.
            and not (act.name == "publish" and (is_author or (authors and row.state == "draft")))
        ]
        shown = self.public_context(row)
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "title": f"Review {row}",
            "opts": self.opts,
            "row": row,
            "form": form,
            "acts": acts,
            "asks_why": any(act.asks_why for act in acts),
            "is_author": is_author and row.state in ("draft", "in-review"),
            "records": row.history.select_related("history_user").order_by("-history_id")[:3],
            "was_public": public is not None,
            "changes": shown_changes(diff(row, public)) if public else [],
            "waiting": Proposal.objects.waiting().about(row).select_related("by"),
            "public_template": self.public_template,
            "effects": [(movement_words(one), one) for one in self.foretold(row, shown)],
            "change_url": self._address("change", row),
            "history_url": self._address("history", row),
            "can_change": self.has_change_permission(request, row),
        }
        return TemplateResponse(request, "admin/evidence/review.html", context)

    def _address(self, page, row):
        return reverse(f"admin:evidence_{self.opts.model_name}_{page}", args=[quote(row.pk)])

    def _act_on_list(self, request, queryset, act):
        """Do an act to the rows of a list that are ready for it, after one more page."""
        rows = list(queryset.filter(state__in=act.states)[: MOST_AT_ONCE + 1])
        if not rows:
            self.message_user(request, "Nothing to do: none of them is ready for that.")
            return None
        if len(rows) > MOST_AT_ONCE:
            message = f"Choose at most {MOST_AT_ONCE} at once."
            self.message_user(request, message, messages.ERROR)
            return None
        is_confirmed = "post" in request.POST or not act.asks_why
        form = ActForm(request.POST if "post" in request.POST else None, act=act)
        if is_confirmed and (not act.asks_why or form.is_valid()):
            why = form.cleaned_data["why"] if act.asks_why else ""
            count = f"{len(rows)} {model_ngettext(self.opts, len(rows))}"
            self._carry_out(request, act, rows, why, count)
            return None
        return self._confirmation(request, act, rows, form)

    def _confirmation(self, request, act, rows, form):
        """Return the page that asks for the reason and foretells what moves."""
        is_foretold = len(rows) <= MOST_FORETOLD
        movements = self.movements_of(act, rows) if is_foretold else []
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.label}: {len(rows)} {model_ngettext(self.opts, len(rows))}",
            "opts": self.opts,
            "act": act,
            "rows": rows,
            "form": form,
            "is_foretold": is_foretold,
            "effects": [(movement_words(one), one) for one in movements if one.is_move],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/evidence/act_on_selected.html", context)


def _read_now(row):
    """Return the record that a reader has before them now."""
    record = newest_record(row)
    return {"read_at": record.history_id if record else None}
