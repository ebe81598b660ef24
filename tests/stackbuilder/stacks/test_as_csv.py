"""The CSV file of a stack: rows, encoding, and no cell that a spreadsheet would run."""

import csv
from io import StringIO

import pytest

from evidence.models import Compound
from stackbuilder.candidates import snapshot
from stackbuilder.links import State
from stackbuilder.stacks.as_csv import BYTE_ORDER_MARK, COLUMNS, as_csv, harmless
from stackbuilder.stacks.sheet import Exported, Ground, stack_sheet
from stackbuilder.visitor.screening import safety_tables
from tests.factories import make_caution, make_compound, publish_all
from tests.stack_factories import make_sleepers

pytestmark = pytest.mark.django_db
STATE = State(weights={"sleep": 2}, members=("valerian", "melatonin"))


def rows_of(state=STATE, newest=1):
    """Return the rows of the file as dictionaries, and the sheet they are of."""
    sheet = stack_sheet(Ground(snapshot(newest), safety_tables(newest)), state, "1")
    text = as_csv(Exported(sheet, "https://stack.example/stacks/x/"))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))), sheet


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_harmless_takes_the_formula_out_of_a_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "zinc", "1-2 mg", "a=b", "−0.43"])
def test_harmless_leaves_other_texts_alone(text):
    assert harmless(text) == text


def test_file_has_a_row_for_each_member_and_goal_with_the_numbers_of_the_sheet():
    make_sleepers()

    rows, sheet = rows_of()

    assert tuple(rows[0]) == COLUMNS
    assert [row["member"] for row in rows] == ["Valerian", "Melatonin"]
    dependable = [one.cells[0].dependable for one in sheet.members]
    assert [float(row["dependable_mid"]) for row in rows] == dependable
    assert [row["key_studies"] for row in rows] == ["PMID 1008", "PMID 1009"]
    assert [row["dose_in_trials"] for row in rows] == ["450 mg", ""]
    assert rows[0]["cautions_today"] == "Epilepsy: avoid: May raise the risk of seizures"
    assert "Both make sleepy" in rows[1]["between_members_today"]
    assert (rows[0]["evidence_version"], rows[0]["method_version"]) == ("1", "1")


def test_file_of_a_stack_without_goals_has_a_row_for_each_member():
    make_sleepers()

    rows, _ = rows_of(STATE.having(weights={}))

    assert [(row["member_slug"], row["goal"]) for row in rows] == [
        ("valerian", ""),
        ("melatonin", ""),
    ]


def test_texts_of_the_database_are_written_without_formulas():
    make_sleepers()
    Compound.objects.filter(slug="valerian").update(name='=HYPERLINK("https://evil.example")')
    make_caution(make_compound(), other_condition="@work", level="caution")

    rows, _ = rows_of(newest=publish_all().version.number)

    assert rows[0]["member"] == '\'=HYPERLINK("https://evil.example")'
    assert rows[1]["cautions_today"].startswith("'@work")


def test_negative_numbers_stay_numbers():
    make_sleepers()

    rows, sheet = rows_of()

    assert min(one.cells[0].dependable for one in sheet.members) < 0
    assert any(row["dependable_mid"].startswith("-") for row in rows)
