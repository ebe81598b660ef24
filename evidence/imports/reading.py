"""The bytes of a file → its rows, checked one by one; never an exception, always a message."""

from collections.abc import Callable, Iterable
from itertools import islice

from evidence.imports import catalogue, crossref, pubmed, ris, tables
from evidence.imports.checking import check_row
from evidence.imports.decoding import decode
from evidence.imports.formats import NONE_OF_THEM, sniff
from evidence.imports.repeats import refuse_repeats
from evidence.imports.rows import MOST_ROWS, TOO_MANY, FileRead, Format, RawFile
from evidence.ingest.problems import Problem

_READERS: dict[Format, Callable[[str], RawFile]] = {
    Format.PUBMED: pubmed.read_rows,
    Format.RIS: ris.read_rows,
    Format.CSV: tables.read_rows,
    Format.JSON: catalogue.read_rows,
}


def read_file(data: bytes, name: str = "") -> FileRead:
    """Return the rows of a file or of pasted text; `name` hints at the format and is quoted."""
    decoded = decode(data)
    if decoded.problem:
        return FileRead(name, None, problems=_problems(name, [decoded.problem]))
    kind, odd = sniff(decoded.text, name)
    notes = [*decoded.notes, *odd]
    if kind is None:
        return FileRead(
            name, None, problems=_problems(name, [NONE_OF_THEM]), notes=_problems(name, notes)
        )
    return _checked(name, kind, _READERS[kind](decoded.text), notes)


def read_pubmed(text: str, name: str) -> FileRead:
    """Return the records that PubMed sent as text in its own format."""
    return _checked(name, Format.PUBMED, pubmed.read_rows(text), [])


def read_crossref(text: str, name: str) -> FileRead:
    """Return the work that Crossref sent as JSON."""
    return _checked(name, None, crossref.read_rows(text), [])


def _checked(name: str, kind: Format | None, raw: RawFile, said: Iterable[str]) -> FileRead:
    notes = _problems(name, [*said, *raw.notes])
    rows = list(islice(raw.rows, MOST_ROWS + 1))
    problems = list(raw.problems)
    if len(rows) > MOST_ROWS:
        problems.append(TOO_MANY)
    elif not rows and not problems:
        problems.append("Holds no study.")
    if problems:
        return FileRead(name, kind, problems=_problems(name, problems), notes=notes)
    read = [check_row(name, row, is_strict=kind is Format.JSON) for row in rows]
    return FileRead(name, kind, tuple(refuse_repeats(name, read)), notes=notes)


def _problems(name: str, messages: Iterable[str]) -> tuple[Problem, ...]:
    return tuple(Problem(name, "", message) for message in messages)
