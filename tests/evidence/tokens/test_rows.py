"""The rows behind tokens: what is public of them, in how many queries."""

import pytest

from evidence.markdown import render
from evidence.publication import publish_change, system_user
from evidence.tokens.rows import rows_behind, tokens_of
from tests.factories import make_compound, make_finding, make_goal, publish_all

pytestmark = pytest.mark.django_db
TEXT = "{{ finding:melatonin-01 }} {{ profile:melatonin/sleep }} {{ what }}"


def behind(source, **options):
    return rows_behind(tokens_of(render(source)), **options)


def test_rows_are_those_that_tokens_name():
    finding = make_finding()
    make_finding()
    publish_all()

    rows = behind(TEXT)

    assert rows.findings == {"melatonin-01": finding}
    assert {pair: row.letter for pair, row in rows.profiles.items()} == {
        ("melatonin", "sleep"): "D"
    }


def test_draft_is_there_only_for_who_may_see_it():
    make_finding(published=False)

    assert behind(TEXT).findings == {}
    assert list(behind(TEXT, needs_public=False).findings) == ["melatonin-01"]


def test_what_belongs_to_a_draft_compound_is_not_public():
    make_finding(compound=make_compound("melatonin", published=False))
    publish_all()

    rows = behind(TEXT)

    assert (rows.findings, rows.profiles) == ({}, {})


def test_profile_is_that_of_the_version_asked_for():
    make_goal()
    before = publish_change(by=system_user(), why="Nothing yet").version.number
    make_finding()
    publish_all()

    assert behind(TEXT, version=before).profiles == {}
    assert len(behind(TEXT).profiles) == 1


def test_pair_that_nobody_named_is_left_out():
    make_finding(compound=make_compound("valerian"))
    make_finding()
    publish_all()

    rows = behind("{{ profile:melatonin/sleep }} {{ profile:valerian/mood }}")

    assert list(rows.profiles) == [("melatonin", "sleep")]


@pytest.mark.parametrize("times", [1, 40])
def test_rows_take_four_queries_however_many_tokens(times, django_assert_num_queries):
    for _ in range(times):
        make_finding()
    publish_all()
    keys = " ".join(f"{{{{ finding:melatonin-{n + 1:02} }}}}" for n in range(times))

    with django_assert_num_queries(4):
        behind(f"{keys} {{{{ profile:melatonin/sleep }}}}")


def test_text_without_tokens_takes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        behind("Words.")
