"""A table's rows keep the numbers that a spreadsheet shows, and damage stays in its row."""

import pytest

from evidence.admin.sheets import NotASheet, read_sheet
from tests.evidence.admin.damaged_sheets import as_csv, as_xlsx

KNOWN, NEEDED = ["key", "note"], ["key"]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_rows_keep_their_numbers_and_blank_ones_are_left_out(make):
    data = make(table=[["key", "note"], ["a", "1"], ["", ""], ["b", "2"]])

    sheet = read_sheet(data, KNOWN, NEEDED)

    assert [(row.number, dict(row.cells)) for row in sheet.rows] == [
        (2, {"key": "a", "note": "1"}),
        (4, {"key": "b", "note": "2"}),
    ]
    assert sheet.headings == ("key", "note")


def test_headings_in_other_letters_and_with_blanks():
    sheet = read_sheet(b" Key ,NOTE\na,b\n", KNOWN, NEEDED)

    assert sheet.rows[0].cells == {"key": "a", "note": "b"}


def test_text_of_several_lines_is_one_row():
    sheet = read_sheet(b'key,note\na,"one\ntwo"\nb,c\n', KNOWN, NEEDED)

    assert [(row.number, row.cells["note"]) for row in sheet.rows] == [(2, "one\ntwo"), (3, "c")]


def test_damage_stays_in_its_row():
    sheet = read_sheet(b"key,note\na\nb,c,d\ne,f\n", KNOWN, NEEDED)

    assert [bool(row.problem) for row in sheet.rows] == [True, True, False]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_of_any_program(delimiter):
    data = as_csv(table=[["key", "note"], ["a", "b, c; d"]], delimiter=delimiter)

    assert read_sheet(data, KNOWN, NEEDED).rows[0].cells["note"] == "b, c; d"


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"note\nx\n", b"key\n", b"PK\x03\x04"])
def test_file_that_is_no_such_table(data):
    with pytest.raises(NotASheet):
        read_sheet(data, KNOWN, NEEDED)


@pytest.mark.parametrize("size", range(0, 6000, 500))
def test_workbook_cut_off_anywhere(size):
    data = as_xlsx(table=[["key", "note"], ["a", "b"]])

    with pytest.raises(NotASheet):
        read_sheet(data[: min(size, len(data) - 1)], KNOWN, NEEDED)
