"""Addresses of the builder."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis import Certainty
from stackbuilder.engine.person import INJECTED
from stackbuilder.forms import BuilderForm
from stackbuilder.law import ELSEWHERE
from stackbuilder.links import State, builder_url, with_weight

GOALS = ["sleep", "mood", "stress-anxiety"]
TABLES = SimpleNamespace(
    goals=[SimpleNamespace(slug=slug) for slug in GOALS],
    row_of={"zinc": 0, "melatonin": 1},
)


def test_builder_url_without_a_goal_is_the_front_page():
    assert builder_url({}) == "/"


def test_builder_url_keeps_goals_in_their_order_and_readable():
    url = builder_url({"sleep": 2, "stress-anxiety": 1})

    assert url == "/?goal=sleep:2&goal=stress-anxiety:1"


def test_builder_url_adds_only_what_has_a_value():
    url = builder_url({"sleep": 2}, why="zinc", page=1)

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


CHOSEN = State(
    weights={"sleep": 2, "mood": 1},
    members=("zinc", "melatonin", "valerian"),
    region="world",
    no_injections=True,
    is_tested=True,
    certainty="moderate",
    size=3,
    budget=Decimal("40.00"),
    currency="EUR",
    must=("zinc",),
    must_not=("saffron",),
    evidence=4,
    why="zinc",
    page=2,
)


def test_address_holds_all_that_was_chosen_in_one_order():
    assert CHOSEN.url() == (
        "/?goal=sleep:2&goal=mood:1&in=zinc&in=melatonin&in=valerian&region=world&injections=no"
        "&tested=yes&certainty=moderate&size=3&budget=40&currency=EUR&must=zinc&not=saffron"
        "&evidence=4&why=zinc&page=2"
    )


def test_address_leaves_out_what_is_usual():
    assert State(weights={"sleep": 1}).url() == "/?goal=sleep:1"
    assert State().url() == "/"
    assert State(budget=Decimal(0)).query == "budget=0"


def test_change_of_the_ranking_starts_at_its_first_page_with_nothing_open():
    assert CHOSEN.asking(region="US") == CHOSEN.having(region="US", why="", page=1)


def test_member_is_added_at_the_end_and_only_once():
    added = CHOSEN.adding("saffron")

    assert added.members == ("zinc", "melatonin", "valerian", "saffron")
    assert added.adding("zinc") == added


def test_member_is_taken_out():
    assert CHOSEN.without("melatonin").members == ("zinc", "valerian")
    assert CHOSEN.without("unheard-of") == CHOSEN


@pytest.mark.parametrize(
    "slug, by, expected",
    [
        ("zinc", 1, ("melatonin", "zinc", "valerian")),
        ("zinc", -1, ("zinc", "melatonin", "valerian")),
        ("valerian", -1, ("zinc", "valerian", "melatonin")),
        ("valerian", 1, ("zinc", "melatonin", "valerian")),
    ],
)
def test_member_moves_and_stops_at_the_ends(slug, by, expected):
    assert CHOSEN.moved(slug, by).members == expected


def test_form_carries_along_all_but_its_own_fields():
    names = [name for name, _ in CHOSEN.preference_pairs]

    assert not {"region", "injections", "tested", "certainty", "why", "page"} & set(names)
    assert names.count("in") == 3


def test_preferences_are_those_of_the_engine():
    preferences = CHOSEN.preferences

    assert preferences.region == ELSEWHERE
    assert preferences.excluded_routes == INJECTED
    assert preferences.is_tested_for_doping
    assert preferences.least_certainty is Certainty.MODERATE
    assert (preferences.size, preferences.budget, preferences.currency) == (3, 40, "EUR")


SLUGS = st.lists(st.sampled_from(["zinc", "melatonin"]), unique=True).map(tuple)


@given(
    st.builds(
        State,
        weights=st.dictionaries(st.sampled_from(GOALS), st.integers(1, 3)).map(
            lambda weights: {slug: weights[slug] for slug in GOALS if slug in weights}
        ),
        members=SLUGS,
        region=st.sampled_from(["", "US", "EU", "world"]),
        no_injections=st.booleans(),
        is_tested=st.booleans(),
        certainty=st.sampled_from(["", "low", "moderate", "high"]),
        size=st.integers(1, 20),
        budget=st.none() | st.decimals(0, 100_000, places=2),
        currency=st.sampled_from(["USD", "EUR"]),
        must=SLUGS,
        must_not=SLUGS,
        evidence=st.none() | st.integers(1, 7),
        why=st.sampled_from(["", "zinc"]),
        page=st.integers(1, 100),
    )
)
def test_what_an_address_says_is_read_back_from_it(state):
    form = BuilderForm(QueryDict(state.query), tables=TABLES, version=7)

    assert form.state == state
    assert form.problems == []
