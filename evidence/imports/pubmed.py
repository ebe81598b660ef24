"""PubMed's own format (.nbib) → rows, by the nbib package.

Records are parted here, so that a bad one does not stop the rest; and the tags that the package
skips (errata, retractions, registry numbers) are read here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import nbib
from nbib.exceptions import MalformedLine, UnknownTagFormat

from evidence.imports.designs import blinding_of, design_of, is_retracted, notice_in
from evidence.imports.rows import RawFile, RawRow, Remark
from evidence.ingest.problems import shown

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)")
_CONTINUED = re.compile(r"\s{2,}(\S.*)")
_YEAR = re.compile(r"\s*(\d{4})(?!\d)", re.ASCII)
# What the package is given: every tag that is wanted of it, and so none that could trip it.
_FOR_PACKAGE = ("PMID", "TI", "FAU", "AU", "CN", "JT", "TA", "DP", "PT", "MH", "AID")
_DOI = re.compile(r"(\S.*?)\s*\[doi\]", re.I)
_TRIAL = re.compile(r"ClinicalTrials\.gov/(NCT\d{8})|((?:ISRCTN|EudraCT|ACTRN|ChiCTR)\S*)", re.I)

# The largest consortia have 3,000 authors with an affiliation each.
_MOST_LINES = 20_000
# Of one tag, that is; authors beyond it are not shown, and no paper has as many headings.
_MOST_OF_A_TAG = 200

# A tag and its lines.
_Tag = tuple[str, list[str]]


def read_rows(text: str) -> RawFile:
    """Return the records of PubMed's format; a line of PMID opens one even without a blank line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return RawFile(_rows(lines))


def _rows(lines: Sequence[str]) -> Iterator[RawRow]:
    record: list[str] = []
    number = 0
    for line in [*lines, ""]:
        is_next = line.startswith("PMID") and any(one.startswith("PMID") for one in record)
        if record and (not line.strip() or is_next):
            number += 1
            yield _row(number, record)
            record = []
        if line.strip():
            record.append(line)


def _row(number: int, lines: Sequence[str]) -> RawRow:
    if len(lines) > _MOST_LINES:
        return RawRow(number, {}, problems=(("", f"Has more than {_MOST_LINES:,} lines."),))
    tags, stray = _tags(lines)
    values, problems = _by_package(tags)
    notes: list[Remark] = [
        ("", f"Not a line of PubMed’s format, left out: {shown(one)}.") for _, one in stray[:3]
    ]
    problems += [
        ("title", f"Goes on with a line that is not PubMed’s format: {shown(one)}.")
        for tag, one in stray
        if tag == "TI"
    ]
    if len(_all(tags, "TI")) > 1:
        problems.append(("title", "Is given more than once."))
    if tags and tags[-1][0] == "TI":
        problems.append(("title", "Is the last line of the record: it may be cut off."))
    words = [*_all(tags, "PT"), *_all(tags, "MH")]
    if why := notice_in(_all(tags, "PT")):
        problems.append(("", why))
    values |= {"design": design_of(words), "design_guessed": True, "blinding": blinding_of(words)}
    if "doi" not in values and (found := _first(_DOI, _all(tags, "LID"))):
        values["doi"] = found[1]
    if found := _first(_TRIAL, _all(tags, "SI")):
        values["registry"] = found[1] or found[2]
    if is_retracted(words) or _all(tags, "RIN"):
        values["status"] = "retracted"
    elif _all(tags, "EIN") or _all(tags, "CRI"):
        values["status"] = "corrected"
    if _all(tags, "ECI"):
        notes.append(("status", "PubMed names an expression of concern about it."))
    return RawRow(number, values, tuple(problems), tuple(notes))


def _tags(lines: Sequence[str]) -> tuple[list[_Tag], list[tuple[str, str]]]:
    """Return the tags with their lines, and each line that is none with the tag before it."""
    tags: list[_Tag] = []
    stray = []
    for line in lines:
        if found := _LINE.fullmatch(line):
            tags.append((found[1], [found[2].strip()]))
        elif tags and (found := _CONTINUED.fullmatch(line)):
            tags[-1][1].append(found[1].strip())
        else:
            stray.append((tags[-1][0] if tags else "", line))
    return tags, stray


def _by_package(tags: Sequence[_Tag]) -> tuple[dict[str, object], list[Remark]]:
    """Return what the package makes of a record, and what it could not read."""
    number = next(iter(_all(tags, "PMID")), "")
    is_number = re.fullmatch(r"\d{1,9}", number, re.ASCII)
    given: list[str] = []
    seen: Counter[str] = Counter()
    for tag, lines in tags:
        seen[tag] += 1
        is_readable = is_number if tag == "PMID" else tag != "AID" or _DOI.fullmatch("".join(lines))
        is_wanted = tag in _FOR_PACKAGE and seen[tag] <= _MOST_OF_A_TAG
        if is_wanted and is_readable and any(lines):
            first, *rest = lines
            given += [f"{tag:<4}- {first}", *(f"      {line}" for line in rest)]
    try:
        found = nbib.read("\n".join([*given, "", ""]))
    except (MalformedLine, UnknownTagFormat, ValueError) as error:
        return {}, [("", f"Cannot be read: {error}")]
    record = found[0] if found else {}
    date = record.get("publication_date") or ""
    year = _YEAR.match(date)
    authors = [one.get("author") for one in record.get("authors", [])]
    values = {
        "pmid": number or None,
        "doi": record.get("doi"),
        "title": record.get("title"),
        "authors": tuple(one for one in [*authors, record.get("corporate_author")] if one),
        "journal": record.get("journal") or record.get("journal_abbreviated"),
        "year": int(year[1]) if year else date or None,
    }
    return {name: value for name, value in values.items() if value}, []


def _all(tags: Sequence[_Tag], wanted: str) -> list[str]:
    return [" ".join(lines) for tag, lines in tags if tag == wanted and any(lines)]


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> re.Match[str] | None:
    return next((found for text in texts if (found := pattern.search(text))), None)
