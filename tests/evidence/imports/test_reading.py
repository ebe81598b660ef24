from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evidence
from evidence.imports.reading import read_crossref, read_file, read_pubmed
from evidence.imports.rows import MOST_ROWS, Format
from tests import architecture
from tests.evidence.imports.made_up_sources import CSV, NBIB, RIS, as_json

ROOT = Path(evidence.__file__).parent.parent
FILES = {
    "a.nbib": (NBIB.encode(), Format.PUBMED),
    "a.ris": (RIS.encode(), Format.RIS),
    "a.csv": (CSV.encode(), Format.CSV),
    "a.json": (as_json(), Format.JSON),
}


@pytest.fixture
def only():
    """Return a function that reads a file and gives its one row."""

    def only(data, name=""):
        read = read_file(data if isinstance(data, bytes) else data.encode(), name)
        assert read.problems == ()
        (row,) = read.rows
        return row

    return only


def is_answered(read):
    """Say whether every row stands or says why not, and a file without rows says why."""
    rows_are = all((row.candidate is None) == bool(row.problems) for row in read.rows)
    return rows_are and bool(read.rows) != bool(read.problems)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("ending", ["", ".txt", None])
def test_format_is_known_by_what_is_in_it(name, ending):
    data, expected = FILES[name]

    read = read_file(data, name if ending is None else f"pasted{ending}")

    assert read.format is expected
    assert [row.problems for row in read.rows] == [()]
    assert read.notes == ()


def test_pasted_text_without_a_name_is_read_and_its_rows_are_called_rows(only):
    row = only("pmid,title,year\n999000001,Invented,20x4\n")

    assert str(row.problems[0]) == "row 2: year: Must be a whole number, got '20x4'."


def test_file_of_as_many_rows_as_are_allowed_is_read():
    lines = [f"{999_000_000 + at},Invented study number {at}" for at in range(MOST_ROWS)]

    read = read_file("\n".join(["pmid,title", *lines]).encode(), "a.csv")

    assert len([row for row in read.rows if row.candidate]) == MOST_ROWS


def test_answers_of_the_services_are_read_like_files():
    answered = '{"message": {"DOI": "10.9999/x", "title": ["Invented"]}}'

    assert read_pubmed(NBIB, "PubMed").rows[0].candidate.pmid == "999000001"
    assert read_crossref(answered, "Crossref").rows[0].candidate.doi == "10.9999/x"


def test_reading_knows_no_django():
    modules = architecture.read_modules(ROOT, ("evidence",))
    found = {
        name: sorted(i for i in modules[name].imports if i.split(".")[0] == "django")
        for name in architecture.reached("evidence.imports.reading", modules)
    }

    assert "evidence.imports.ris" in found
    assert not any(found.values())


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=400), name=st.sampled_from([*FILES, "a.txt", "", "nbib"]))
def test_any_bytes_are_answered(data, name):
    assert is_answered(read_file(data, name))


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=400), name=st.sampled_from([*FILES, ""]))
def test_any_text_is_answered(text, name):
    assert is_answered(read_file(text.encode("utf-8", "surrogatepass"), name))


@settings(max_examples=600, deadline=None)
@given(
    name=st.sampled_from([*FILES]),
    at=st.integers(0, 2_000),
    length=st.integers(0, 60),
    instead=st.binary(max_size=30) | st.sampled_from([b'"', b"\n\n", b",", b"\nTY  - ", b"- ["]),
)
def test_any_damage_to_a_good_file_is_answered(name, at, length, instead):
    data = FILES[name][0]
    at %= len(data)

    read = read_file(data[:at] + instead + data[at + length :], name)

    assert is_answered(read)
