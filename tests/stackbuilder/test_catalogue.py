"""The list of compounds, filtered and sorted."""

import pytest

from evidence.models import Compound
from stackbuilder.candidates import snapshot
from stackbuilder.catalogue import LETTER_ORDER, catalogue_rows, with_summaries

pytestmark = pytest.mark.django_db

ANY = dict.fromkeys(
    ("q", "goal", "kind", "route", "status", "region", "letter", "sort", "page"), ""
)


def slugs(**wanted):
    return [row.slug for row in catalogue_rows(snapshot(), {**ANY, **wanted})]


def test_rows_are_all_compounds_by_name_when_nothing_is_asked(catalogue):
    rows = catalogue_rows(snapshot(), ANY)

    assert len(rows) == 48
    assert [row.name.lower() for row in rows] == sorted(row.name.lower() for row in rows)


def test_rows_of_a_class(catalogue):
    expected = Compound.objects.filter(compound_class="mineral").values_list("slug", flat=True)

    assert set(slugs(kind="mineral")) == set(expected)


def test_rows_of_a_route(catalogue):
    assert "semaglutide" in slugs(route="subcutaneous")
    assert "creatine" not in slugs(route="subcutaneous")


def test_rows_of_a_legal_status_in_a_region(catalogue):
    found = slugs(status="prescription-only", region="UK")

    assert "melatonin" in found
    assert set(found) < set(slugs(region="UK"))


@pytest.mark.parametrize("name", ["melatonin", "MELATONIN", "N-acetyl-5", "latoni"])
def test_rows_by_part_of_a_name_or_alias(catalogue, name):
    assert "melatonin" in slugs(q=name)


def test_rows_by_a_name_nobody_has(catalogue):
    assert slugs(q="unobtainium") == []


def test_rows_of_a_goal_and_letter_show_that_letter(catalogue):
    rows = catalogue_rows(snapshot(), {**ANY, "goal": "sleep", "letter": "D"})

    assert rows
    assert {(b.goal_slug, b.letter) for row in rows for b in row.badges} == {("sleep", "D")}


def test_rows_by_letter_come_best_first(catalogue):
    rows = catalogue_rows(snapshot(), {**ANY, "sort": "letter"})
    places = [LETTER_ORDER[row.badges[0].letter if row.badges else ""] for row in rows]

    assert places == sorted(places)


def test_rows_by_benefit_follow_the_ranking_of_the_goal(catalogue):
    tables = snapshot()
    ranking, _, _ = tables.ranked({"sleep": 1})

    found = slugs(goal="sleep", sort="benefit")

    assert tuple(found[: len(ranking)]) == ranking.slugs


def test_summaries_take_one_query(catalogue, django_assert_num_queries):
    rows = catalogue_rows(snapshot(), ANY)

    with django_assert_num_queries(1):
        pairs = with_summaries(rows)

    assert all(summary for _, summary in pairs)
