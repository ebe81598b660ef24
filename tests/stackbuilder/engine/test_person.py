"""What an answer means, and what it does not; what may be preferred."""

import doctest
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given

from stackbuilder.engine import person as module
from stackbuilder.engine.person import Person, PreferenceError, Preferences
from tests.made_up_safety import (
    CONDITIONS,
    OVERLAPS,
    a_person,
    answers,
    condition,
    medicines,
    people,
)


@pytest.mark.parametrize(
    "chosen, meant",
    [
        (condition("pregnancy"), {condition("pregnancy")}),
        (medicines("statins"), {medicines("statins")}),
        # A condition means every class that says the same …
        (
            condition("ssri-maoi"),
            {condition("ssri-maoi"), medicines("ssri-snri"), medicines("maoi")},
        ),
        # … a class means its condition, but not what else that condition means …
        (medicines("maoi"), {medicines("maoi"), condition("ssri-maoi")}),
        # … and where it says two conditions, both.
        (
            medicines("immunosuppressants"),
            {
                medicines("immunosuppressants"),
                condition("immunosuppressants"),
                condition("organ-transplant"),
            },
        ),
        (
            condition("organ-transplant"),
            {condition("organ-transplant"), medicines("immunosuppressants")},
        ),
        # One code may name a condition and a class; they are two answers.
        (
            condition("immunosuppressants"),
            {condition("immunosuppressants"), medicines("immunosuppressants")},
        ),
    ],
)
def test_answer_means_itself_and_what_overlaps_one_step_away(chosen, meant):
    assert set(a_person(chosen).expanded(OVERLAPS)) == meant


def test_meaning_says_which_answers_it_comes_from():
    person = a_person(medicines("maoi"), medicines("ssri-snri"), condition("ssri-maoi"))

    meaning = person.expanded(OVERLAPS)

    assert meaning[condition("ssri-maoi")] == (
        condition("ssri-maoi"),
        medicines("maoi"),
        medicines("ssri-snri"),
    )
    assert meaning[medicines("maoi")] == (medicines("maoi"), condition("ssri-maoi"))


def test_nothing_said_means_nothing():
    assert Person().expanded(OVERLAPS) == {}


def test_answers_mean_only_themselves_without_overlaps():
    person = a_person(condition("ssri-maoi"), medicines("statins"))

    assert set(person.expanded(frozenset())) == person.answers


@given(people, answers)
def test_further_answers_mean_more_never_less(person, further):
    more = a_person(*person.answers, *further)

    before, after = person.expanded(OVERLAPS), more.expanded(OVERLAPS)

    assert all(set(before[one]) <= set(after[one]) for one in before)


@given(people)
def test_meaning_is_that_of_each_answer_alone(person):
    alone = [a_person(answer).expanded(OVERLAPS) for answer in person.answers]

    assert set(person.expanded(OVERLAPS)) == {one for meaning in alone for one in meaning}


def test_new_answer_takes_back_what_was_let_in():
    person = a_person(condition("pregnancy"), let_back_in=["ginkgo"])

    changed = person.answering({"pregnancy"}, {"statins"})

    assert changed == a_person(condition("pregnancy"), medicines("statins"))


@pytest.mark.parametrize("conditions", [{"pregnancy"}, set()])
def test_same_or_fewer_answers_keep_what_was_let_in(conditions):
    person = a_person(condition("pregnancy"), let_back_in=["ginkgo"])

    changed = person.answering(conditions, ())

    assert changed.conditions == conditions
    assert changed.let_back_in == {"ginkgo"}


def test_condition_and_class_of_one_code_are_not_the_same_answer():
    person = a_person(condition("immunosuppressants"), let_back_in=["ginkgo"])

    assert person.answering((), {"immunosuppressants"}).let_back_in == frozenset()


def test_person_printed_into_a_log_tells_nothing():
    person = a_person(*map(condition, CONDITIONS), medicines("maoi"), let_back_in=["ginkgo"])

    assert repr(person) == str(person) == "Person()"


def test_preferences_hold_nothing_of_the_person():
    own = {field.name for field in fields(Person)}

    assert own.isdisjoint(field.name for field in fields(Preferences))


@pytest.mark.parametrize("budget", [None, Decimal("0"), Decimal("49.90")])
def test_budget_may_be_none_or_any_amount(budget):
    assert Preferences(budget=budget).budget == budget


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"size": 0}, "size must be at least 1, got 0"),
        ({"budget": Decimal("-0.01")}, "budget must be 0 or more, got -0.01"),
        ({"budget": Decimal("NaN")}, "budget must be 0 or more, got NaN"),
        ({"budget": Decimal("Infinity")}, "budget must be 0 or more, got Infinity"),
    ],
)
def test_preference_that_cannot_be_meant_is_refused(changes, message):
    with pytest.raises(PreferenceError, match=message):
        Preferences(**changes)


def test_example_in_the_docstring_is_true():
    results = doctest.testmod(module)

    assert (results.attempted > 0, results.failed) == (True, 0)
