"""A CSV or XLSX file → its rows by heading, and what is wrong with the file or with a row.

Rows are numbered as a spreadsheet numbers them: the headings are row 1.
"""

import csv
import io
import zipfile
from contextlib import closing
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from evidence.imports.decoding import decode
from evidence.ingest.problems import shown

MOST_BYTES = 10_000_000
MOST_UNPACKED_BYTES = 60_000_000
MOST_ROWS = 1_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000  # characters
LAST_ROW = 20_000  # blank rows count here: a cell far below makes them without end
_PACKED = b"PK\x03\x04"
_NOT_CLOSED = (
    "Has a quotation mark that is not closed or not doubled; rows below may be taken for its text."
)
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, EOFError, OSError, NotImplementedError, OverflowError,
)  # fmt: skip


class NotASheet(Exception):
    """The file cannot be read at all; the message says why."""


@dataclass(frozen=True)
class SheetRow:
    """One row: its number, its cells by heading, or the one thing that makes it unreadable."""

    number: int
    cells: dict
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """All rows that hold something, under headings that are each there once; and what was odd."""

    headings: tuple
    rows: tuple
    notes: tuple = ()


def read_sheet(data, known, needed):
    """Return the rows of a file. Raises NotASheet.

    `known` are the headings that are read, `needed` those without which nothing can be.
    """
    if len(data) > MOST_BYTES:
        raise NotASheet(f"Is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    lines, notes = _xlsx(data) if data.startswith(_PACKED) else _csv(data)
    headings = _headings(next(lines, (1, [], ""))[1], known, needed)
    unknown = [shown(name) for name in headings if name and name not in known]
    if unknown:
        notes = (*notes, f"Columns that are not read: {', '.join(unknown[:20])}.")
    rows = []
    for number, cells, problem in lines:
        rows.append(_row(number, cells, problem, headings))
        if len(rows) > MOST_ROWS:
            raise NotASheet(f"Holds more than {MOST_ROWS:,} rows: split it.")
    if not rows:
        raise NotASheet("Holds no row under its headings.")
    return Sheet(tuple(name for name in headings if name in known), tuple(rows), notes)


def _headings(cells, known, needed):
    names = [str(cell or "").strip().lower() for cell in cells[: MOST_COLUMNS + 1]]
    while names and not names[-1]:
        names.pop()
    if not set(names) & set(known):
        raise NotASheet(f"Has no line of headings such as {', '.join(needed)}.")
    if len(names) > MOST_COLUMNS:
        raise NotASheet(f"Has more than {MOST_COLUMNS} columns.")
    for name in names:
        if name in known and names.count(name) > 1:
            raise NotASheet(f"Has the column {name} more than once: which of them counts?")
    missing = [name for name in needed if name not in names]
    if missing:
        raise NotASheet(f"Has no column {', '.join(missing)}.")
    return names


def _row(number, cells, problem, headings):
    extra = [cell for cell in cells[len(headings) :] if cell not in (None, "")]
    if not problem and extra:
        problem = f"Has more cells than the {len(headings)} headings: a comma too many?"
    if not problem and len(cells) < len(headings):
        problem = f"Has {len(cells)} cells where the headings are {len(headings)}: is it cut off?"
    for name, cell in zip(headings, cells, strict=False):
        if isinstance(cell, str) and len(cell) > LONGEST_CELL and not problem:
            problem = f"{name}: Is longer than {LONGEST_CELL:,} characters."
    found = {name: cell for name, cell in zip(headings, cells, strict=False) if name}
    return SheetRow(number, {} if problem else found, problem)


def _csv(data):
    decoded = decode(data)
    if decoded.problem:
        raise NotASheet(decoded.problem)
    return _csv_lines(decoded.text), decoded.notes


def _csv_lines(text):
    """Yield (number, cells, problem) for each record that holds something."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            is_long = "field limit" in str(error)
            yield number, [], "Has a cell that is far too long." if is_long else _NOT_CLOSED
            continue
        # Excel names the delimiter in a line of its own.
        if any(cells) and not (number == 1 and cells[0].startswith("sep=")):
            yield number, cells, ""


def _xlsx(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise NotASheet("Unpacks to far more than a table of this size holds.")
        with closing(load_workbook(io.BytesIO(data), read_only=True)) as book:
            return iter(list(_xlsx_lines(book.active))), ()
    except _BROKEN as error:
        raise NotASheet("Is no workbook, or is damaged or cut off: save it anew.") from error


def _xlsx_lines(sheet):
    """Yield (number, cells, problem) for each row that holds something."""
    if not hasattr(sheet, "iter_rows"):
        raise NotASheet("Holds no table.")
    rows = sheet.iter_rows(max_row=LAST_ROW + 1, max_col=MOST_COLUMNS + 1)
    for number, row in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise NotASheet(f"Goes on below row {LAST_ROW:,}: delete the rows that are not used.")
        kinds = {cell.data_type for cell in row if cell.value not in (None, "")}
        if not kinds:
            continue
        problem = ""
        if "f" in kinds:
            problem = "Holds a formula: paste its value instead."
        elif "e" in kinds:
            problem = "Holds an error such as #REF!: mend it first."
        yield number, [cell.value for cell in row], problem
