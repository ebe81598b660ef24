import pytest

from evidence.imports.checking import check_row
from evidence.imports.rows import RawRow
from tests.evidence.imports.made_up_sources import STUDY


def checked(*, is_strict=False, **values):
    """Return the third row of a file with these values beside a title."""
    raw = RawRow(3, {"title": "Invented", **values})
    return check_row("a.csv", raw, is_strict=is_strict)


@pytest.mark.parametrize(
    "values, key",
    [
        ({"pmid": "PMID: 999000001", "doi": "10.9999/A"}, "pmid:999000001"),
        ({"doi": "https://doi.org/10.9999/A", "registry": "NCT99000001"}, "doi:10.9999/a"),
        ({"registry": "nct99000001"}, "registry:NCT99000001"),
        ({"key": "untraced:herb-1"}, "untraced:herb-1"),
        ({}, None),
    ],
)
def test_key_is_that_of_the_best_number(values, key):
    assert checked(**values).candidate.key == key


def test_problem_names_file_row_and_field():
    row = checked(pmid="1", year="20x4", journal="x" * 300)

    assert row.candidate is None
    assert [str(problem).split(",")[0:2] for problem in row.problems] == [
        ["a.csv", " row 3: year: Must be a whole number"],
        ["a.csv", " row 3: journal: Must be at most 200 characters long"],
    ]


def test_row_that_its_reader_refused_is_not_blamed_twice():
    row = check_row("a.csv", RawRow(3, {}, problems=(("", "Has 3 cells."),)), is_strict=False)

    assert [str(problem) for problem in row.problems] == ["a.csv, row 3: Has 3 cells."]


@pytest.mark.parametrize("title, plain", [("Herb.", "Herb"), ("Herb...", "Herb..."), ("H.", "H")])
def test_full_stop_of_pubmed_is_taken_off(title, plain):
    assert checked(title=title, pmid="1").candidate.title == plain


def test_title_that_says_retracted_sets_the_status_and_says_so():
    row = checked(title="RETRACTED: Herb", pmid="1")

    assert (row.candidate.title, row.candidate.status) == ("Herb", "retracted")
    assert row.notes[0].field == "status"


@pytest.mark.parametrize(
    "values, field",
    [
        ({"key": "pmid:999000001", "pmid": "999000002"}, "pmid"),
        ({"key": "doi:10.9999/a", "doi": "10.9999/b"}, "doi"),
        ({"key": "pmid:1", "includes": ["pmid:1"]}, "includes[0]"),
        ({"key": "pmid:1", "includes": ["pmid:2", "pmid:2"]}, "includes[1]"),
        ({"url": "javascript:alert(1)", "pmid": "1"}, "url"),
        ({"title": "…", "pmid": "1"}, "title"),
    ],
)
def test_what_contradicts_itself_is_refused(values, field):
    assert [problem.field for problem in checked(**values).problems] == [field]


def test_study_of_the_catalogue_must_name_every_key():
    whole = checked(is_strict=True, **STUDY)
    lacking = checked(is_strict=True, **{n: v for n, v in STUDY.items() if n != "funding"})

    assert whole.candidate.n_participants == 40
    assert [str(one) for one in lacking.problems] == ["a.csv, row 3: funding: Is missing."]


def test_markup_is_taken_out_of_prose_and_never_of_a_doi():
    row = checked(doi="10.1002/x<1::AID>2", journal="J<sub>1</sub>", authors=("<b>A</b>",))

    assert row.candidate.doi == "10.1002/x<1::AID>2"
    assert row.candidate.journal == "J1"
    assert row.candidate.authors == ("A",)
