"""The proposed stack as a page prints it: reasons, neighbours, proof, and what is left out."""

from decimal import Decimal

import pytest

from stackbuilder.engine.assembly import AssemblyError, Limit, assemble
from stackbuilder.engine.person import Person
from stackbuilder.suggesting import suggestions
from stackbuilder.suggesting.suggestions import suggest
from tests.made_up_tables import (
    PREGNANT,
    a_question,
    made_up_prices,
    made_up_safety,
    made_up_tables,
)
from tests.stack_problems import large_problem


def names(suggestion):
    return [member.name for member in suggestion.members]


def test_suggestion_is_the_best_stack_with_the_reason_for_each_member():
    found = suggest(a_question())

    assert names(found) == ["Melatonin", "Saffron"]
    melatonin, saffron = found.members
    assert [(one.goal, one.benefit) for one in melatonin.servings] == [("Sleep", 0.9)]
    assert melatonin.loss == pytest.approx(0.45 - 0.02)
    assert [(one.goal, one.benefit) for one in saffron.servings] == [("Mood", 0.8)]
    assert found.value == found.bound == pytest.approx(0.85 - 0.04)
    assert found.is_proven


def test_members_stand_in_the_order_of_what_the_stack_would_miss():
    found = suggest(a_question(weights={"sleep": 1, "mood": 3}))

    assert names(found) == ["Saffron", "Melatonin"]
    assert "in=saffron&in=melatonin" in found.take_url


def test_suggestion_equals_the_engines_answer():
    question = a_question(size=1)

    assert names(suggest(question)) == [
        question.name(slug) for slug in assemble(question.problem).slugs
    ]


def test_next_best_is_another_stack_and_says_what_it_costs_to_take_it():
    found = suggest(a_question(size=1))

    assert names(found) == ["Melatonin"]
    assert (found.next_best.entering, found.next_best.leaving) == (("Valerian",), ("Melatonin",))
    assert found.next_best.difference == pytest.approx(0) == found.next_best.less
    assert "in=valerian" in found.next_best.take_url


def test_one_more_member_is_named_with_what_it_adds():
    found = suggest(a_question(size=1))

    assert found.more.entering == ("Saffron",)
    assert found.more.difference == pytest.approx(0.81 - 0.43)
    assert not found.more.is_hardly_worth_it


def test_one_more_member_that_adds_little_is_hardly_worth_it():
    tables = made_up_tables({"melatonin": (0.9, 0.0), "saffron": (0.0, 0.1)})

    found = suggest(a_question(tables=tables, size=1))

    assert found.more.difference == pytest.approx(0.03)
    assert found.more.is_hardly_worth_it


def test_no_more_members_are_named_where_they_add_nothing():
    assert suggest(a_question()).more is None


def test_empty_stack_is_an_answer_where_nothing_is_worth_taking():
    found = suggest(a_question(tables=made_up_tables({"zinc": (0.01, -1.0)})))

    assert (found.members, found.value, found.is_proven) == ((), 0.0, True)
    assert (found.next_best, found.more) == (None, None)
    assert [goal.by for goal in found.goals] == ["", ""]


@pytest.mark.parametrize("benefits", [{}, {"zinc": (None, None)}])
def test_catalogue_without_evidence_proposes_nothing(benefits):
    found = suggest(a_question(tables=made_up_tables(benefits)))

    assert (found.members, found.is_proven) == ((), True)


def test_goal_that_nobody_serves_is_named():
    tables = made_up_tables({"melatonin": (0.9, None)})

    found = suggest(a_question(tables=tables))

    assert [(goal.goal, goal.by) for goal in found.goals] == [("Sleep", "Melatonin"), ("Mood", "")]


def test_member_that_serves_nothing_is_here_because_the_visitor_keeps_it():
    found = suggest(a_question(must=("zinc",)))

    zinc = found.members[-1]
    assert (zinc.name, zinc.servings, zinc.is_wanted) == ("Zinc", (), True)
    assert zinc.loss == pytest.approx(-0.02)


def test_addresses_keep_free_and_bar_a_member():
    free, _ = suggest(a_question()).members
    kept, _ = suggest(a_question(must=("melatonin",))).members

    assert free.keep_url == "/suggest/?goal=sleep:1&goal=mood:1&must=melatonin"
    assert free.bar_url == "/suggest/?goal=sleep:1&goal=mood:1&not=melatonin"
    assert kept.keep_url == "/suggest/?goal=sleep:1&goal=mood:1"
    assert kept.bar_url == free.bar_url


