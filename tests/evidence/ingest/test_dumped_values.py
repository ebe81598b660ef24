"""One value of a row as a file has it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from evidence.ingest.dumped_values import known, number, sourced, text, texts, unit


@pytest.mark.parametrize(
    "stored, written",
    [
        (None, "None"),
        (7.0, "7"),
        (-7.06, "-7.06"),
        (0.3, "0.3"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-05, "1e-05"),
        (0.0, "0"),
        (-0.0, "0"),
        (25, "25"),
        (Decimal("25.00"), "25"),
        (Decimal("9.50"), "9.5"),
        (Decimal("0.07"), "0.07"),
        (2.0**53, "9007199254740992"),
        (1e300, "1e+300"),
    ],
)
def test_number_is_written_as_a_person_would_and_reads_back_the_same(stored, written):
    found = number(stored)

    assert repr(found) == written
    assert stored is None or float(found) == float(stored)


@pytest.mark.parametrize("stored, written", [("", None), ("  ", None), (" a b ", "a b")])
def test_text_has_no_blank_ends_and_empty_is_unknown(stored, written):
    assert text(stored) == written


def test_texts_are_named_after_their_columns():
    row = SimpleNamespace(name="Zinc", cas="", more=1)

    assert texts(row, ("name", "cas")) == {"name": "Zinc", "cas": None}


@pytest.mark.parametrize(
    "stored, written",
    [("", None), ("pg/mL", "ng/L"), ("PG/ML", "PG/ML"), ("mg ", "mg "), ("ng/L", "ng/L")],
)
def test_unit_is_as_a_load_would_store_it(stored, written):
    assert unit(stored, {"pg/mL": "ng/L"}) == written


def test_known_leaves_out_what_is_unknown_and_nothing_else():
    assert known({"a": None, "b": 0, "c": False}) == {"b": 0, "c": False}


@pytest.mark.parametrize(
    "title, keys",
    [("", ["source", "source_quality"]), ("Label", ["source", "source_title", "source_quality"])],
)
def test_sourced_names_the_title_only_where_there_is_one(title, keys):
    row = SimpleNamespace(source="", source_title=title, source_quality="untraced")

    assert list(sourced(row)) == keys
