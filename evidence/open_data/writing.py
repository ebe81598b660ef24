"""The tables as files, row by row, so that a catalogue of any size takes the same memory.

The JSON file holds `about`, `dictionary` and `tables`. The ZIP file holds a CSV file for each table
and for the dictionary, and README.txt. In CSV an empty cell is null, a list is joined by " | ", and
a text that a spreadsheet would take for a formula begins with an apostrophe; each file begins with
a byte order mark, because spreadsheets guess another encoding without one. What files hold depends
on what is public alone: the same evidence gives the same bytes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from evidence.formula_guard import guarded
from evidence.open_data.columns import Moment, Row, Table

About = Mapping[str, Any]

ENCODING = "utf-8-sig"
LIST_SEPARATOR = " | "


def json_chunks(
    about: About, dictionary: Table, tables: Iterable[Table], moment: Moment
) -> Iterator[str]:
    """Yield the JSON file in pieces, a row in each."""
    yield f'{{\n"about": {_json(about)},\n"dictionary": '
    yield from _list(dictionary.rows(moment))
    separator = ',\n"tables": {\n'
    for table in tables:
        yield f"{separator}{_json(table.name)}: "
        yield from _list(table.rows(moment))
        separator = ",\n"
    yield "\n}\n}\n"


def write_zip(file: IO[bytes], about: About, tables: Iterable[Table], moment: Moment) -> None:
    """Write the ZIP file with a CSV file for each table."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        readme = "\n".join(f"{name}: {_in_words(value)}" for name, value in about.items())
        with archive.open(_member("README.txt", moment), "w") as member:
            member.write(f"{readme}\n".encode())
        for table in tables:
            with archive.open(_member(f"{table.name}.csv", moment), "w") as member:
                _write_csv(member, table, moment)


def _write_csv(member: IO[bytes], table: Table, moment: Moment) -> None:
    text = TextIOWrapper(member, encoding=ENCODING, newline="", write_through=True)
    writer = csv.writer(text)
    names = [column.name for column in table.columns]
    writer.writerow(names)
    for row in table.rows(moment):
        writer.writerow([_cell(row[name]) for name in names])
    text.detach()


def _member(name: str, moment: Moment) -> ZipInfo:
    """Return the head of one file, dated by the evidence and not by the clock."""
    info = ZipInfo(name)
    if moment.since:
        info.date_time = moment.since.timetuple()[:6]
    info.compress_type = ZIP_DEFLATED
    # Plain files that their owner may write and all may read.
    info.external_attr = 0o100644 << 16
    return info


def _list(rows: Iterable[Row]) -> Iterator[str]:
    separator = "[\n"
    for row in rows:
        yield separator + _json(row)
        separator = ",\n"
    yield "[]" if separator == "[\n" else "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _cell(value: Any) -> Any:
    """Return a cell: lists joined, truth in words, texts harmless; a number stays one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return guarded(LIST_SEPARATOR.join(value))
    return guarded(value) if isinstance(value, str) else value


def _in_words(value: object) -> str:
    return "none" if value is None else str(value)
