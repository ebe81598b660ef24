"""All that the builder shows for one state and one visitor."""

import pytest
from django.http import QueryDict

from stackbuilder import builder_page as module
from stackbuilder.builder_page import builder_page
from stackbuilder.candidates import snapshot
from stackbuilder.engine.person import Person
from stackbuilder.forms import BuilderForm
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_study,
    publish_all,
)

pytestmark = pytest.mark.django_db

PREGNANT = Person(conditions=frozenset({"pregnancy"}))


@pytest.fixture
def newest():
    """Six compounds are ranked for sleep; the third is contraindicated in pregnancy."""
    make_goal("sleep", position=0)
    for number in range(1, 7):
        study = make_study(f"pmid:{number}")
        shift = 20 - 2 * number
        make_finding(
            compound=make_compound(f"compound-{number}"),
            study=study,
            estimate=-shift,
            ci_low=-shift - 3,
            ci_high=-shift + 3,
        )
    make_caution(
        make_compound("compound-3"),
        condition=make_condition("pregnancy"),
        level="contraindicated",
    )
    return publish_all().version.number


def page_of(query, newest, person=None):
    """Return the context of an address."""
    form = BuilderForm(QueryDict(query), tables=snapshot(newest), version=newest)
    return builder_page(form, person or Person(), newest)


def places(page):
    return [card.ranked.place for card in page["cards"]]


def test_page_without_a_goal_has_no_ranking_and_no_stack(newest):
    page = page_of("", newest)

    assert "cards" not in page
    assert page["panel"] is None
    assert page["suggest_form"] is None


def test_page_without_answers_leaves_nobody_out(newest):
    page = page_of("goal=sleep", newest)

    assert places(page) == [1, 2, 3, 4, 5, 6]
    assert page["left_out_count"] == 0
    assert page["answers"] == 0


def test_page_with_answers_leaves_a_gap_and_says_who_stood_there(newest):
    page = page_of("goal=sleep", newest, PREGNANT)

    assert places(page) == [1, 2, 4, 5, 6]
    (out,) = page["left_out"]
    assert (out.slug, out.place) == ("compound-3", 3)
    assert page["count"] == 6
    assert page["answers"] == 1


def test_pages_are_cut_after_those_left_out_are_gone(newest, monkeypatch):
    monkeypatch.setattr(module, "CARDS_A_PAGE", 3)

    first = page_of("goal=sleep", newest, PREGNANT)
    second = page_of("goal=sleep&page=2", newest, PREGNANT)

    assert (places(first), places(second)) == ([1, 2, 4], [5, 6])
    assert first["pages"] == 2
    assert first["next_url"] == "/?goal=sleep:1&page=2"
    assert second["previous_url"] == "/?goal=sleep:1"


def test_long_list_of_those_left_out_is_cut_and_counted(newest, monkeypatch):
    monkeypatch.setattr(module, "LEFT_OUT_SHOWN", 2)

    page = page_of("goal=sleep&certainty=high", newest)

    assert len(page["left_out_by_preference"]) == 2
    assert page["left_out_by_preference_more"] == 4
    assert page["left_out_count"] == 6


def test_page_of_a_pinned_address_says_whether_newer_evidence_exists(newest):
    pinned = page_of(f"goal=sleep&evidence={newest}", newest)["pinned"]
    publish_all()
    old = page_of(f"goal=sleep&evidence={newest}", newest + 1)["pinned"]

    assert (pinned["version"].number, pinned["is_old"]) == (newest, False)
    assert old["is_old"]
    assert old["live_url"] == "/?goal=sleep:1"


def test_page_reads_the_tables_of_safety_only_if_something_asks(newest, django_assert_num_queries):
    snapshot(newest)

    with django_assert_num_queries(0):
        page_of("goal=sleep&certainty=low", newest)
    with django_assert_num_queries(7):
        page_of("goal=sleep&region=US", newest)
    with django_assert_num_queries(0):
        page_of("goal=sleep", newest, PREGNANT)


def test_no_answer_stays_in_what_the_process_keeps(newest):
    tables = snapshot(newest)

    page_of("goal=sleep", newest, PREGNANT)

    assert tables._ranked.cache_info().currsize == 1
    again = page_of("goal=sleep", newest)
    assert places(again) == [1, 2, 3, 4, 5, 6]
    assert tables._ranked.cache_info().currsize == 1
