"""The shipped catalogue by goal and verdict."""

import pytest

from evidence.choices import Verdict
from stackbuilder import verdict_groups as verdict_groups_module
from stackbuilder.candidates import snapshot
from stackbuilder.verdict_groups import goal_summaries, verdict_groups

pytestmark = pytest.mark.django_db


def test_groups_hold_every_studied_compound_once(catalogue):
    tables = snapshot()

    for column, goal in enumerate(tables.goals):
        groups = verdict_groups(tables, goal.slug)
        studied = {tables.compounds[row].slug for row, c in tables.verdicts if c == column}
        listed = [entry.slug for group in groups for entry in group.entries]
        assert sorted(listed) == sorted(studied)


def test_group_entries_stand_in_the_order_of_the_ranking(catalogue):
    for group in verdict_groups(snapshot(), "sleep"):
        places = [entry.place for entry in group.entries if entry.place]
        assert places == sorted(places)
        assert all(entry.low <= entry.place <= entry.high for entry in group.entries if entry.bar)


def test_group_of_what_cannot_be_counted_has_no_place(catalogue):
    groups = {group.verdict: group for group in verdict_groups(snapshot(), "sleep")}

    entries = groups[Verdict.NO_USABLE_FIGURE].entries

    assert entries
    assert all(entry.letter == "–" and entry.place is None and not entry.bar for entry in entries)


def test_summaries_and_groups_ask_no_query(catalogue, django_assert_num_queries):
    tables = snapshot()

    with django_assert_num_queries(0):
        goal_summaries(tables)
        verdict_groups(tables, "sleep")


def test_group_counts_those_that_do_not_fit_on_the_page(catalogue, monkeypatch):
    monkeypatch.setattr(verdict_groups_module, "ENTRIES_SHOWN", 2)

    groups = verdict_groups(snapshot(), "sleep")

    assert all(len(group.entries) <= 2 for group in groups)
    assert sum(len(group.entries) + group.more for group in groups) == 10
