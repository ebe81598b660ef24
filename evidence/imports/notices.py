"""Retraction Watch's CSV → notices: which publication was retracted, corrected or reinstated.

The file has tens of thousands of rows, so it is read as a stream; rows that name no publication
are left out.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence.imports.cleaning import plain_text
from evidence.imports.identifiers import folded_doi, plain_doi, plain_pmid

_NEEDED = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b.*", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b.*", re.ASCII)


class NoNotices(ValueError):
    """The file is not of this format; the message says what is missing."""


class Nature(StrEnum):
    """What a notice does to the publication."""

    RETRACTION = "retraction"
    CORRECTION = "correction"
    CONCERN = "expression of concern"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; numbers and date are empty where the file has none."""

    record: str
    nature: Nature
    title: str
    doi: str
    pmid: str
    on: date | None
    notice_doi: str
    reasons: tuple[str, ...]


def read_notices(lines: Iterable[str]) -> Iterator[Notice]:
    """Yield the notices of a file's lines; raises NoNotices if it has other columns."""
    reader = csv.reader(line.replace("\0", "") for line in lines)
    heading = [cell.strip().removeprefix("\ufeff") for cell in next(_records(reader), [])]
    missing = [name for name in _NEEDED if name not in heading]
    if missing:
        message = f"Is not in the format of Retraction Watch: no column {', '.join(missing)}."
        raise NoNotices(message)
    for cells in _records(reader):
        notice = _notice(dict(zip(heading, cells, strict=False)))
        if notice:
            yield notice


def _records(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue  # a cell beyond all measure; the next line is read


def _notice(cells: dict[str, str]) -> Notice | None:
    nature = cells.get("RetractionNature", "").strip().casefold()
    doi = plain_doi(cells.get("OriginalPaperDOI", ""))
    pmid = plain_pmid(cells.get("OriginalPaperPubMedID", ""))
    title = plain_text(cells.get("Title", ""))[0]
    # The file writes "unavailable" and 0 for what it does not know.
    is_doi, is_pmid = doi.startswith("10."), pmid.isdigit() and pmid.strip("0") != ""
    if nature not in set(Nature) or not (is_doi or is_pmid or title):
        return None
    return Notice(
        record=cells.get("Record ID", "").strip(),
        nature=Nature(nature),
        title=title,
        doi=folded_doi(doi) if is_doi else "",
        pmid=pmid if is_pmid else "",
        on=_day(cells.get("RetractionDate", "")),
        notice_doi=plain_doi(cells.get("RetractionDOI", "")),
        reasons=tuple(_reasons(cells.get("Reason", ""))),
    )


def _day(text: str) -> date | None:
    american, iso = _AMERICAN.fullmatch(text.strip()), _ISO.fullmatch(text.strip())
    try:
        if american:
            month, day, year = map(int, american.groups())
            return date(year, month, day)
        return date(*map(int, iso.groups())) if iso else None
    except ValueError:
        return None


def _reasons(text: str) -> Iterator[str]:
    """Yield the reasons of a list such as "+Error in Data;+Plagiarism of Article;"."""
    for part in text.split(";"):
        if reason := plain_text(part)[0].lstrip("+ "):
            yield reason
