"""`goals.json` from rows in any order."""

import pytest

from evidence.ingest.dumped_goals import NO_GOAL, class_codes, goals_content, unit_synonyms
from evidence.models import UnitSynonym
from tests import factories

pytestmark = pytest.mark.django_db


def test_goals_and_outcomes_stand_in_the_order_of_their_positions_then_slugs():
    for slug, position in (("sleep", 1), ("b", 0), ("a", 0)):
        goal = factories.make_goal(slug, position=position)
        factories.make_outcome(f"{slug}-z", goal=goal)
        factories.make_outcome(f"{slug}-a", goal=goal, position=position)

    goals = goals_content()["goals"]

    assert [(goal["slug"], [row["slug"] for row in goal["outcomes"]]) for goal in goals] == [
        ("a", ["a-a", "a-z"]),
        ("b", ["b-a", "b-z"]),
        ("sleep", ["sleep-z", "sleep-a"]),
    ]


def test_outcomes_without_a_goal_come_last_under_a_heading():
    factories.make_outcome("mood", goal=None)
    factories.make_outcome("sleep-onset")

    *_, last = goals_content()["goals"]

    assert (last["slug"], last["name"]) == (None, NO_GOAL)
    assert [row["slug"] for row in last["outcomes"]] == ["mood"]


def test_heading_is_left_out_where_every_outcome_serves_a_goal():
    factories.make_outcome()

    assert [goal["slug"] for goal in goals_content()["goals"]] == ["sleep"]


def test_ratio_stands_apart_from_the_mids_with_a_unit():
    outcome = factories.make_outcome(mid=-9.5)
    factories.make_mid(outcome, is_ratio=True, unit="", value=0.9, confidence="")
    factories.make_mid(outcome, unit="SMD", value=-0.3, position=1)

    row = goals_content()["goals"][0]["outcomes"][0]

    assert row["ratio_mid"] == {
        "mid": 0.9, "basis": "published-MID", "source": None, "note": None
    }  # fmt: skip
    assert [(mid["unit"], mid["mid"]) for mid in row["mids"]] == [("min", -9.5), ("SMD", -0.3)]


def test_units_are_renamed_as_a_load_would_rename_them():
    UnitSynonym.objects.create(printed="min", stored="minutes")
    factories.make_outcome()

    row = goals_content()["goals"][0]["outcomes"][0]

    assert (row["unit"], row["mids"][0]["unit"]) == ("minutes", "minutes")


def test_synonyms_are_sorted_as_no_database_would_choose():
    for printed in ("µg/dL", "b", "B", "a"):
        UnitSynonym.objects.create(printed=printed, stored="x")

    assert list(unit_synonyms()) == ["B", "a", "b", "µg/dL"]


def test_classes_of_medicines_stand_in_the_order_of_their_list():
    classes = [
        factories.make_medicine_class(code, position=position)
        for code, position in (("a", 2), ("c", 1), ("b", 1))
    ]
    factories.make_condition().medicine_classes.set(classes)

    content = goals_content()

    assert class_codes(classes) == ["b", "c", "a"]
    assert content["conditions"][0]["medicine_classes"] == ["b", "c", "a"]
    assert [row["code"] for row in content["medicine_classes"]] == ["b", "c", "a"]
