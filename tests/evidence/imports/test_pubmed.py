import pytest

from evidence.imports.pubmed import read_rows
from tests.evidence.imports.made_up_sources import NBIB


def row(*lines):
    """Return the one row of a record with these lines after its PMID and title."""
    (found,) = read_rows("\n".join(["PMID- 999000001", "TI  - Invented", *lines, "SO  - x"])).rows
    return found


def test_record_gives_what_a_study_holds():
    (found,) = read_rows(NBIB).rows

    assert found.problems == found.notes == ()
    assert found.values == {
        "pmid": "999000001",
        "doi": "10.9999/invented.1",
        "registry": "NCT99000001",
        "title": "Invented herb alpha for imaginary sleep: a randomised trial that never was.",
        "authors": ("Nobody, Ann", "Noone, Ben"),
        "year": 2021,
        "journal": "Journal of Invented Results",
        "design": "rct",
        "design_guessed": True,
        "blinding": "double-blind",
    }


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_records_are_parted_by_blank_lines_or_by_the_next_pmid(ending, between):
    text = NBIB.rstrip("\n") + between + NBIB.replace("999000001", "999000002")

    found = list(read_rows(text.replace("\n", ending)).rows)

    assert [one.values["pmid"] for one in found] == ["999000001", "999000002"]
    assert [one.number for one in found] == [1, 2]


@pytest.mark.parametrize(
    "line, status",
    [
        ("PT  - Retracted Publication", "retracted"),
        ("RIN - J Invented. 2022;1:1. PMID: 1", "retracted"),
        ("EIN - J Invented. 2022;1:1. PMID: 1", "corrected"),
        ("CRI - J Invented. 2022;1:1. PMID: 1", "corrected"),
        ("PT  - Journal Article", None),
    ],
)
def test_fate_is_read_off_types_and_links(line, status):
    assert row(line).values.get("status") == status


def test_expression_of_concern_is_noted():
    assert row("ECI - J Invented. 2022.").notes == (
        ("status", "PubMed names an expression of concern about it."),
    )


@pytest.mark.parametrize("kind", ["Retraction of Publication", "Published Erratum"])
def test_notice_is_no_study(kind):
    assert row(f"PT  - {kind}").problems[0][1].startswith("Is a ")


@pytest.mark.parametrize(
    "line, field, value",
    [
        ("LID - 10.9999/l [doi]", "doi", "10.9999/l"),
        ("AID - 10.9999/without-its-label", "doi", None),
        ("DP  - 1998 Dec-1999 Jan", "year", 1998),
        ("DP  - Spring", "year", "Spring"),
        ("SI  - ISRCTN/ISRCTN99000001", "registry", "ISRCTN/ISRCTN99000001"),
        ("TA  - J Inv", "journal", "J Inv"),
        ("CN  - Nobody Group", "authors", ("Nobody Group",)),
        ("AB  -", "pmid", "999000001"),
        ("IS  - nonsense", "pmid", "999000001"),
        ("PHST- nonsense", "pmid", "999000001"),
    ],
)
def test_odd_lines_spoil_nothing_else(line, field, value):
    found = row(line)

    assert found.values.get(field) == value
    assert found.values["title"] == "Invented"
    assert found.problems == ()


def test_line_without_a_tag_is_named_and_left_out():
    found = row("AB  - Text", "that goes on without a margin")

    assert found.notes[0][1].endswith("left out: 'that goes on without a margin'.")
    assert found.problems == ()


def test_title_that_may_be_cut_off_is_a_problem():
    (found,) = read_rows("PMID- 999000001\nTI  - Half a ti").rows

    assert found.problems == (("title", "Is the last line of the record: it may be cut off."),)


def test_authors_beyond_all_measure_are_not_shown():
    found = row(*[f"FAU - Nobody, {at}" for at in range(3_000)])

    assert len(found.values["authors"]) == 200
