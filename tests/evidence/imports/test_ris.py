import pytest

from evidence.imports.ris import read_rows
from tests.evidence.imports.made_up_sources import RIS


def row(*lines):
    """Return the one row of a reference with these lines after its title."""
    (found,) = read_rows("\n".join(["TY  - JOUR", "TI  - Invented", *lines, "ER  - "])).rows
    return found


def test_reference_gives_what_a_study_holds():
    (found,) = read_rows(RIS).rows

    assert found.problems == found.notes == ()
    assert {name: value for name, value in found.values.items() if value} == {
        "title": "Invented herb beta for imaginary stress",
        "journal": "Journal of Invented Results",
        "doi": "https://doi.org/10.9999/Invented.2",
        "authors": ("Nobody, Ann", "Noone, Ben"),
        "year": 2020,
        "design": "meta-analysis",
        "design_guessed": True,
    }


@pytest.mark.parametrize(
    "lines, field, value",
    [
        (("AN  - 999000001", "DB  - PubMed"), "pmid", "999000001"),
        (("AN  - 999000001", "DB  - Embase"), "pmid", None),
        (("UR  - https://pubmed.ncbi.nlm.nih.gov/999000001/",), "pmid", "999000001"),
        (("UR  - https://doi.org/10.9999/u",), "doi", "https://doi.org/10.9999/u"),
        (("T2  - J Two", "JO  - J One"), "journal", "J One"),
        (("T2  - J Two",), "journal", "J Two"),
        (("Y1  - 2019///",), "year", 2019),
        (("DA  - 2018/05",), "year", 2018),
        (("PY  - 20x4",), "year", "20x4"),
        (("KW  - Double-Blind Method",), "blinding", "double-blind"),
        (("M3  - Randomized Controlled Trial",), "design", "rct"),
        (("M3  - Retracted Publication",), "status", "retracted"),
    ],
)
def test_fields_are_found_where_programs_put_them(lines, field, value):
    assert row(*lines).values.get(field) == value


@pytest.mark.parametrize("start", ["TY  - JOUR", "TY - JOUR", "TY  - JOUR  "])
@pytest.mark.parametrize("end", ["ER  - ", "ER  -", "ER -"])
def test_blanks_around_the_hyphen_do_not_count(start, end):
    (found,) = read_rows(f"{start}\r\nTI - Invented\r\n{end}\r\n").rows

    assert found.values["title"] == "Invented"


def test_title_over_two_lines_is_joined():
    (found,) = read_rows("TY  - JOUR\nTI  - One\nand two\nER  - \n").rows

    assert found.values["title"] == "One and two"


def test_reference_without_an_end_costs_itself_alone():
    found = list(read_rows(f"TY  - JOUR\nTI  - One\n{RIS}").rows)

    assert [bool(one.problems) for one in found] == [True, False]
    assert "no line ER" in found[0].problems[0][1]


def test_what_stands_outside_a_reference_is_named():
    raw = read_rows(f"Provider: x\n{RIS}\nstray\n")

    assert raw.notes == ("Left out before the first reference: 'Provider: x'.",)
    assert next(iter(raw.rows)).notes == (("", "Left out after its end: 'stray'."),)


@pytest.mark.parametrize("tag, field", [("TI", "title"), ("DO", "doi")])
def test_field_given_twice_is_a_problem(tag, field):
    found = row(f"{tag}  - One thing", f"{tag}  - Another")

    assert found.problems == ((field, "Is given more than once."),)
