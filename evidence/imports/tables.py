"""CSV with a line of headings → rows; the names of columns are ours, PubMed's or plain words.

Rows are numbered as a spreadsheet numbers them: the headings are row 1.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from evidence.imports.designs import design_of
from evidence.imports.rows import RawFile, RawRow, Remark
from evidence.ingest.problems import shown
from evidence.synthesis import Design

_NAMES = {
    "key": ("key", "study key"),
    "pmid": ("pmid", "pubmed id", "pubmed", "pmid (pubmed id)"),
    "doi": ("doi",),
    "registry": ("registry", "trial registration", "registration number", "nct", "nct number"),
    "url": ("url", "address", "link"),
    "title": ("title", "study title", "article title"),
    "authors": ("authors", "author"),
    "year": ("year", "publication year", "year of publication", "pub year"),
    "journal": ("journal", "journal/book", "source title"),
    "design": ("design", "study design", "publication type"),
    "n_studies": ("n_studies", "studies", "studies pooled"),
    "n_participants": ("n_participants", "participants", "n", "sample size"),
    "population": ("population",),
    "countries": ("countries", "country"),
    "blinding": ("blinding", "masking"),
    "funding": ("funding", "funder"),
    "status": ("status",),
}
_COLUMNS = {name.replace("_", " "): field for field, names in _NAMES.items() for name in names}
_DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"sep=(.)\s*$", re.I)
_GUARDED = re.compile(r"'(?=[=+\-@])")
# How spreadsheets keep a number from being counted with: ="12345678".
_QUOTED_NUMBER = re.compile(r'="([^"]*)"')
_FORMULA_STARTS = ("=", "+", "-", "@")
_WHOLE = re.compile(r"(\d{1,10})(?:\.0+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:[-/.]\d.*)?", re.ASCII)
_NUMBERS = {"year": _DATE, "n_studies": _WHOLE, "n_participants": _WHOLE}
_NO_CLOSING = "Has a quotation mark that is not closed or not doubled."


def has_heading(text: str) -> bool:
    """Say whether the first line names columns that are known here."""
    lines = _lines(text)
    return bool(lines) and _heading(lines)[1] is not None


def read_rows(text: str) -> RawFile:
    """Return the rows of a table; refused without headings, or with one that counts twice."""
    lines = _lines(text)
    delimiter, cells = _heading(lines)
    if cells is None:
        known = ", ".join(_NAMES)
        return RawFile(problems=(f"Has no line of headings that names known columns: {known}.",))
    fields = [_field(cell) for cell in cells]
    problems = [
        f"Has the column {field} more than once: nobody can tell which of them counts."
        for field in dict.fromkeys(field for field in fields if field)
        if fields.count(field) > 1
    ]
    if "title" not in fields:
        problems.append("Has no column title.")
    if not {"key", "pmid", "doi", "registry"} & set(fields):
        problems.append("Has no column pmid, doi, registry or key: no study could be looked up.")
    if problems:
        return RawFile(problems=tuple(problems))
    unknown = [shown(cell.strip()) for cell, field in zip(cells, fields, strict=True) if not field]
    note = f"Columns that are not read: {', '.join(unknown[:20])}."
    rows = _rows(_records(lines, delimiter), fields)
    return RawFile(rows, notes=(note,) if unknown else ())


def _lines(text: str) -> list[str]:
    """Return the lines from the first that is not blank, as a spreadsheet parts them."""
    lines = list(io.StringIO(text.lstrip("\ufeff"), newline=""))
    while lines and not lines[0].strip():
        del lines[0]
    return lines


def _heading(lines: Sequence[str]) -> tuple[str, list[str] | None]:
    """Return the delimiter and the headings, or None if the line names too few columns."""
    first = lines[0] if lines else ""
    named = _NAMED_DELIMITER.match(first)
    if named:
        del lines[0]  # type: ignore[attr-defined]
        first = lines[0] if lines else ""
    best: tuple[int, str, list[str]] = (0, ",", [])
    for delimiter in named[1] if named else _DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except (csv.Error, TypeError):
            continue
        known = sum(1 for cell in cells if _field(cell))
        if known > best[0]:
            best = (known, delimiter, cells)
    known, delimiter, cells = best
    # One known word among many is prose.
    return delimiter, (cells if known >= 2 or known == len(cells) > 0 else None)


def _field(heading: str) -> str:
    plain = " ".join(heading.replace("_", " ").split()).casefold()
    return _COLUMNS.get(plain, "")


class _Lines:
    """Lines to be read once, except that a reader may be sent back."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _records(lines: Sequence[str], delimiter: str) -> Iterator[list[str] | str]:
    """Yield the cells of each record, or why it cannot be read; reading goes on a line below."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while source.at < len(lines):
        start = source.at
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            source.at = start + 1
            is_long = "field limit" in str(error)
            yield "Has a cell that is far too long." if is_long else _NO_CLOSING


def _rows(records: Iterator[list[str] | str], fields: Sequence[str]) -> Iterator[RawRow]:
    next(records, None)  # the headings
    for number, record in enumerate(records, start=2):
        if isinstance(record, str):
            yield RawRow(number, {}, problems=(("", record),))
        elif any(cell.strip() for cell in record):
            yield _row(number, record, fields)


def _row(number: int, cells: Sequence[str], fields: Sequence[str]) -> RawRow:
    if len(cells) != len(fields):
        message = (
            f"Has {len(cells)} cells where the headings are {len(fields)}: a comma too many or too "
            "few, or the row is cut off."
        )
        return RawRow(number, {}, problems=(("", message),))
    values: dict[str, object] = {}
    notes: list[Remark] = []
    for field, cell in zip_longest(fields, cells):
        if field and (text := _unguarded(cell)):
            values[field] = _value(field, text)
            if text.startswith(_FORMULA_STARTS):
                message = f"Starts with {text[0]}, which a spreadsheet would run: kept as text."
                notes.append((field, message))
    return RawRow(number, values, notes=tuple(notes))


def _unguarded(cell: str) -> str:
    """Return a cell without what spreadsheets and exports put before a formula or a number."""
    text = _GUARDED.sub("", cell.strip(), count=1) if cell.strip()[:1] == "'" else cell.strip()
    quoted = _QUOTED_NUMBER.fullmatch(text)
    return quoted[1].strip() if quoted else text


def _value(field: str, text: str) -> object:
    """Return a number or a code for what reads as one; all else is judged as text."""
    if field in _NUMBERS:
        found = _NUMBERS[field].fullmatch(text)
        return int(found[1]) if found else text
    if field == "authors":
        return tuple(one.strip() for one in text.split(";") if one.strip())
    if field in ("blinding", "status"):
        return text.lower()
    if field == "design":
        code = text.lower().replace("_", "-").replace(" ", "-")
        return code if code in set(Design) else str(design_of(text.split(";")) or text)
    return text
