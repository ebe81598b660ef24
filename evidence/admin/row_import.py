"""Rows of a spreadsheet → rows of a model: tried first without writing, then written as tried.

A row that is wrong is refused with every reason, and stops no other; one that may not be changed
by a file is left as it is, and says so. Every row is written by `store_row`, the model's own door.
"""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.text import Truncator
from import_export.results import RowResult
from tablib import Dataset

from evidence.admin.columns import RowResource
from evidence.differences import Change, diff
from evidence.imports.cleaning import plain_text
from evidence.models.base import LONGEST_WHY

# What has become of a row, or would.
NEW, CHANGED, UNCHANGED, LEFT, REFUSED = "new", "changed", "unchanged", "left", "refused"
_KINDS = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: UNCHANGED,
}
_NO_RIGHT = "You may not {} these."


@dataclass(frozen=True)
class ImportedRow:
    """One row of a file and what it came to; `problems` and `notes` are (field or "", message)."""

    number: int
    kind: str
    name: str = ""
    changes: tuple[Change, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


class ImportResource(RowResource):
    """Takes rows of one file, by one user; a model says which rows and through which door."""

    # Columns of prose, out of which markup and invisible characters are taken.
    prose = ()
    # Columns of the export that say nothing to an import.
    ignored = ()

    def why_left(self, instance):
        """Return why a stored row stays as it is, whatever the file says of it."""
        return ""

    def store_row(self, instance):
        """Write one row; may raise ValidationError."""
        instance.save()

    class Meta:
        """Look at every row; write those that differ."""

        skip_unchanged = True
        skip_html_diff = True
        report_skipped = True
        clean_model_instances = True
        store_instance = True
        use_transactions = True

    def __init__(self, *, by, source, may_add=True, may_change=True):
        super().__init__()
        self.by, self.source = by, source
        self.may = {True: may_add, False: may_change}
        self.numbers, self.notes, self.left = [], {}, {}
        self.place, self.places_by_key = 0, {}

    def before_import_row(self, row, row_number=None, **kwargs):
        """Make the text of a row plain, and note what was taken out."""
        self.place = row_number
        for name in self.prose:
            if isinstance(row.get(name), str):
                row[name], found = _plain_lines(row[name])
                self.notes.setdefault(row_number, []).extend((name, text) for text in found)

    def get_instance(self, instance_loader, row):
        """Return the stored row that a row of the file names; what names none is told later."""
        with suppress(ValueError):
            return super().get_instance(instance_loader, row)
        return None

    def after_init_instance(self, instance, new, row, **kwargs):
        """Note what a file may not change, before anything is read into it."""
        first = self.places_by_key.get(instance.pk)
        if first is not None:
            raise ValidationError(f"Is row {self.numbers[first - 1]} again.")
        if not new:
            self.places_by_key[instance.pk] = self.place
        if not new and (why := self.why_left(instance)):
            self.left[self.place] = why
        elif not self.may[new]:
            raise ValidationError(_NO_RIGHT.format("add" if new else "change"))

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Leave what a file may not change, and what it does not change."""
        if self.place in self.left:
            return True
        return super().skip_row(instance, original, row, import_validation_errors)

    def do_instance_save(self, instance, is_create):
        """Write a row in a savepoint of its own, as this user."""
        instance._history_user = self.by
        instance._change_reason = Truncator(f"Imported from {self.source}").chars(LONGEST_WHY)
        try:
            with transaction.atomic():
                self.store_row(instance)
        except DatabaseError as error:
            raise ValidationError(f"The database refused it: {error}".splitlines()[0]) from error
        self.places_by_key[instance.pk] = self.place

    def after_import(self, dataset, result, **kwargs):
        """Reset no sequence: rows get their numbers from the database."""


def run(resource, sheet, *, write):
    """Return what each row of a sheet comes to.

    Everything is really written, then undone unless `write` is, or answers for the rows, True.
    """
    rows = [row for row in sheet.rows if not row.problem]
    resource.numbers = [row.number for row in rows]
    names = [name for name in sheet.headings if name in resource.fields]
    data = Dataset(*[[row.cells[name] for name in names] for row in rows], headers=names)
    with transaction.atomic():
        result = resource.import_data(data, dry_run=False, use_transactions=True)
        found = [
            _imported(resource, row.number, place, one)
            for place, (row, one) in enumerate(zip(rows, result.rows, strict=True), start=1)
        ]
        found += [
            ImportedRow(row.number, REFUSED, problems=(("", row.problem),))
            for row in sheet.rows
            if row.problem
        ]
        found.sort(key=lambda row: row.number)
        if not (write(found) if callable(write) else write):
            transaction.set_rollback(True)
    return found


def digest(rows):
    """Return what changes with anything that a preview of these rows shows."""
    return sha256(repr(rows).encode()).hexdigest()[:32]


def _imported(resource, number, place, result):
    problems = [("", f"Could not be read: {one.error}") for one in result.errors]
    problems += _problems_of(result.validation_error)
    if place in resource.left:
        kind, problems = LEFT, [("", resource.left[place])]
    else:
        kind = REFUSED if problems else _KINDS[result.import_type]
    is_changed = kind == CHANGED
    return ImportedRow(
        number=number,
        kind=kind,
        name=str(result.instance) if result.instance and kind != REFUSED else "",
        changes=tuple(diff(result.instance, result.original)) if is_changed else (),
        problems=tuple(problems),
        notes=tuple(resource.notes.get(place, ())),
    )


def _problems_of(error):
    if error is None:
        return []
    if not hasattr(error, "error_dict"):
        return [("", text) for text in error.messages]
    return [
        ("" if name == "__all__" else name, text)
        for name, texts in error.message_dict.items()
        for text in texts
    ]


def _plain_lines(text):
    """Return a text line by line without markup or invisible characters, and what was taken out."""
    found = [plain_text(line) for line in text.replace("\r\n", "\n").split("\n")]
    said = dict.fromkeys(message for _, messages in found for message in messages)
    return "\n".join(line for line, _ in found).strip(), list(said)
