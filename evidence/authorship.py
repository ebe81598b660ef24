"""Two people: whoever wrote a row, or was the last to edit it, does not publish it.

Who that is stands in the row's history: the user of its first record, and of the newest one that
changed what the row says. A site of one person turns the rule off (TWO_PERSON_REVIEW=0), and its
pages then say so. The account that loads files is nobody, and so is a user who is not known.
"""

from itertools import groupby
from operator import itemgetter

from django.conf import settings

from evidence.publication import SYSTEM_USERNAME

# Columns that say where a row stands on its way, not what it says.
BOOKKEEPING = frozenset({"id", "state", "published_at", "published_by_id", "figures_at_review"})
# Columns that say when to look at it again: anyone may set them, and nobody becomes an author.
PLANNING = frozenset({"next_review_on"})


def is_two_person():
    """Say whether this site asks a second person to publish."""
    return settings.TWO_PERSON_REVIEW


def review_words():
    """Say to readers who has looked at what they read, besides whoever wrote it."""
    if is_two_person():
        return (
            "What was published straight from files has not yet been reviewed by a second person."
        )
    return "Single reviewer: no second person has reviewed what is published here."


def content_columns(model):
    """Return the names of the columns that say what a row of `model` says."""
    names = (field.attname for field in model._meta.concrete_fields)
    return tuple(name for name in names if name not in BOOKKEEPING | PLANNING)


def authors_of(rows):
    """Return the ids of the users who wrote or last edited each row: {row id: {user id}}.

    The rows are of one model; one query.
    """
    rows = list(rows)
    if not rows:
        return {}
    model = type(rows[0])
    columns = content_columns(model)
    records = (
        model.history.filter(id__in=[row.pk for row in rows])
        .order_by("id", "history_id")
        .values("id", "history_user_id", "history_user__username", *columns)
    )
    authors = {row.pk: set() for row in rows}
    for pk, versions in groupby(records.iterator(), itemgetter("id")):
        authors[pk] = _people(versions, columns)
    return authors


def may_publish(row, user):
    """Say whether the rule of two people lets `user` publish `row`."""
    return not is_two_person() or user.pk not in authors_of([row])[row.pk]


def _people(records, columns):
    """Return who wrote the first of these records, and the newest with other content."""
    first = last = content = None
    for record in records:
        before, content = content, itemgetter(*columns)(record)
        if first is None:
            first = record
        if content != before:
            last = record
    known = (record for record in (first, last) if record)
    return {
        record["history_user_id"]
        for record in known
        if record["history_user_id"] and record["history_user__username"] != SYSTEM_USERNAME
    }
