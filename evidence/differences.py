"""What differs between two versions of a row, in words for people: column, before, after."""

from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst

from evidence.authorship import BOOKKEEPING
from evidence.choices import FindingState
from evidence.figures import printed


@dataclass(frozen=True)
class Change:
    """One column that differs; `before` and `after` are as a page prints them, empty if unset."""

    name: str
    label: str
    before: str
    after: str


def newest_record(row):
    """Return the newest record in the history of `row`; None if it has none."""
    return row.history.order_by("-history_id").first()


def last_public(row):
    """Return the newest record of `row` as the public read it; None if it never did."""
    public = row.history.filter(state=FindingState.PUBLISHED)
    return public.order_by("-history_id").first()


def diff(row, record):
    """Return what changed from a record of the history to `row`, itself a row or a record."""
    fields = _fields(row)
    return [_change(field, record, row) for field in fields if _differs(field, record, row)]


def diff_of(proposal):
    """Return what a proposal would change, against what is stored now."""
    return diff(proposed_row(proposal), proposal.row)


def proposed_row(proposal):
    """Return the row as a proposal would make it, read anew and not stored."""
    row = type(proposal.row)._default_manager.get(pk=proposal.row.pk)
    for name, value in proposal.values.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))
    return row


def changed_since(row, history_id):
    """Return what changed in `row` since the record with this number, which somebody had read."""
    record = row.history.filter(history_id=history_id).first()
    return [] if record is None else diff(row, record)


def shown(field, value):
    """Return a stored value as a page prints it; nothing is an empty text."""
    if value is None or value == "":
        return ""
    if field.remote_field:
        other = field.remote_field.model._default_manager.filter(pk=value).first()
        return str(other) if other else f"no. {value}, deleted since"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if isinstance(field, models.FloatField):
        return printed(value)
    if isinstance(field, models.DateField):
        return date_format(value, "j F Y")
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _fields(row):
    """Return the columns of a row that people read, of the model that a record is about."""
    model = getattr(type(row), "instance_type", type(row))
    return [field for field in model._meta.concrete_fields if field.attname not in BOOKKEEPING]


def _differs(field, before, after):
    return getattr(before, field.attname) != getattr(after, field.attname)


def _change(field, before, after):
    return Change(
        name=field.name,
        label=capfirst(str(field.verbose_name)),
        before=shown(field, getattr(before, field.attname)),
        after=shown(field, getattr(after, field.attname)),
    )
