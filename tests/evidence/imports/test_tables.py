import pytest

from evidence.imports.tables import has_heading, read_rows


def rows(text):
    """Return the rows of a table that has no fault as a whole."""
    raw = read_rows(text)
    assert raw.problems == ()
    return list(raw.rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_read_off_the_headings(delimiter):
    text = "pmid,title,year\n1,Invented,2020\n".replace(",", delimiter)

    assert rows(text)[0].values == {"pmid": "1", "title": "Invented", "year": 2020}


def test_delimiter_that_a_spreadsheet_names_is_believed():
    assert rows("sep=;\npmid;title\n1;One, two\n")[0].values["title"] == "One, two"


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    text = 'pmid,title\n1,One\n\n2,"Two\nlines"\n3,Three\n'

    assert [row.number for row in rows(text)] == [2, 4, 5]


def test_headings_of_pubmed_and_plain_words_are_known():
    text = "PubMed ID,Study_Title,Publication Year,Journal/Book,Sample size\n1,One,2020-05,J,40\n"

    assert rows(text)[0].values == {
        "pmid": "1",
        "title": "One",
        "year": 2020,
        "journal": "J",
        "n_participants": 40,
    }


@pytest.mark.parametrize(
    "cell, value",
    [
        ('"=""999000001"""', "999000001"),
        ("'=1+1", "=1+1"),
        ("'quoted", "'quoted"),
        (" 999000001 ", "999000001"),
    ],
)
def test_what_spreadsheets_put_before_a_cell_is_taken_off(cell, value):
    assert rows(f"pmid,title\n{cell},One\n")[0].values["pmid"] == value


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_formula_is_kept_as_text_and_pointed_out(start):
    (row,) = rows(f"pmid,title\n1,{start}SUM(A1)\n")

    assert row.values["title"] == f"{start}SUM(A1)"
    message = f"Starts with {start}, which a spreadsheet would run: kept as text."
    assert row.notes == (("title", message),)


@pytest.mark.parametrize(
    "cell, value",
    [("rct", "rct"), ("Crossover RCT", "crossover-rct"), ("Meta-Analysis", "meta-analysis"),
     ("Randomized Controlled Trial", "rct"), ("séance", "séance")],
)  # fmt: skip
def test_design_is_a_code_or_a_publication_type(cell, value):
    assert rows(f"pmid,title,design\n1,One,{cell}\n")[0].values["design"] == value


@pytest.mark.parametrize("cell", ["20x4", "020", "20204", "1,683"])
def test_what_is_no_number_stays_text(cell):
    assert rows(f'pmid,title,year\n1,One,"{cell}"\n')[0].values["year"] == cell


def test_quotation_mark_that_is_not_closed_costs_its_own_row_alone():
    found = rows('pmid,title\n1,"One\n2,Two\n3,Three\n')

    assert [row.number for row in found] == [2, 3, 4]
    assert "not closed" in found[0].problems[0][1]
    assert [row.values.get("title") for row in found] == [None, "Two", "Three"]


@pytest.mark.parametrize(
    "heading, problem",
    [
        ("who,what", "no line of headings"),
        ("pmid,title,Title", "column title more than once"),
        ("pmid,year", "no column title"),
        ("title,year", "no column pmid, doi"),
    ],
)
def test_table_with_other_headings_is_refused(heading, problem):
    assert problem in read_rows(f"{heading}\n1,2,3\n").problems[0]


def test_columns_that_are_not_read_are_named():
    assert read_rows("pmid,title,Colour\n1,One,red\n").notes == (
        "Columns that are not read: 'Colour'.",
    )


def test_prose_has_no_heading():
    assert has_heading("title")
    assert not has_heading("The title, and more")
    assert not has_heading("")
