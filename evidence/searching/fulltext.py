"""Full text over the index: FTS5 on SQLite, tsvector on PostgreSQL, one question to both.

The words come folded, so they hold letters and digits alone; they are quoted all the same, and
passed as values. Nothing that a visitor types is an operator.
"""

from django.db import connection

from evidence.models import SearchEntry

# How much a word counts by where it stands: title, other names, goals and outcomes, text.
WEIGHTS = (8.0, 5.0, 2.0, 1.0)
# PostgreSQL wants them from D to A, at most 1.
_RANK = "'{" + ", ".join(str(weight / WEIGHTS[0]) for weight in reversed(WEIGHTS)) + "}'"

# Shorter words and numbers stand for themselves: too much begins with them.
SHORTEST_BEGINNING = 3

_SQLITE = f"""
    SELECT rowid FROM evidence_searchentry_words WHERE evidence_searchentry_words MATCH %s
    ORDER BY bm25(evidence_searchentry_words, {", ".join(map(str, WEIGHTS))}), rowid LIMIT %s
"""  # noqa: S608 the weights are ours
_POSTGRESQL = f"""
    SELECT id FROM evidence_searchentry, to_tsquery('simple', %s) AS asked WHERE words @@ asked
    ORDER BY ts_rank({_RANK}, words, asked) DESC, id LIMIT %s
"""  # noqa: S608


def entries_with(words, limit):
    """Return the ids of at most `limit` entries that hold all words, the likeliest first.

    Each word is a tuple of folded beginnings, of which one is enough: ("sleeping", "sleep").
    """
    if not words:
        return []
    is_sqlite = connection.vendor == "sqlite"
    question = _for_sqlite(words) if is_sqlite else _for_postgresql(words)
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if is_sqlite else _POSTGRESQL, [question, limit])
        return [pk for (pk,) in cursor.fetchall()]


def public_entries(keys):
    """Return {id: entry} for those ids that are public, without the text that was searched."""
    rows = SearchEntry.objects.public().filter(pk__in=keys).defer("folded_body", "spellings")
    return rows.in_bulk()


def _for_sqlite(words):
    return " AND ".join(
        "(" + " OR ".join(f'"{one}"' + "*" * _may_begin(one) for one in word) + ")"
        for word in words
    )


def _for_postgresql(words):
    return " & ".join(
        "(" + " | ".join(f"'{one}'" + ":*" * _may_begin(one) for one in word) + ")"
        for word in words
    )


def _may_begin(word):
    return len(word) >= SHORTEST_BEGINNING and not word.isdecimal()
