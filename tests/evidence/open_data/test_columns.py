"""A column gives what it says: plain values, and nothing only where nothing has a meaning."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from evidence.open_data.columns import Column, Kind, Moment, Table, numbers, texts

NOW = Moment(datetime(2025, 3, 1, tzinfo=UTC), 1)


@pytest.mark.parametrize(
    "column, value, cell",
    [
        (texts("it", "A text."), " zinc ", "zinc"),
        (texts("it", "A text."), "", ""),
        (texts("it", "A text.", empty="unknown"), "  ", None),
        (texts("it", "A text.", empty="unknown"), None, None),
        (numbers("it", "A number.", "mg"), 7.0, 7),
        (numbers("it", "A number.", "mg", empty="unknown"), None, None),
        (numbers("it", "A number.", "mg"), 0.1, 0.1),
        (Column("it", Kind.YES_NO, "Whether."), False, False),
        (Column("it", Kind.WHOLE, "A count."), 0, 0),
        (Column("it", Kind.TEXTS, "Texts."), ("a", "b"), ["a", "b"]),
        (Column("it", Kind.DAY, "A day."), NOW.at.date(), "2025-03-01"),
    ],
)
def test_cell_is_a_plain_value(column, value, cell):
    found = column.of(SimpleNamespace(it=value))

    assert (found, type(found)) == (cell, type(cell))


def test_column_reads_along_its_path_or_by_its_function():
    row = SimpleNamespace(compound=SimpleNamespace(slug="zinc"))

    assert texts("compound", "It.", path="compound.slug").of(row) == "zinc"
    assert Column("it", Kind.TEXT, "It.", read=lambda row: row.compound.slug).of(row) == "zinc"


def test_table_expands_one_row_to_several():
    table = Table("pairs", "Pairs.", (texts("it", "One."),), lambda moment: [1, 2], _twice)

    assert list(table.rows(NOW)) == [{"it": "1"}, {"it": "10"}, {"it": "2"}, {"it": "20"}]


def _twice(number):
    return [SimpleNamespace(it=str(number)), SimpleNamespace(it=str(number * 10))]