def test_price_does_not_matter_without_a_budget():
    dear = made_up_prices(melatonin="1000", saffron="1000", valerian="1")

    found = suggest(a_question(prices=dear))

    assert names(found) == ["Melatonin", "Saffron"]
    assert found.unpriced == ()


def test_budget_holds_and_says_who_was_left_out_for_want_of_a_price():
    question = a_question(prices=made_up_prices(melatonin="12", valerian="5"), budget=Decimal("11"))

    found = suggest(question)

    assert names(found) == ["Valerian"]
    assert (found.cost, found.unpriced) == (Decimal("5.00"), ("Saffron",))


def test_budget_of_nothing_proposes_what_costs_nothing():
    found = suggest(a_question(prices=made_up_prices(melatonin="1"), budget=Decimal(0)))

    assert found.members == ()


def test_who_is_left_out_for_the_visitor_is_counted_and_not_proposed():
    safety = made_up_safety(avoided=["melatonin", "zinc"])

    found = suggest(a_question(safety=safety, person=PREGNANT))

    assert names(found) == ["Valerian", "Saffron"]
    assert found.barred == 1


def test_member_that_the_visitor_let_back_in_is_flagged():
    person = Person(PREGNANT.conditions, let_back_in=frozenset({"melatonin"}))

    found = suggest(a_question(safety=made_up_safety(avoided=["melatonin"]), person=person))

    assert [member.is_flagged for member in found.members] == [True, False]


def test_pair_with_a_major_interaction_is_never_proposed_together():
    safety = made_up_safety(clashing=[("saffron", "melatonin")])

    found = suggest(a_question(safety=safety))

    assert names(found) == ["Melatonin", "Valerian"]


def test_lesser_interaction_between_members_is_said():
    safety = made_up_safety(clashing=[("saffron", "melatonin", "moderate")])

    (pair,) = suggest(a_question(safety=safety)).mixed

    assert (pair.names, pair.severity) == (("Melatonin", "Saffron"), "moderate")


def test_legal_status_is_told_where_the_visitor_named_a_region():
    assert suggest(a_question()).members[0].legal == ""
    assert suggest(a_question(region="US")).members[0].legal == "no legal status recorded here"


def test_present_members_are_marked_and_compared():
    found = suggest(a_question(members=("valerian", "melatonin")))

    assert [member.is_present for member in found.members] == [True, False]
    assert found.present.difference == pytest.approx(0.85 - 0.04 - (0.65 - 0.04))


def test_limits_that_clash_are_raised():
    with pytest.raises(AssemblyError) as raised:
        suggest(a_question(must=("melatonin", "saffron"), size=1))

    assert [clash.limit for clash in raised.value.clashes] == [Limit.MUST_HAVES_OVER_SIZE]


def large_question():
    """Ask about so much that no time at all cannot prove the answer."""
    problem = large_problem(300)
    benefits = {item.slug: item.benefits for item in problem.items}
    goals = tuple(f"goal-{number}" for number in range(6))
    tables = made_up_tables(benefits, goals=goals)
    return a_question(tables=tables, weights=dict.fromkeys(goals, 1))


def test_out_of_time_the_best_found_is_told_with_its_bound():
    found = suggest(large_question(), seconds=0)

    assert not found.is_proven
    assert found.bound > found.value
    assert (found.ran_out, found.next_best, found.more, found.seconds) == (True, None, None, 0)


def test_out_of_time_for_the_rest_the_best_stands_alone(monkeypatch):
    monkeypatch.setattr(suggestions, "_countdown", lambda seconds: lambda: 0.0)

    found = suggest(large_question())

    assert found.is_proven
    assert (found.ran_out, found.next_best, found.more) == (True, None, None)


def test_countdown_says_what_is_left_and_never_less_than_nothing(monkeypatch):
    now = iter([100.0, 103.0, 109.0])
    monkeypatch.setattr(suggestions, "monotonic", lambda: next(now))

    left = suggestions._countdown(5)

    assert (left(), left()) == (2.0, 0.0)
