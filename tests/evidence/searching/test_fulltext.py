"""One question to either database."""

import pytest
from django.db import connection

from evidence.models import SearchEntry
from evidence.searching.fulltext import entries_with, public_entries

pytestmark = pytest.mark.django_db


def make_entry(slug, **columns):
    """Return an entry whose columns are folded already."""
    values = {"kind": "compound", "title": slug, "folded_title": slug, "digest": "made"}
    return SearchEntry.objects.create(slug=slug, **{**values, **columns})


def found(*words, limit=10):
    """Return the slugs that `words` find, in the order of the database."""
    slugs = dict(SearchEntry.objects.values_list("pk", "slug"))
    return [slugs[pk] for pk in entries_with(words, limit)]


def test_title_counts_more_than_names_these_more_than_outcomes_and_text_least():
    make_entry("a", folded_body="sleep")
    make_entry("b", folded_about="sleep")
    make_entry("c", folded_names="sleep")
    make_entry("sleep")

    assert found(("sleep",)) == ["sleep", "c", "b", "a"]


def test_every_word_is_needed_wherever_it_stands():
    make_entry("magnesium", folded_about="sleep")
    make_entry("sleep")

    assert found(("sleep",), ("magnes",)) == ["magnesium"]


def test_one_of_the_beginnings_of_a_word_is_enough():
    make_entry("a", folded_body="asleep sleeper")

    assert found(("sleeping", "sleep")) == ["a"]


def test_short_words_and_numbers_begin_nothing():
    make_entry("a", folded_body="cd 12")

    assert found(("c",)) == []
    assert found(("1",)) == []
    assert found(("cd",), ("12",)) == ["a"]


@pytest.mark.parametrize(
    "word", ["and", "or", "not", "near", "rowid", "folded title", "é", "中文", "ʹ", "1e5"]
)
def test_no_word_is_an_operator(word):
    make_entry("a")

    assert found((word,)) == []


def test_nothing_asked_finds_nothing_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert entries_with([], 10) == []


def test_at_most_so_many_are_found():
    for number in range(5):
        make_entry(f"a-{number}", folded_body="sleep")

    assert len(found(("sleep",), limit=3)) == 3


def test_index_follows_every_way_of_writing():
    entry = make_entry("a", folded_body="old")

    SearchEntry.objects.filter(pk=entry.pk).update(folded_body="newer")
    after_update = found(("old",)), found(("newer",))
    SearchEntry.objects.bulk_create(
        [SearchEntry(kind="compound", slug="a", title="a", folded_title="a", folded_body="newest")],
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["folded_body"],
    )
    after_upsert = found(("newer",)), found(("newest",))
    SearchEntry.objects.all().delete()

    assert after_update == ([], ["a"])
    assert after_upsert == ([], ["a"])
    assert found(("newest",)) == []


def test_every_migration_left_the_index_in_place():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = {f"evidence_searchentry_words_{act}" for act in ("insert", "update", "delete")}
        else:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin%'")
            wanted = {"search_entry_words"}
        there = {name for (name,) in cursor.fetchall()}

    assert wanted <= there


def test_public_entries_are_read_in_one_query(django_assert_num_queries):
    keys = [make_entry("a").pk, make_entry("b").pk, 10**9]

    with django_assert_num_queries(1):
        entries = public_entries(keys)
        titles = {entry.title for entry in entries.values()}

    assert titles == {"a", "b"}
