"""The names of the index and the lay words as one table, kept per process by evidence version."""

from threading import Lock

from evidence.models import EntryKind, SearchEntry
from evidence.searching.folding import spellings
from stackbuilder.searching.lay_words import search_words
from stackbuilder.searching.names import Field, Name, NameTable

# Among equals a compound comes first, an article last.
KIND_ORDER = {
    kind: place
    for place, kind in enumerate(
        (EntryKind.COMPOUND, EntryKind.GOAL, EntryKind.OUTCOME, EntryKind.ARTICLE)
    )
}

_lock = Lock()
_current: tuple[int, NameTable] | None = None


def known_names(version: int) -> NameTable:
    """Return the table of the newest evidence, whose version number is `version`."""
    global _current
    kept = _current
    if kept is not None and kept[0] == version:
        return kept[1]
    with _lock:
        if _current is None or _current[0] != version:
            _current = (version, NameTable(_names()))
        return _current[1]


def forget() -> None:
    """Drop the kept table; for tests, which change databases under the process."""
    global _current
    _current = None


def _names() -> list[Name]:
    """Read all names, in one query."""
    names, keys = [], {}
    rows = SearchEntry.objects.values_list("pk", "kind", "slug", "spellings")
    for pk, kind, slug, written in rows.iterator():
        keys[kind, slug] = pk
        order = KIND_ORDER[EntryKind(kind)]
        names += [Name(pk, words, shown, Field(field), order) for words, shown, field in written]
    for entry in search_words().words:
        # A compound that this database does not hold is found by none of its words.
        if (pk := keys.get(entry.key)) is None:
            continue
        order = KIND_ORDER[EntryKind(entry.key[0])]
        for word in entry.words:
            names += [Name(pk, words, word, Field.LAY, order) for words in spellings(word)]
    return names
