"""The JSON file of a stack: its keys, and that its numbers are those of the sheet."""

import json

import pytest

from stackbuilder.candidates import snapshot
from stackbuilder.links import State
from stackbuilder.stacks.as_json import as_json
from stackbuilder.stacks.saved import Gone
from stackbuilder.stacks.sheet import Exported, Ground, stack_sheet
from stackbuilder.visitor.screening import safety_tables
from tests.stack_factories import make_sleepers

pytestmark = pytest.mark.django_db
STATE = State(weights={"sleep": 2}, members=("valerian", "melatonin"), region="US")
ADDRESS = "https://stack.example/stacks/x/"


@pytest.fixture
def exported():
    """Both sleepers, and a member that was withdrawn since."""
    make_sleepers()
    sheet = stack_sheet(Ground(snapshot(), safety_tables(1)), STATE, "1")
    return Exported(sheet, ADDRESS, (Gone("kava", "Kava"),), ("vigour",))


def test_file_has_the_documented_keys_in_their_order(exported):
    found = as_json(exported)

    assert list(found) == [
        "format", "address", "about", "versions", "goals", "members", "between_members",
        "cost_per_month", "gone", "region", "not_checked",
    ]  # fmt: skip
    assert list(found["members"][0]) == [
        "slug", "name", "class", "banned_in_sport", "legal_status", "goals", "dose",
        "price_per_month", "cautions", "interactions",
    ]  # fmt: skip
    assert list(found["members"][0]["goals"][0]) == [
        "goal", "part", "letter", "verdict", "mean", "sd", "dependable", "certainty", "key_studies",
    ]  # fmt: skip


def test_file_is_the_same_each_time_and_survives_being_written(exported):
    assert json.loads(json.dumps(as_json(exported))) == as_json(exported)


def test_numbers_are_those_of_the_sheet_unrounded(exported):
    cells = [cell for one in exported.sheet.members for cell in one.cells]
    written = [goal for one in as_json(exported)["members"] for goal in one["goals"]]

    assert [one["dependable"] for one in written] == [cell.dependable for cell in cells]
    assert [(one["mean"], one["sd"]) for one in written] == [(c.mean, c.sd) for c in cells]
    assert [one["key_studies"][0]["label"] for one in written] == ["PMID 1008", "PMID 1009"]


def test_file_says_versions_members_clashes_and_what_is_gone(exported):
    found = as_json(exported)

    assert found["versions"]["evidence"] == found["versions"]["newest_evidence"] == 1
    assert found["versions"]["method"] == "1"
    assert [one["slug"] for one in found["members"]] == ["valerian", "melatonin"]
    assert found["goals"][0] | {"benefit": 0} == {
        "slug": "sleep", "name": "Sleep", "weight": 2, "served_by": "melatonin", "benefit": 0,
    }  # fmt: skip
    assert set(found["between_members"][0]["members"]) == {"melatonin", "valerian"}
    assert found["gone"] == {
        "members": [{"slug": "kava", "name": "Kava"}],
        "goals": ["vigour"],
    }
    assert (found["region"], found["address"]) == ("US", ADDRESS)


def test_what_is_not_known_is_null_and_what_is_not_recorded_empty(exported):
    valerian, melatonin = as_json(exported)["members"]

    assert valerian["dose"]["dose"] == "450 mg"
    assert (melatonin["dose"], melatonin["price_per_month"]) == (None, None)
    assert melatonin["cautions"] == []
    assert as_json(exported)["cost_per_month"] == {
        "low": None, "high": None, "currency": "USD", "unknown_for": ["Valerian", "Melatonin"],
    }  # fmt: skip
