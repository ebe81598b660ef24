"""What the pages of changes show."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from evidence.changes import pages
from evidence.changes.acts import Scope
from evidence.changes.pages import change_form, days, one_act, scope_of
from evidence.models import EvidenceVersion
from evidence.publication import publish_change, system_user, withdraw_compounds
from tests.curators import edit
from tests.factories import make_compound, make_finding, make_goal, make_user, publish_all

pytestmark = pytest.mark.django_db


def form_of(query=""):
    return change_form(QueryDict(query))


def test_scope_is_what_was_chosen():
    compound, goal = make_compound(), make_goal()

    assert scope_of(form_of(), 3) == Scope(3)
    assert scope_of(form_of("compound=melatonin"), 3) == Scope(3, compound)
    assert scope_of(form_of("goal=sleep&compound=melatonin"), 3) == Scope(3, compound, goal)
    assert scope_of(form_of("goal=mood&compound=melatonin"), 3) == Scope(3, compound)


def test_renamed_compound_is_meant_by_its_former_address():
    edit(make_compound(), by=make_user(), slug="melatonin-oral")

    form = form_of("compound=melatonin")

    assert form.is_valid()
    assert form.readable() == {"compound": "melatonin-oral"}


def test_withdrawn_compound_is_refused_by_its_name():
    withdraw_compounds([make_compound()], by=make_user(), why="Wrong molecule")

    form = form_of("compound=melatonin")

    assert form.errors == {"compound": ["Melatonin was withdrawn; it must not be relied on."]}


def test_acts_of_a_day_come_together():
    for number in range(3):
        publish_change(by=system_user(), why=f"Act {number}")
    EvidenceVersion.objects.filter(number__gt=1).update(at=datetime(2025, 3, 2, 9, tzinfo=UTC))
    EvidenceVersion.objects.filter(number=1).update(at=datetime(2025, 3, 1, 9, tzinfo=UTC))

    shown = days(form_of(), Scope(9))

    assert [(str(day), [act.number for act in acts]) for day, acts in shown["days"]] == [
        ("2025-03-02", [3, 2]),
        ("2025-03-01", [1]),
    ]
    assert shown["heading"] == "3 changes"


@pytest.mark.parametrize(
    "query, numbers, links",
    [
        ("", [3, 2], (False, "?page=2")),
        ("page=2", [1], ("?page=1", False)),
        ("page=99", [1], ("?page=1", False)),
        ("page=0", [3, 2], (False, "?page=2")),
    ],
)
def test_acts_are_paged(query, numbers, links, monkeypatch):
    monkeypatch.setattr(pages, "ACTS_A_PAGE", 2)
    for number in range(3):
        publish_change(by=system_user(), why=f"Act {number}")

    shown = days(form_of(query), Scope(9))

    assert [act.number for _, acts in shown["days"] for act in acts] == numbers
    assert (shown["previous_url"], shown["next_url"]) == links


def test_one_act_shows_a_page_of_what_it_moved(monkeypatch):
    monkeypatch.setattr(pages, "STEPS_A_PAGE", 2)
    for slug in ("melatonin", "saffron", "valerian"):
        make_finding(compound=make_compound(slug))
    version = publish_all().version

    shown = [one_act(form_of(query), Scope(9), version) for query in ("", "page=2")]

    steps = [[step.compound.slug for step in one["act"].steps] for one in shown]
    assert steps == [["melatonin", "saffron"], ["valerian"]]
    assert shown[0]["heading"] == "3 compounds, 3 profiles for 1 goal"
    assert shown[0]["next_url"] == "?page=2"


def test_one_act_that_moved_nothing_says_so():
    version = publish_change(by=system_user(), why="Words").version

    shown = one_act(form_of(), Scope(9), version)

    assert (shown["heading"], shown["act"].steps) == ("No profile moved", ())
