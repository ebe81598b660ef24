"""Stacks of the shipped catalogue."""

import pytest

from stackbuilder.candidates import snapshot
from stackbuilder.engine.person import Person
from stackbuilder.links import State
from tests.stacks import panel_of

pytestmark = pytest.mark.django_db

SLEEPERS = ("melatonin", "valerian", "saffron")


def test_sleep_is_served_by_the_best_of_three_and_the_others_add_nothing(catalogue):
    tables = snapshot()
    column = tables.column_of["sleep"]
    benefits = {slug: tables.dependable(tables.row_of[slug], column) for slug in SLEEPERS}

    panel = panel_of(State(weights={"sleep": 1}, members=SLEEPERS))

    (sleep,) = panel.goals
    assert sleep.best.slug == max(benefits, key=benefits.get) == "saffron"
    assert sleep.benefit == benefits["saffron"]
    assert [member.slug for member in panel.redundant] == ["melatonin", "valerian"]
    for member in panel.redundant:
        assert [(one.by, one.by_benefit) for one in member.instead] == [
            ("Saffron", benefits["saffron"])
        ]
    assert panel.value == pytest.approx(benefits["saffron"] - 3 * 0.02)


def test_screened_visitor_is_served_by_who_is_left(catalogue):
    bleeding = Person(conditions=frozenset({"bleeding-disorder"}))

    panel = panel_of(State(weights={"sleep": 1}, members=SLEEPERS), bleeding)

    assert [member.slug for member in panel.out] == ["saffron"]
    assert panel.goals[0].best.slug == "valerian"
    assert [one.answer for one in panel.safety.unrecorded] == ["Bleeding disorder"]


def test_ginkgo_and_garlic_are_screened_like_any_pair_from_either_page(catalogue):
    everyone = tuple(card.slug for card in snapshot().compounds)

    found = panel_of(State(weights={"sleep": 1}, members=everyone)).safety.clashes

    assert found
    for clash in found:
        pair = panel_of(State(members=clash.slugs[::-1])).safety.clashes
        assert [one.slugs for one in pair] == [clash.slugs]


def test_every_compound_and_goal_fit_in_one_panel(catalogue):
    tables = snapshot()
    weights = {goal.slug: 1 for goal in tables.goals}

    panel = panel_of(State(weights=weights, members=tuple(tables.row_of)))

    assert len(panel.members) == len(tables.compounds)
    assert all(len(goal.cells) == len(tables.compounds) for goal in panel.goals)
    studied = sum(cell.kind != "unstudied" for goal in panel.goals for cell in goal.cells)
    assert studied == int(tables.table.has_findings.sum())
    placed = [entry.name for part in panel.plan for entry in part.entries]
    assert set(placed) | set(panel.undosed) == {card.name for card in tables.compounds}
