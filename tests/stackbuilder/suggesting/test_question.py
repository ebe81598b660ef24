"""What the engine is asked: benefits, shares, limits, and who is out of the question."""

import doctest
from decimal import Decimal

import pytest

from stackbuilder.engine.person import Person
from stackbuilder.suggesting import question as stack_question
from stackbuilder.suggesting.question import benefits_of, whole_cents
from tests.made_up_tables import (
    PREGNANT,
    STORY,
    a_question,
    made_up_prices,
    made_up_safety,
    made_up_tables,
)


def item_of(question, slug):
    (found,) = [item for item in question.problem.items if item.slug == slug]
    return found


def slugs_of(question):
    return {item.slug for item in question.problem.items}


def test_benefits_are_those_that_can_be_depended_on_and_never_below_nothing():
    question = a_question(members=("zinc",))

    assert item_of(question, "valerian").benefits == (0.5, 0.4)
    assert item_of(question, "zinc").benefits == (0.0, 0.0)


def test_who_serves_nothing_is_asked_about_only_where_the_visitor_names_them():
    assert slugs_of(a_question()) == {"melatonin", "saffron", "valerian"}
    assert slugs_of(a_question(must=("zinc",))) == set(STORY)
    assert slugs_of(a_question(members=("zinc",))) == set(STORY)


def test_weights_become_shares_that_add_up_to_one():
    question = a_question(weights={"sleep": 3, "mood": 1})

    assert question.problem.shares == (0.75, 0.25)
    assert question.goals == ("Sleep", "Mood")


def test_goals_that_are_not_chosen_count_for_nothing():
    question = a_question(weights={"mood": 2})

    assert slugs_of(question) == {"saffron", "valerian"}
    assert item_of(question, "valerian").benefits == (0.4,)


@pytest.mark.parametrize(
    "wanted, expected",
    [("", (0.5, 0.4)), ("low", (0.5, 0.4)), ("moderate", (0.5, 0.0)), ("high", None)],
)
def test_evidence_of_too_little_certainty_counts_as_nothing(wanted, expected):
    row = list(STORY).index("valerian")
    tables = made_up_tables(certainties={(row, 1): "low"})

    question = a_question(tables=tables, certainty=wanted)

    assert benefits_of(tables, question.state).get("valerian") == expected


def test_limits_are_the_visitors_own():
    question = a_question(
        size=3, budget=Decimal("29.90"), must=("melatonin",), must_not=("saffron",)
    )

    limits = question.problem.limits
    assert (limits.size, limits.budget_cents) == (3, 2990)
    assert (limits.must_have, limits.must_not) == ({"melatonin"}, {"saffron"})


def test_budget_is_never_rounded_up():
    assert whole_cents(Decimal("0.019")) == 1


def test_prices_stand_beside_compounds_in_whole_cents():
    question = a_question(prices=made_up_prices(melatonin="3.001"), budget=Decimal(10))

    assert item_of(question, "melatonin").price_cents == 301
    assert item_of(question, "saffron").price_cents is None
    assert question.cost(["melatonin"]) == Decimal("3.01")
    assert question.cost(["melatonin", "saffron"]) is None


def test_pair_with_a_major_interaction_conflicts_and_a_moderate_one_does_not():
    safety = made_up_safety(
        clashing=[("valerian", "melatonin"), ("saffron", "valerian", "moderate")]
    )

    assert a_question(safety=safety).problem.conflicts == (("melatonin", "valerian"),)


def test_who_is_screened_out_is_excluded():
    safety = made_up_safety(avoided=["melatonin"])

    assert a_question(safety=safety).problem.excluded == frozenset()
    assert a_question(safety=safety, person=PREGNANT).problem.excluded == {"melatonin"}


def test_who_is_knowingly_let_back_in_is_not_excluded():
    person = Person(PREGNANT.conditions, let_back_in=frozenset({"melatonin"}))

    question = a_question(safety=made_up_safety(avoided=["melatonin"]), person=person)

    assert question.problem.excluded == frozenset()


def test_preferences_of_the_address_exclude_too():
    safety = made_up_safety()
    facts = dict(safety.facts)
    facts["melatonin"] = type(facts["melatonin"])("melatonin", routes=("subcutaneous",))

    question = a_question(safety=type(safety)(1, facts, safety.questions), no_injections=True)

    assert question.problem.excluded == {"melatonin"}


def test_whoever_was_not_screened_is_excluded():
    safety = made_up_safety(slugs=["melatonin", "valerian", "zinc"])

    assert a_question(safety=safety).problem.excluded == {"saffron"}


def test_conflicts_are_worked_out_once_for_each_safety_version(monkeypatch):
    counted = []

    def count(facts, real=stack_question.major_conflicts):
        counted.append(1)
        return real(facts)

    monkeypatch.setattr(stack_question, "major_conflicts", count)
    first, second = made_up_safety(), made_up_safety()

    for safety in (first, first, second, second):
        a_question(safety=safety)

    assert len(counted) == 2


def test_examples_are_true():
    assert doctest.testmod(stack_question).failed == 0
