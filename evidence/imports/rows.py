"""What a source gives: rows as it prints them, then candidates or problems."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import TypeAdapter

from evidence.ingest import fields as f
from evidence.ingest.entry import FROM_JSON, Entry
from evidence.ingest.problems import Problem
from evidence.synthesis import Design

# What is larger than any honest list of references: refused before it costs memory or patience.
MOST_BYTES = 10_000_000
MOST_ROWS = 2_000
TOO_MANY = f"Holds more than {MOST_ROWS:,} rows: split it."
LONGEST_FIELD = 20_000  # characters; the longest abstracts have 5,000

# The field that a remark is about (empty: the whole row), and the remark.
Remark = tuple[str, str]


class Format(StrEnum):
    """What a file is written in."""

    PUBMED = "PubMed"
    RIS = "RIS"
    CSV = "CSV"
    JSON = "JSON"


class Candidate(Entry):
    """One study as a source gives it; None wherever the source says nothing.

    `key` is None for a study that nobody could look up. Authors are shown, not stored.
    """

    key: f.StudyKey | None = None
    pmid: f.Pmid | None = None
    doi: f.Doi | None = None
    registry: f.Text60 | None = None
    url: f.WebAddress | None = None
    title: f.Text600
    title_confirmed: bool = True
    authors: Annotated[tuple[str, ...], FROM_JSON] = ()
    year: f.Year | None = None
    journal: f.Text200 | None = None
    design: Annotated[Design | None, FROM_JSON] = None
    # Read off publication types and headings rather than said in so many words.
    design_guessed: bool = False
    n_studies: f.Count | None = None
    n_participants: f.Count | None = None
    population: f.Text300 | None = None
    countries: f.Text200 | None = None
    blinding: f.Blinding | None = None
    funding: f.Text300 | None = None
    status: f.StudyStatus | None = None
    includes: Annotated[tuple[f.StudyKey, ...], FROM_JSON] = ()


@dataclass(frozen=True, slots=True)
class RawRow:
    """One record by field name, texts as printed; `problems` refuse it, `notes` do not."""

    number: int
    values: Mapping[str, object]
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class RawFile:
    """The records of a source, read as they are asked for; `problems` refuse it as a whole."""

    rows: Iterable[RawRow] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRead:
    """One checked row: a candidate, or None and the problems; notes say what was cleaned.

    `number` is that of a spreadsheet for CSV, else the position of the record from 1.
    """

    number: int
    candidate: Candidate | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRead:
    """All rows of one source, or the problems that keep it from being read at all."""

    name: str
    format: Format | None
    rows: tuple[RowRead, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def place_of(file: str, number: int) -> str:
    """Return how a problem names a row of a file, or of text without a name."""
    return f"{file}, row {number}" if file else f"row {number}"


_AS_JSON = TypeAdapter(FileRead)


def to_text(read: FileRead) -> str:
    """Return what was read as text, to be kept between a preview and the choice."""
    return _AS_JSON.dump_json(read).decode()


def from_text(text: str) -> FileRead:
    """Return what `to_text` was given; every field is checked again.

    Raises ValueError for any other text.
    """
    return _AS_JSON.validate_json(text)
