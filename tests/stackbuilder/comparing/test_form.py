"""What the address of a comparison may hold."""

import pytest
from django.http import QueryDict

from stackbuilder.candidates import snapshot
from stackbuilder.comparing.form import MOST_COMPARED, ComparisonForm, choices_of
from tests.factories import make_compound, make_goal, publish_all

pytestmark = pytest.mark.django_db

SLUGS = ("a", "b", "c", "d", "e")


@pytest.fixture
def read():
    """Return a function that reads an address of a site with five compounds."""
    make_goal("sleep")
    for slug in SLUGS:
        make_compound(slug, name=f"Compound {slug}")
    version = publish_all().version.number

    def read(query):
        return ComparisonForm(QueryDict(query), tables=snapshot(version), version=version)

    return read


def test_form_takes_four_in_the_order_given(read):
    form = read("in=d&in=a&in=c&in=b&goal=sleep:2")

    assert form.state.members == ("d", "a", "c", "b")
    assert dict(form.state.weights) == {"sleep": 2}
    assert form.problems == []


def test_form_takes_a_repeated_compound_once(read):
    form = read("in=a&in=b&in=a")

    assert (form.state.members, form.problems) == (("a", "b"), [])


def test_form_ignores_choices_that_were_left_empty(read):
    form = read("in=a&in=&in=b&in=")

    assert (form.state.members, form.problems) == (("a", "b"), [])


def test_form_keeps_the_first_four_and_says_that_no_more_fit(read):
    form = read("in=a&in=b&in=c&in=d&in=e")

    assert form.state.members == SLUGS[:MOST_COMPARED]
    assert "At most 4 compounds fit here" in form.problems[0]


def test_form_names_an_unknown_compound_and_keeps_the_rest(read):
    form = read("in=a&in=unobtainium&in=b")

    assert form.state.members == ("a", "b")
    assert "“unobtainium”" in form.problems[0]


def test_choices_are_every_compound_by_name_but_those_chosen(read):
    read("")
    make_compound("z", name="Aa")
    tables = snapshot(publish_all().version.number)

    assert [slug for slug, _ in choices_of(tables)] == ["z", *SLUGS]
    assert [slug for slug, _ in choices_of(tables, but=("a", "z"))] == ["b", "c", "d", "e"]
