"""Crossref's answer about one DOI (api.crossref.org/works/…) → one row."""

import json
from collections.abc import Iterator, Mapping

from evidence.imports.rows import RawFile, RawRow, Remark

_NOT_CROSSREF = "Is not an answer of Crossref about one work."
_DATES = ("published", "issued", "published-print", "published-online")
_FATES = {
    "retraction": "retracted",
    "withdrawal": "retracted",
    "removal": "retracted",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
}
# What outlasts what, if a work had several.
_WORST = ("retracted", "corrected")


def read_rows(text: str) -> RawFile:
    """Return the work that Crossref describes."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return RawFile(problems=(_NOT_CROSSREF,))
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict) or not isinstance(work.get("DOI"), str):
        return RawFile(problems=(_NOT_CROSSREF,))
    return RawFile([_row(work)])


def _row(work: Mapping[str, object]) -> RawRow:
    updates = {_kind(one) for one in _objects(work, "updated-by")}
    fates = {_FATES[kind] for kind in updates if kind in _FATES}
    problems: list[Remark] = []
    notes: list[Remark] = []
    if _objects(work, "update-to"):
        message = "Is a notice about another publication (a correction or a retraction), no study."
        problems.append(("", message))
    if "expression_of_concern" in updates:
        notes.append(("status", "Crossref names an expression of concern about it."))
    if work.get("type") == "posted-content":
        notes.append(("", "Is a preprint: no journal has reviewed it."))
    values = {
        "doi": work["DOI"],
        "title": _title(work),
        "authors": tuple(_authors(work)),
        "journal": next(iter(_texts(work, "container-title")), None),
        "year": _year(work),
        "registry": _trial(work),
        "status": next((fate for fate in _WORST if fate in fates), None),
    }
    return RawRow(1, values, tuple(problems), tuple(notes))


def _title(work: Mapping[str, object]) -> str | None:
    """Return the title with its subtitle, unless that is printed in it already."""
    title = next(iter(_texts(work, "title")), None)
    subtitle = next(iter(_texts(work, "subtitle")), None)
    if title and subtitle and subtitle.casefold() not in title.casefold():
        return f"{title.rstrip(' :')}: {subtitle}"
    return title


def _authors(work: Mapping[str, object]) -> Iterator[str]:
    for one in _objects(work, "author"):
        names = [one.get(part) for part in ("family", "given", "name")]
        if given := [name for name in names if isinstance(name, str)]:
            yield ", ".join(given)


def _year(work: Mapping[str, object]) -> object:
    for name in _DATES:
        date = work.get(name)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            return parts[0][0]
    return None


def _trial(work: Mapping[str, object]) -> str | None:
    numbers = (one.get("clinical-trial-number") for one in _objects(work, "clinical-trial-number"))
    return next((number for number in numbers if isinstance(number, str)), None)


def _kind(update: Mapping[str, object]) -> str:
    kind = update.get("type")
    return kind.lower().replace("-", "_") if isinstance(kind, str) else ""


def _objects(work: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = work.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _texts(work: Mapping[str, object], name: str) -> list[str]:
    found = work.get(name)
    texts = [found] if isinstance(found, str) else found
    return (
        [one for one in texts if isinstance(one, str) and one.strip()]
        if isinstance(texts, list)
        else []
    )
