"""What people do to findings and articles on their way to the public, as buttons and actions."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from evidence.admin.row_form import HistoryIdField
from evidence.choices import FindingState
from evidence.models.base import LONGEST_WHY
from evidence.workflow import publish, send_back, send_to_review, withdraw

DRAFT, IN_REVIEW = FindingState.DRAFT, FindingState.IN_REVIEW
PUBLISHED, WITHDRAWN = FindingState.PUBLISHED, FindingState.WITHDRAWN


@dataclass(frozen=True)
class Act:
    """One act: who may do it, from where, whether a reason is asked for, and how it is said."""

    name: str
    label: str
    done: str
    states: tuple[str, ...]
    permission: str
    carry_out: Callable
    asks_why: bool = True
    needs_why: bool = False


ACTS = {
    act.name: act
    for act in (
        Act(
            name="send_to_review",
            label="Send to review",
            done="Sent to review",
            states=(DRAFT, WITHDRAWN),
            permission="change",
            carry_out=lambda rows, by, why: send_to_review(rows, by=by),
            asks_why=False,
        ),
        Act(
            name="publish",
            label="Publish",
            done="Published",
            states=(DRAFT, IN_REVIEW),
            permission="publish",
            carry_out=lambda rows, by, why: publish(rows, by=by, why=why),
        ),
        Act(
            name="send_back",
            label="Send back",
            done="Sent back",
            states=(IN_REVIEW, WITHDRAWN),
            permission="publish",
            carry_out=lambda rows, by, why: send_back(rows, by=by, why=why),
            needs_why=True,
        ),
        Act(
            name="withdraw",
            label="Withdraw",
            done="Withdrawn",
            states=(PUBLISHED,),
            permission="publish",
            carry_out=lambda rows, by, why: withdraw(rows, by=by, why=why),
            needs_why=True,
        ),
    )
}


class ActForm(forms.Form):
    """A reason, and the record of the history that was read before acting."""

    why = forms.CharField(
        label="Why",
        required=False,
        max_length=LONGEST_WHY,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Kept in the history, and told in the change log of what is public.",
    )
    read_at = HistoryIdField(required=False)

    def __init__(self, *args, act=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.act = act

    def clean(self):
        """Ask for the reason that an act needs."""
        cleaned = super().clean()
        if self.act and self.act.needs_why and not cleaned.get("why") and not self.errors:
            self.add_error("why", f"Say why: “{self.act.label}” needs a reason.")
        return cleaned
