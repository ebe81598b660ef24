"""Lists as files: the rows of the list, all their columns, nothing that runs in a spreadsheet."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from evidence.admin.exports import LONGEST_XLSX_CELL
from evidence.models import Article, Finding, Study
from tests.admin_pages import address
from tests.factories import make_article, make_finding, make_study, make_user
from tests.one_of_each import MAKERS

MODELS = sorted(MAKERS, key=lambda model: model.__name__)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "=cmd|' /C calc'!A0")


def rows_of(response):
    """Return the lines of a CSV as dicts, its mark taken for granted."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet_of(response):
    """Return the cells of a workbook."""
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_of_the_evidence_is_a_file(model, admin, make):
    row = make(model)

    answers = [admin.get(address(model, "export", kind)) for kind in ("csv", "xlsx")]

    assert [response.status_code for response in answers] == [200, 200]
    assert str(row.pk) in {line[model._meta.pk.name] for line in rows_of(answers[0])}
    assert row.pk in [cells[0][0] for cells in sheet_of(answers[1])]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_file_asks_as_often_for_thirty_rows_as_for_three(model, admin, make):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            rows_of(admin.get(address(model, "export", "csv")))
        return len(captured)

    for i in range(3):
        make(model, i)
    queries()  # fills Django's own caches
    for_three = queries()

    for i in range(3, 30):
        make(model, i)

    assert queries() == for_three


def test_file_has_other_rows_by_their_names_and_numbers_as_numbers(admin, db):
    make_finding()

    (line,) = rows_of(admin.get(address(Finding, "export", "csv")))

    names = {name: line[name] for name in ("compound", "outcome", "study", "published_by")}
    assert names == {
        "compound": "melatonin",
        "outcome": "sleep-onset-latency",
        "study": "pmid:23691095",
        "published_by": "catalogue-loader",
    }
    assert (line["estimate"], line["is_independent"]) == ("-7.06", "False")


def test_workbook_keeps_numbers_and_days_as_such(admin, db):
    make_finding(next_review_on="2027-01-02")

    heads, cells = sheet_of(admin.get(address(Finding, "export", "xlsx")))

    by_name = {head[0]: cell for head, cell in zip(heads, cells, strict=True)}
    assert by_name["estimate"] == (-7.06, "n")
    assert by_name["next_review_on"][1] == "d"


def test_file_names_all_that_a_review_pools(admin, db):
    review = make_study("doi:10.1000/a,b;c")
    review.includes.add(make_study("pmid:1"), make_study("doi:10.1/x;y"))

    lines = rows_of(admin.get(address(Study, "export", "csv")))

    pooled = {line["key"]: line["includes"] for line in lines}
    assert pooled[review.key] == "doi:10.1/x;y | pmid:1"


@pytest.mark.parametrize("formula", FORMULAS)
def test_formula_is_text_in_both_kinds_of_file(formula, admin, db):
    make_finding(note=formula)

    (line,) = rows_of(admin.get(address(Finding, "export", "csv")))
    heads, cells = sheet_of(admin.get(address(Finding, "export", "xlsx")))

    in_book = {head[0]: cell for head, cell in zip(heads, cells, strict=True)}["note"]
    assert line["note"] == f"'{formula}"
    assert in_book[1] == "s"
    assert in_book[0].startswith("'")


def test_file_holds_the_rows_that_the_list_shows(admin, db):
    make_finding("melatonin-01", result="benefit")
    make_finding("melatonin-02", result="no-effect")

    found = rows_of(admin.get(address(Finding, "export", "csv"), {"result__exact": "no-effect"}))
    searched = rows_of(admin.get(address(Finding, "export", "csv"), {"q": "melatonin-01"}))

    assert [line["key"] for line in found] == ["melatonin-02"]
    assert [line["key"] for line in searched] == ["melatonin-01"]


def test_list_links_to_files_of_what_it_shows(admin, db):
    page = admin.get(address(Finding, "changelist"), {"result__exact": "benefit"}).content.decode()

    assert f'href="{address(Finding, "export", "csv")}?result__exact=benefit"' in page
    assert f'href="{address(Finding, "export", "xlsx")}?result__exact=benefit"' in page


def test_text_too_long_for_a_workbook_says_that_it_was_cut(admin, db):
    make_article(body="x" * 40_000 + "\x01")

    heads, cells = sheet_of(admin.get(address(Article, "export", "xlsx")))
    (line,) = rows_of(admin.get(address(Article, "export", "csv")))

    body = {head[0]: cell[0] for head, cell in zip(heads, cells, strict=True)}["body"]
    assert len(body) == LONGEST_XLSX_CELL
    assert body.endswith("[cut here: the CSV has it whole]")
    assert len(line["body"]) == 40_001


def test_control_characters_do_not_break_a_workbook(admin, db):
    make_finding(note="a\x01b")

    heads, cells = sheet_of(admin.get(address(Finding, "export", "xlsx")))

    assert {h[0]: c[0] for h, c in zip(heads, cells, strict=True)}[
        "note"
    ] == "a\N{REPLACEMENT CHARACTER}b"


def test_reading_is_enough_for_a_file_and_needed(client, db):
    reader, outsider = make_user("reader"), make_user("outsider")
    reader.user_permissions.add(Permission.objects.get(codename="view_finding"))
    url, answers = address(Finding, "export", "csv"), []

    for user in (reader, outsider):
        client.force_login(user)
        response = client.get(url)
        b"".join(response)  # a file is closed once it is read
        answers.append(response.status_code)
    client.logout()
    answers.append(client.get(url).status_code)

    assert answers == [200, 403, 302]


@pytest.mark.parametrize(
    "kind, query, status", [("pdf", {}, 404), ("csv", {"nonsense__exact": "1"}, 302)]
)
def test_file_that_cannot_be_had(kind, query, status, admin, db):
    assert admin.get(address(Finding, "export", kind), query).status_code == status


def test_file_is_only_asked_for_never_posted(admin, db):
    assert admin.post(address(Finding, "export", "csv")).status_code == 405
