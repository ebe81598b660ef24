"""What can be read from the builder's address, and what is said of the rest."""

import pytest
from django.http import QueryDict

from stackbuilder.forms import BuilderForm, shortened

GOALS = ["sleep", "mood", "stress-anxiety"]


def read(query):
    """Return the validated form for the query of an address."""
    form = BuilderForm(QueryDict(query), goals=GOALS)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    "query, weights",
    [
        ("", {}),
        ("goal=sleep", {"sleep": 1}),
        ("goal=sleep:", {"sleep": 1}),
        ("goal=sleep:3", {"sleep": 3}),
        ("goal=sleep%3A2&goal=stress-anxiety:1", {"sleep": 2, "stress-anxiety": 1}),
        ("colour=red&goal=mood:2", {"mood": 2}),
    ],
)
def test_form_reads_goals_with_weights(query, weights):
    form = read(query)

    assert form.weights == weights
    assert form.problems == []


def test_form_puts_goals_in_the_sites_order():
    assert list(read("goal=stress-anxiety:1&goal=sleep:2").weights) == ["sleep", "stress-anxiety"]


@pytest.mark.parametrize(
    "value, message",
    [
        ("", "There is no goal called “”."),
        ("Sleep", "There is no goal called “Sleep”."),
        ("sleep2", "There is no goal called “sleep2”."),
        ("flight:2", "There is no goal called “flight”."),
        ("sleep:0", "The weight of sleep must be 1, 2 or 3, not “0”."),
        ("sleep:4", "The weight of sleep must be 1, 2 or 3, not “4”."),
        ("sleep:99", "The weight of sleep must be 1, 2 or 3, not “99”."),
        ("sleep:-1", "The weight of sleep must be 1, 2 or 3, not “-1”."),
        ("sleep:1.0", "The weight of sleep must be 1, 2 or 3, not “1.0”."),
        ("sleep:abc", "The weight of sleep must be 1, 2 or 3, not “abc”."),
        ("sleep:2:3", "The weight of sleep must be 1, 2 or 3, not “2:3”."),
        ("sleep:２", "The weight of sleep must be 1, 2 or 3, not “２”."),
        ("mood:2", "The goal mood is given twice."),
    ],
)
def test_form_names_what_is_wrong_with_a_goal_and_keeps_the_others(value, message):
    data = QueryDict(mutable=True)
    data.setlist("goal", ["mood:3", value])
    form = BuilderForm(data, goals=GOALS)

    assert not form.is_valid()
    assert form.problems == [message]
    assert form.weights == {"mood": 3}


def test_form_names_a_few_problems_and_counts_the_rest():
    form = read("&".join(f"goal=bad-{n}" for n in range(1000)) + "&goal=sleep")

    assert form.problems == [
        "There is no goal called “bad-0”.",
        "There is no goal called “bad-1”.",
        "There is no goal called “bad-2”.",
        "And 997 more like these.",
    ]
    assert form.weights == {"sleep": 1}


@pytest.mark.parametrize("page", ["1", "2", "100000", ""])
def test_form_reads_a_page(page):
    assert read(f"page={page}").problems == []


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "9" * 21, "9" * 5000, "%00", "%ff"])
def test_form_names_a_page_that_is_none_and_keeps_the_goals(page):
    form = read(f"goal=sleep&page={page}")

    assert len(form.problems) == 1
    assert form.problems[0].startswith("page: ")
    assert form.weights == {"sleep": 1}


@pytest.mark.parametrize("why", ["../../x", "%00", "%ff", "a b", "<b>", "a" * 61])
def test_form_names_reasons_of_what_cannot_be_a_compound(why):
    form = read(f"goal=sleep&why={why}")

    assert form.problems
    assert all(problem.startswith("why: ") for problem in form.problems)
    assert form.weights == {"sleep": 1}


@pytest.mark.parametrize(
    "text, shown",
    [
        ("sleep", "sleep"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 40 + "…"),
        ("a\x00b\nc", "a�b�c"),
        ("\u202eright to left", "�right to left"),
        ("\ud800", "�"),
    ],
)
def test_shortened_text_is_printable_and_fits_a_line(text, shown):
    assert shortened(text) == shown
