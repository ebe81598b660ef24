"""What a table of open data is: its columns, each with type, unit and what an empty cell means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from evidence.ingest.dumped_values import number, text

Row = dict[str, Any]

# Rows that are in memory at a time.
ROWS_AT_A_TIME = 500


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"
    DAY = "date"
    TEXTS = "list of texts"


@dataclass(frozen=True)
class Moment:
    """What is public: rows published by `at`, profiles as of evidence version `version`.

    `since` is when that version was opened; None before anything was published.
    """

    at: datetime
    version: int
    since: datetime | None = None


@dataclass(frozen=True)
class Column:
    """One column; `empty` says what no value means, and is blank where there always is one.

    The value is the row's attribute `path` (its name unless given), or what `read` makes of a row.
    """

    name: str
    kind: Kind
    about: str
    unit: str = ""
    empty: str = ""
    codes: tuple[str, ...] = ()
    path: str = ""
    read: Callable[[Any], Any] | None = None

    def of(self, row: Any) -> Any:
        """Return the cell as JSON's own types; None only where `empty` says what that means."""
        value = self.read(row) if self.read else attrgetter(self.path or self.name)(row)
        if self.kind is Kind.TEXT:
            return text(value or "") if self.empty else str(value or "").strip()
        if self.kind is Kind.NUMBER:
            return number(value)
        if self.kind is Kind.DAY:
            return None if value is None else value.isoformat()
        return list(value) if self.kind is Kind.TEXTS else value


@dataclass(frozen=True)
class Table:
    """A table by its name in both downloads; `query` asks for what is public at a moment, in order.

    With `expand` each row that is found stands for several of the table.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    query: Callable[[Moment], Any]
    expand: Callable[[Any], Iterable[Any]] | None = None

    def row(self, one: Any) -> Row:
        """Return one row, column by column."""
        return {column.name: column.of(one) for column in self.columns}

    def rows(self, moment: Moment) -> Iterator[Row]:
        """Yield the rows public at a moment, a few of them in memory at a time."""
        found = self.query(moment)
        if isinstance(found, QuerySet):
            found = found.iterator(chunk_size=ROWS_AT_A_TIME)
        if self.expand:
            found = chain.from_iterable(map(self.expand, found))
        return map(self.row, found)


def codes_of(choices: Any) -> tuple[str, ...]:
    """Return the codes of a closed vocabulary."""
    return tuple(choices.values)


def texts(name: str, about: str, *, empty: str = "", path: str = "") -> Column:
    """Return a column of free text."""
    return Column(name, Kind.TEXT, about, empty=empty, path=path)


def codes(name: str, about: str, choices: Any, *, empty: str = "", path: str = "") -> Column:
    """Return a column whose cells are codes of a closed vocabulary."""
    return Column(name, Kind.TEXT, about, empty=empty, path=path, codes=codes_of(choices))


def numbers(name: str, about: str, unit: str, *, empty: str = "", path: str = "") -> Column:
    """Return a column of numbers in one unit."""
    return Column(name, Kind.NUMBER, about, unit=unit, empty=empty, path=path)


def wholes(name: str, about: str, unit: str, *, empty: str = "", path: str = "") -> Column:
    """Return a column of whole numbers: a count, a year, a number in a register."""
    return Column(name, Kind.WHOLE, about, unit=unit, empty=empty, path=path)
