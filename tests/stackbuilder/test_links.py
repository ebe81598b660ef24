"""Addresses of the builder."""

import pytest

from stackbuilder.links import builder_url, with_weight

GOALS = ["sleep", "mood", "stress-anxiety"]


def test_builder_url_without_a_goal_is_the_front_page():
    assert builder_url({}) == "/"


def test_builder_url_keeps_goals_in_their_order_and_readable():
    url = builder_url({"sleep": 2, "stress-anxiety": 1})

    assert url == "/?goal=sleep:2&goal=stress-anxiety:1"


def test_builder_url_adds_only_what_has_a_value():
    url = builder_url({"sleep": 2}, why="zinc", page=None)

    assert url == "/?goal=sleep:2&why=zinc"


def test_builder_url_escapes_what_means_something_in_an_address():
    assert builder_url({}, why="a&page=2") == "/?why=a%26page%3D2"


@pytest.mark.parametrize(
    "slug, weight, expected",
    [
        ("mood", 3, {"sleep": 1, "mood": 3, "stress-anxiety": 2}),
        ("sleep", 3, {"sleep": 3, "stress-anxiety": 2}),
        ("sleep", 0, {"stress-anxiety": 2}),
        ("mood", 0, {"sleep": 1, "stress-anxiety": 2}),
    ],
)
def test_with_weight_sets_or_leaves_out_one_goal_in_the_sites_order(slug, weight, expected):
    # Given out of order, as a dictionary that was built up by choosing would be.
    changed = with_weight({"stress-anxiety": 2, "sleep": 1}, GOALS, slug, weight)

    assert list(changed.items()) == list(expected.items())


def test_with_weight_leaves_what_it_was_given_alone():
    weights = {"sleep": 1}

    with_weight(weights, GOALS, "mood", 2)

    assert weights == {"sleep": 1}
