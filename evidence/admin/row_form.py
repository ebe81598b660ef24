"""The form of a finding or an article, which two people may have open at the same time.

It carries the record of the row's history that its user had before them. If somebody saved in
between, the second to save is told field by field what changed: what they had not touched is taken
over, what they typed stays in the form, and saving once more is then done knowingly.
"""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.text import get_text_list

from evidence.choices import FindingState
from evidence.differences import Change, diff, newest_record
from evidence.models.base import LONGEST_WHY

# The button, and the mark of a request, that asks what a form comes to without saving it.
PREVIEW = "_preview"
NOT_KEPT = "What you had opened is not kept any more: open the page again, beside this one."


class HistoryIdField(forms.IntegerField):
    """The record somebody had read; carrying it is no edit."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        """Say that it is no edit."""
        return False


class WhyField(forms.CharField):
    """The reason for a change, which is none itself."""

    widget = AdminTextareaWidget

    def has_changed(self, initial, data):
        """Say that it is no edit."""
        return False


@dataclass(frozen=True)
class Met:
    """A field that somebody else changed meanwhile; `is_kept` says that both did."""

    change: Change
    is_kept: bool


class RowForm(forms.ModelForm):
    """Notices edits by others, and asks why a public row changes."""

    opened_at = HistoryIdField(required=False)
    why = WhyField(
        label="Why it changes",
        required=False,
        max_length=LONGEST_WHY,
        help_text="Kept for ever beside the change, and told in the change log.",
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

    # A change of one of these columns of a public row needs its reason.
    figures = frozenset()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_public = self.instance.state == FindingState.PUBLISHED
        self.is_preview = PREVIEW in self.data
        self.newest = newest_record(self.instance) if self.instance.pk else None
        self.initial["opened_at"] = self.newest.history_id if self.newest else None
        self.met = []
        self.met_whom = ""
        if not self.is_public:
            self.fields.pop("why", None)

    def is_valid(self):
        """Say whether the form may be saved: one that is only previewed may not."""
        return super().is_valid() and not self.is_preview

    def clean(self):
        """Look for edits by others, then for the reason that a public figure needs."""
        cleaned = super().clean()
        if not self.is_preview:
            self._meet_others(cleaned.get("opened_at"))
        figures = self.figures & set(self.changed_data)
        if self.is_public and figures and not self.met and not cleaned.get("why"):
            labels = [self[name].label for name in self.changed_data if name in figures]
            self.add_error("why", f"Say why this changes: {get_text_list(labels, 'and')}.")
        return cleaned

    def _meet_others(self, opened_at):
        """Find what others changed since the form was opened, and take over what was untouched."""
        if opened_at is None or self.newest is None or opened_at == self.newest.history_id:
            return
        record = self.instance.history.filter(history_id=opened_at).first()
        if record is None:
            self.add_error(None, NOT_KEPT)
            return
        # A form may be sent again only as what it shows now.
        self.data = self.data.copy()
        self.data["opened_at"] = str(self.newest.history_id)
        changes = diff(self.instance, record)
        if not changes:
            return
        self.met_whom = self._who_since(opened_at)
        self.met = [Met(change, self._is_mine(change.name, record)) for change in changes]
        for one in self.met:
            if one.change.name in self.fields and not one.is_kept:
                self._take_over(one.change.name)
        message = "Somebody else saved it meanwhile: read what changed, then save again."
        self.add_error(None, message)

    def _who_since(self, history_id):
        """Name those who saved after a record."""
        records = self.instance.history.filter(history_id__gt=history_id)
        names = records.order_by("history_id").values_list("history_user__username", flat=True)
        return get_text_list([name or "somebody" for name in dict.fromkeys(names)], "and")

    def _is_mine(self, name, record):
        """Say whether the user typed something else into a field than they had found in it."""
        if name not in self.fields:
            return False
        field = self.instance._meta.get_field(name)
        return self.fields[name].has_changed(getattr(record, field.attname), self[name].data)

    def _take_over(self, name):
        """Put what is stored now where the user had left what was stored before."""
        value = getattr(self.instance, self.instance._meta.get_field(name).attname)
        shown = self.fields[name].prepare_value(value)
        if shown is None or shown is False:
            self.data.pop(self.add_prefix(name), None)
        else:
            self.data[self.add_prefix(name)] = "on" if shown is True else str(shown)
