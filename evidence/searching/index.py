"""Keeps the search index in step with the evidence.

`refresh_index` belongs into the transaction of every publication, which holds the one lock; so
each process finds what the evidence version says, however many there are, and a request writes
nothing. It compares everything with its row and writes what differs, so it also puts right
whatever was changed behind its back; `manage.py index_search` calls it after an upgrade.
"""

from django.db import transaction

from evidence.models import SearchEntry
from evidence.searching.texts import all_texts, outcomes_of

KEY = ("kind", "slug")
ROWS_AT_A_TIME = 500


@transaction.atomic
def refresh_index(touched=None):
    """Make the rows that differ anew and delete those of what is gone; return how many.

    `touched` are the ids of compounds whose findings may have changed; all of them if None.
    """
    kept = {(kind, slug): digest for kind, slug, digest in _kept()}
    stale, seen = [], set()
    for text in all_texts():
        key = (text.kind, text.slug)
        seen.add(key)
        is_touched = text.compound_id and (touched is None or text.compound_id in touched)
        if is_touched or kept.get(key) != text.digest:
            stale.append(text)
    _delete(kept.keys() - seen)
    for start in range(0, len(stale), ROWS_AT_A_TIME):
        _write(stale[start : start + ROWS_AT_A_TIME])
    return len(stale) + len(kept.keys() - seen)


def _kept():
    return SearchEntry.objects.values_list(*KEY, "digest")


def _write(texts):
    """Make these rows, or make them anew."""
    about = outcomes_of({text.compound_id for text in texts if text.compound_id})
    rows = [SearchEntry(**text.values(about.get(text.compound_id, ""))) for text in texts]
    fields = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    SearchEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=[name for name in fields if name not in KEY],
    )


def _delete(keys):
    for kind in {kind for kind, _ in keys}:
        slugs = [slug for of, slug in keys if of == kind]
        for start in range(0, len(slugs), ROWS_AT_A_TIME):
            chosen = slugs[start : start + ROWS_AT_A_TIME]
            SearchEntry.objects.filter(kind=kind, slug__in=chosen).delete()
