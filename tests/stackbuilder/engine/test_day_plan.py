"""Where the words of a dose put it in a day, and that no use is lost or changed on the way."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.engine import day_plan as module
from stackbuilder.engine.day_plan import Entry, Slot, TrialUse, day_plan, first_use, slots_of


def slots(frequency, dose="5 mg", **texts):
    return slots_of(TrialUse("specimenol", dose, frequency, **texts))


TIMES = ("morning", "evening", "with meals", "bed", "night", "exercise", "8 am")
HOW_OFTEN = ("daily", "twice", "once", "weekly", "every", "as needed")
BETWEEN = ("before", "not", "no later than", "or", ",", ";")
words = st.sampled_from(TIMES + HOW_OFTEN + BETWEEN)
texts = st.lists(words, max_size=6).map(" ".join) | st.text(max_size=20)
uses = st.builds(
    TrialUse,
    slug=st.sampled_from(["garlic", "ginkgo", "zinc"]),
    dose=texts,
    frequency=texts,
    population=texts,
)


def test_examples_in_the_docstrings_hold():
    results = doctest.testmod(module)

    assert (results.failed, results.attempted) == (0, 2)


@pytest.mark.parametrize(
    "frequency, slot",
    [
        ("in the morning", Slot.MORNING),
        ("With breakfast", Slot.MORNING),
        ("on waking", Slot.MORNING),
        ("once daily at 8 a.m.", Slot.MORNING),
        ("daily at 08:30", Slot.MORNING),
        ("at 12:15 p.m.", Slot.MIDDAY),
        ("with lunch", Slot.MIDDAY),
        ("at noon", Slot.MIDDAY),
        ("every afternoon", Slot.MIDDAY),
        ("with the main meal", Slot.MEALS),
        ("three times daily after food", Slot.MEALS),
        ("after training", Slot.EXERCISE),
        ("60 min pre-workout", Slot.EXERCISE),
        ("30 min before a time trial", Slot.EXERCISE),
        ("daily before each resistance training session", Slot.EXERCISE),
        ("with dinner", Slot.EVENING),
        ("at 19:00", Slot.EVENING),
        ("at 9 pm", Slot.EVENING),
        ("before going to sleep", Slot.BED),
        ("EVERY NIGHT", Slot.BED),
        ("every other day", Slot.SOME_DAYS),
        ("every 2-3 days", Slot.SOME_DAYS),
        ("every 4 weeks", Slot.SOME_DAYS),
        ("on training days, before exercise", Slot.SOME_DAYS),
        ("once weekly in the morning", Slot.SOME_DAYS),
        ("5 nights a week", Slot.SOME_DAYS),
        ("when needed, at bedtime", Slot.AS_NEEDED),
        ("at the onset of symptoms", Slot.AS_NEEDED),
        ("once", Slot.ONCE),
        ("one dose", Slot.ONCE),
        ("single dose at bedtime", Slot.BED),
        ("7 days a week", Slot.NO_TIME),
        ("every day", Slot.NO_TIME),
        ("twice daily", Slot.NO_TIME),
        ("once daily", Slot.NO_TIME),
        ("b.i.d.", Slot.NO_TIME),
    ],
)
def test_frequency_with_one_time_stands_there(frequency, slot):
    assert slots(frequency) == (slot,)


@pytest.mark.parametrize(
    "frequency, expected",
    [
        ("evening and morning", (Slot.MORNING, Slot.EVENING)),
        ("with breakfast, lunch and dinner", (Slot.MORNING, Slot.MIDDAY, Slot.EVENING)),
        ("at 8 am and 8 pm", (Slot.MORNING, Slot.EVENING)),
        ("in the morning and before exercise", (Slot.MORNING, Slot.EXERCISE)),
        ("with meals and at bedtime", (Slot.MEALS, Slot.BED)),
    ],
)
def test_frequency_with_several_times_stands_at_each_in_the_order_of_a_day(frequency, expected):
    assert slots(frequency) == expected


@pytest.mark.parametrize(
    "frequency, slot",
    [
        ("once daily, with or without food", Slot.NO_TIME),
        ("daily, not at bedtime", Slot.NO_TIME),
        ("daily between meals", Slot.NO_TIME),
        ("daily with a meal replacement", Slot.NO_TIME),
        ("twice daily, no later than 18:00", Slot.NO_TIME),
        ("daily, at least 6 h before bed", Slot.NO_TIME),
        ("daily; an evening dose was worse", Slot.NO_TIME),
        ("twice daily, better tolerated with food", Slot.NO_TIME),
        ("once daily, raised every 4 weeks", Slot.NO_TIME),
        ("daily, starting low, +2.5 mg every 2 weeks", Slot.NO_TIME),
        ("once weekly, titrated every 4 weeks", Slot.SOME_DAYS),
        ("in the morning, not in the evening", Slot.MORNING),
        ("with meals to avoid nausea at night", Slot.MEALS),
    ],
)
def test_limits_comparisons_denials_and_steps_name_no_time(frequency, slot):
    assert slots(frequency) == (slot,)


@pytest.mark.parametrize(
    "frequency, dose, slot",
    [
        ("daily", "5 mg at bedtime", Slot.BED),
        ("in the morning", "5 mg at bedtime", Slot.MORNING),
        ("daily", "500 mg evening primrose oil", Slot.NO_TIME),
        ("daily", "600 mg (subgroup with the larger sleep effect)", Slot.NO_TIME),
        ("daily", "70 mg once weekly", Slot.NO_TIME),
        ("", "5 mg at bedtime", Slot.BED),
        ("", "70 mg once weekly", Slot.SOME_DAYS),
        ("", "600 mg/day", Slot.NO_TIME),
        ("", "600 mg per day", Slot.NO_TIME),
        ("", "start 2.5 mg, +2.5 mg every 4 weeks", Slot.NOT_SAID),
        ("", "0.5 mg/mL cream", Slot.NOT_SAID),
        ("", "600 mg/dL", Slot.NOT_SAID),
        ("", "", Slot.NOT_SAID),
        ("not reported", "5 mg", Slot.NOT_SAID),
    ],
)
def test_dose_is_read_only_for_what_the_frequency_does_not_say(frequency, dose, slot):
    assert slots(frequency, dose) == (slot,)


def test_duration_population_and_route_name_no_time():
    texts = {
        "duration": "6 weeks, once weekly before training",
        "population": "people who sleep badly at night",
        "route": "oral",
    }

    assert slots("daily", **texts) == (Slot.NO_TIME,)


@pytest.mark.parametrize(
    "population, slot",
    [("untrained adults", Slot.EXERCISE), ("adults with a memory complaint", Slot.ONCE)],
)
def test_time_before_a_test_is_one_before_exercise_only_for_a_test_of_the_body(population, slot):
    dose = "5 mg/kg, 60 min before testing"

    assert slots("once", dose, population=population) == (slot,)


def test_plan_keeps_the_order_of_a_day_and_within_it_that_of_the_members():
    zinc = TrialUse("zinc", "30 mg", "daily")
    saffron = TrialUse("saffron", "30 mg/day", "15 mg morning and evening")
    garlic = TrialUse("garlic", "1 clove", "every evening")

    plan = day_plan([garlic, zinc, saffron])

    assert [(part.slot, part.entries) for part in plan] == [
        (Slot.MORNING, (Entry(saffron, (Slot.EVENING,)),)),
        (Slot.NO_TIME, (Entry(zinc),)),
        (Slot.EVENING, (Entry(garlic), Entry(saffron, (Slot.MORNING,)))),
    ]


def test_plan_of_nothing_is_empty():
    assert day_plan([]) == ()


def test_first_use_is_the_first_of_the_curator_or_none():
    uses = [TrialUse("zinc", "30 mg", "daily"), TrialUse("zinc", "13 mg", "at night")]

    assert first_use(uses) is uses[0]
    assert first_use([]) is None


@given(st.lists(uses, max_size=8))
def test_plan_neither_loses_nor_changes_a_use(members):
    plan = day_plan(members)

    for use in members:
        found = [(part.slot, entry) for part in plan for entry in part.entries if entry.use == use]
        expected = [slot for slot in slots_of(use) for _ in range(members.count(use))]
        assert [slot for slot, _ in found] == expected
        assert all({slot, *entry.also_in} == set(slots_of(use)) for slot, entry in found)
    assert sum(len(part.entries) for part in plan) == sum(len(slots_of(use)) for use in members)


@given(st.lists(uses, max_size=8))
def test_plan_is_in_order_without_empty_parts(members):
    plan = day_plan(iter(members))

    shown = [part.slot for part in plan]
    assert shown == [slot for slot in Slot if slot in shown]
    for part in plan:
        assert [entry.use for entry in part.entries] == [
            use for use in members if part.slot in slots_of(use)
        ]
        assert part.entries


@given(uses)
def test_slot_depends_on_no_capital_and_no_other_member(use):
    loud = TrialUse(use.slug, use.dose, use.frequency.upper(), population=use.population)

    if use.frequency.isascii():
        assert slots_of(loud) == slots_of(use)
    assert day_plan([use]) == day_plan([use])


@given(uses)
def test_use_stands_somewhere_once_and_alone_where_no_time_is_named(use):
    found = slots_of(use)

    apart = {Slot.NO_TIME, Slot.SOME_DAYS, Slot.AS_NEEDED, Slot.ONCE, Slot.NOT_SAID}
    assert found
    assert len(set(found)) == len(found)
    assert len(found) == 1 or not set(found) & apart
