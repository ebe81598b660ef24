"""What records of the history say, in words for people, fetched for many records at once.

A record is one version of a row, as django-simple-history keeps it. Rows that a record points at
are fetched with it; one that was deleted since is named by its number.
"""

from collections import defaultdict

from django.core.exceptions import ObjectDoesNotExist
from django.utils.text import capfirst
from simple_history.utils import get_m2m_reverse_field_name

from evidence.differences import Change, shown

# Columns that repeat what stands beside a record anyway: which row it is, and who published it.
REPEATED = frozenset({"published_by"})


def recorded(model, history_ids):
    """Return the records with these ids, each with what it points at: {history id: record}.

    One query, and one more for each of the model's lists of other rows.
    """
    joined = [field.name for field in _columns(model) if field.remote_field]
    found = model.history.filter(history_id__in=history_ids)
    records = {one.history_id: one for one in found.select_related("history_user", *joined)}
    for record in records.values():
        record.chosen = defaultdict(dict)
    for field in _lists(model) if records else ():
        link = getattr(next(iter(records.values())), field.name).model
        target = get_m2m_reverse_field_name(field)
        for row in link._base_manager.filter(history__in=records).select_related(target):
            chosen = records[row.history_id].chosen[field.name]
            pk = getattr(row, f"{target}_id")
            chosen[pk] = _named(getattr(row, target), pk)
    return records


def changes_between(before, after, *, leave_out=()):
    """Return what differs between two records of a row; before it was there, `before` is None.

    Records must come from `recorded`. `leave_out` are names of columns.
    """
    model = type(after).instance_type
    fields = [field for field in _columns(model) if field.name not in leave_out]
    changes = [_change(field, before, after, _value, _words) for field in fields]
    changes += [_change(field, before, after, _chosen, _chosen_words) for field in _lists(model)]
    return [change for change in changes if change]


def title_of(record):
    """Return how the row called itself when this record was made."""
    row = record.instance
    for field in _columns(type(row)):
        related = getattr(record, field.name) if field.remote_field else None
        if related is not None:
            setattr(row, field.name, related)
    try:
        return str(row)
    except (AttributeError, ObjectDoesNotExist):
        return f"no. {row.pk}"


def past_row(record):
    """Return the row as it was, not stored, and the ids that its lists held, by name."""
    lists = {
        field.name: sorted(record.chosen[field.name]) for field in _lists(type(record.instance))
    }
    return record.instance, lists


def _columns(model):
    """Return the columns of a model that its history keeps, without its own id."""
    kept = {field.name for field in model.history.model.tracked_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in kept - REPEATED and not field.primary_key
    ]


def _lists(model):
    return model.history.model._history_m2m_fields


def _change(field, before, after, value, words):
    """Return the change of one field, or None."""
    if before is not None and value(before, field) == value(after, field):
        return None
    old = "" if before is None else words(before, field)
    new = words(after, field)
    if before is None and not new:
        return None
    return Change(field.name, capfirst(str(field.verbose_name)), old, new)


def _value(record, field):
    return getattr(record, field.attname)


def _words(record, field):
    value = _value(record, field)
    if field.remote_field and value is not None:
        return _named(getattr(record, field.name), value)
    return shown(field, value)


def _chosen(record, field):
    return set(record.chosen[field.name])


def _chosen_words(record, field):
    return "; ".join(sorted(record.chosen[field.name].values()))


def _named(row, pk):
    return str(row) if row is not None else f"no. {pk}, deleted since"
