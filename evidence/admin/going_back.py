"""Setting a row back to how it was: its form, filled with the past values, saved as any edit is."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst

from evidence.models.base import LONGEST_WHY
from evidence.recorded import changes_between, past_row, recorded

WHY = "why"


class GoingBack:
    """One way back: to which version, by which form, and what would change.

    A row that was deleted is made again under its own number, as a draft if it has such.
    """

    def __init__(self, model_admin, request, object_id, history_id):
        self.admin, self.request, self.began = model_admin, request, timezone.now()
        self.row = model_admin.get_object(request, unquote(object_id))
        self._check_rights()
        self.record, self.now = self._records(unquote(object_id), history_id)
        self.past, lists = past_row(self.record)
        self.reason = request.POST.get(WHY, "").strip()
        self.needs_reason = model_admin.needs_reason(self.row)
        self.form = self._filled(lists)
        self.changes = [
            change
            for change in changes_between(self.now, self.record)
            if change.name in self.form.fields
        ]
        self.form_errors = self._form_errors() if self.changes else []
        is_unsaid = self.needs_reason and request.method == "POST" and not self.reason
        self.errors = [*(["Say why: readers are told."] if is_unsaid else []), *self.form_errors]

    @property
    def when(self):
        """Say of which moment the version is."""
        return date_format(timezone.localtime(self.record.history_date), "j F Y, H:i")

    @property
    def is_ready(self):
        """Say whether it can be done: something changes, and nothing stands in the way."""
        return bool(self.changes) and not self.errors

    def write(self):
        """Write the new version as the form's admin writes any edit; return the row."""
        form, is_change = self.form, self.row is not None
        form.what = self._told()
        row = self.admin.save_form(self.request, form, is_change)
        self.admin.save_model(self.request, row, form, is_change)
        self.admin.save_related(self.request, form, [], is_change)
        log = self.admin.log_change if is_change else self.admin.log_addition
        log(self.request, row, f"Set back to the version of {self.when}.")
        return row

    def keep_reason(self, row):
        """Keep the reason with what was written without opening a version."""
        written = row.history.filter(history_date__gte=self.began, history_user=self.request.user)
        unsaid = written.filter(history_change_reason=None)
        longest = unsaid.model._meta.get_field("history_change_reason").max_length
        reason = Truncator(capfirst(self._told())).chars(longest)
        unsaid.update(history_change_reason=reason)

    def _check_rights(self):
        if self.row is None:
            is_allowed = self.admin.has_add_permission(self.request)
        else:
            is_allowed = self.admin.has_change_permission(self.request, self.row)
        if not is_allowed:
            raise PermissionDenied

    def _records(self, pk, history_id):
        """Return the record to go back to, and that of the row as it is now (None if deleted)."""
        model = self.admin.model
        try:
            history = model.history.filter(**{model._meta.pk.attname: pk})
        except ValueError as error:
            raise Http404 from error
        newest = history.order_by("-history_id").values_list("history_id", flat=True).first()
        records = recorded(model, [history_id, newest])
        record = records.get(history_id)
        if record is None or str(getattr(record, model._meta.pk.attname)) != str(pk):
            raise Http404
        return record, records[newest] if self.row is not None else None

    def _filled(self, lists):
        """Return the row's form as a browser would send it with the past values in its fields."""
        is_change = self.row is not None
        form_class = self.admin.get_form(self.request, self.row, change=is_change)
        data = {
            field.html_name: field.value()
            for field in form_class(instance=self.past, initial=lists)
            if field.value() is not None and field.value() is not False
        }
        data[WHY] = capfirst(self._told())
        return form_class(data, instance=self.row or self.admin.model(pk=self.past.pk))

    def _form_errors(self):
        """Return why the past values could not be saved today, in sentences."""
        return [
            f"{self.form[name].label}: {message}" if name in self.form.fields else message
            for name, messages in self.form.errors.items()
            for message in messages
        ]

    def _told(self):
        """Return what the history and the change log say of it, after the name of the row."""
        reason = f". {self.reason}" if self.reason else ""
        return Truncator(f"set back to how it was on {self.when}{reason}").chars(LONGEST_WHY)
