"""What holds for every compound and every person: nothing but the visitor's own word frees any."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis import Certainty
from stackbuilder.engine.person import INJECTED, Preferences
from stackbuilder.engine.safety import Outcome, screen
from tests import made_up_safety
from tests.made_up_safety import OVERLAPS, SLUG, a_compound, a_person

STRICTER = [Outcome.IN, Outcome.IN_FLAGGED, Outcome.OUT_UNLESS, Outcome.OUT]


def screened(compound, who, preferences):
    return screen(compound, who, preferences, OVERLAPS)


def strictness(screening):
    return STRICTER.index(screening.outcome)


preferences = st.builds(
    Preferences,
    region=st.sampled_from(("", "US", "EU")),
    excluded_routes=st.sampled_from((frozenset(), INJECTED)),
    is_tested_for_doping=st.booleans(),
)


@given(made_up_safety.compounds, made_up_safety.people, made_up_safety.answers, preferences)
def test_further_answers_never_free_a_compound(compound, who, further, wishes):
    more = a_person(*who.answers, *further, let_back_in=who.let_back_in)

    assert strictness(screened(compound, more, wishes)) >= strictness(
        screened(compound, who, wishes)
    )


@given(made_up_safety.compounds, made_up_safety.facts, made_up_safety.people, preferences)
def test_further_facts_never_free_a_compound(compound, further, who, wishes):
    added = a_compound(*further)
    more = replace(
        compound,
        cautions=compound.cautions + added.cautions,
        interactions=added.interactions + compound.interactions,
        statuses=compound.statuses + added.statuses,
    )

    assert strictness(screened(more, who, wishes)) >= strictness(screened(compound, who, wishes))


@given(made_up_safety.compounds, made_up_safety.people, preferences)
def test_letting_in_frees_only_what_should_be_avoided(compound, who, wishes):
    refused = screened(compound, replace(who, let_back_in=frozenset()), wishes)

    allowed = screened(compound, replace(who, let_back_in=frozenset({SLUG})), wishes)

    freed = refused.outcome is Outcome.OUT_UNLESS
    assert allowed.outcome is (Outcome.IN_FLAGGED if freed else refused.outcome)
    assert allowed.is_let_back_in is freed
    assert allowed.reasons == refused.reasons


@given(
    made_up_safety.compounds,
    made_up_safety.people,
    preferences,
    st.sampled_from([None, *Certainty]),
    st.integers(1, 50),
    st.none() | st.decimals(0, 10_000, places=2),
)
def test_what_a_stack_may_hold_and_cost_frees_and_bars_nothing(
    compound, who, wishes, certainty, size, budget
):
    other = replace(wishes, least_certainty=certainty, size=size, budget=budget)

    assert screened(compound, who, other) == screened(compound, who, wishes)
