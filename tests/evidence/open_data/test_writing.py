"""The files: whole, harmless in a spreadsheet, the same for the same data, in little memory."""

import csv
import json
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from evidence.open_data.columns import Column, Kind, Moment, Table, numbers, texts
from evidence.open_data.writing import json_chunks, write_zip

MOMENT = Moment(datetime(2025, 3, 2, tzinfo=UTC), 7, datetime(2025, 3, 1, 12, 30, tzinfo=UTC))
ABOUT = {"name": "Made up", "licence": None}
MEMORY = 3_000_000  # bytes; the files below hold many times more


def table_of(rows):
    columns = (
        texts("name", "A name.", empty="unknown"),
        numbers("dose", "A dose.", "mg", empty="unknown"),
        Column("is_safe", Kind.YES_NO, "Whether."),
        Column("routes", Kind.TEXTS, "Routes."),
    )
    return Table("made_up", "Rows.", columns, lambda moment: rows)


def row(name="zinc", dose=1.5, is_safe=True, routes=("oral",)):
    return SimpleNamespace(name=name, dose=dose, is_safe=is_safe, routes=list(routes))


def read_json(*tables):
    return json.loads("".join(json_chunks(ABOUT, table_of([]), tables, MOMENT)))


def read_csv(table):
    file = BytesIO()
    write_zip(file, ABOUT, [table], MOMENT)
    with ZipFile(file) as archive:
        text = archive.read("made_up.csv").decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def test_json_holds_values_as_they_are():
    found = read_json(table_of([row(), row(name="", dose=None, is_safe=False, routes=())]))

    assert found["about"] == ABOUT
    assert found["tables"]["made_up"] == [
        {"name": "zinc", "dose": 1.5, "is_safe": True, "routes": ["oral"]},
        {"name": None, "dose": None, "is_safe": False, "routes": []},
    ]


def test_json_of_an_empty_table_is_a_list():
    assert read_json(table_of([]))["tables"] == {"made_up": []}


def test_csv_holds_the_same_in_cells():
    routes = ("oral", "topical")
    head, *rows = read_csv(table_of([row(routes=routes), row(name="", dose=None, is_safe=False)]))

    assert head == ["name", "dose", "is_safe", "routes"]
    assert rows == [["zinc", "1.5", "yes", "oral | topical"], ["", "", "no", "oral"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"])
def test_csv_holds_no_formula(text):
    ((_, (name, _, _, routes)),) = [read_csv(table_of([row(name=text, routes=[text])]))]

    assert name.startswith("'")
    assert routes.startswith("'")


def test_csv_leaves_numbers_alone():
    assert read_csv(table_of([row(dose=-7.06)]))[1][1] == "-7.06"


@pytest.mark.parametrize("text", ['a "b", c', "two\nlines", "Tα1 – ü", "a;b"])
def test_csv_brings_any_text_back(text):
    assert read_csv(table_of([row(name=text)]))[1][0] == text


def test_zip_is_the_same_for_the_same_data():
    files = []
    for _ in range(2):
        files.append(BytesIO())
        write_zip(files[-1], ABOUT, [table_of([row()])], MOMENT)

    assert files[0].getvalue() == files[1].getvalue()
    with ZipFile(files[0]) as archive:
        assert archive.getinfo("made_up.csv").date_time == (2025, 3, 1, 12, 30, 0)
        assert archive.read("README.txt").decode() == "name: Made up\nlicence: none\n"


@pytest.mark.parametrize("form", ["json", "zip"])
def test_files_of_any_size_take_the_same_memory(form):
    rows = (row(name=f"{number} {'x' * 200}") for number in range(40_000))
    table = table_of(rows)
    with TemporaryFile() as file:
        tracemalloc.start()
        if form == "json":
            for chunk in json_chunks(ABOUT, table_of([]), [table], MOMENT):
                file.write(chunk.encode())
        else:
            write_zip(file, ABOUT, [table], MOMENT)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # What is packed says nothing about what was held: the rows are some 10 MB.
        size = file.tell() if form == "json" else 40_000 * 250

    assert peak < MEMORY < size
