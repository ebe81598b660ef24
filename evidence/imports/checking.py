"""One record as printed → a candidate, or everything that is wrong with it.

Text is cleaned, identifiers are brought to one form, and the shape is that of the catalogue's
studies, so a message here reads as one about a catalogue's file does.
"""

from collections.abc import Mapping

from evidence.imports.cleaning import plain_text, visible, without_retraction_mark
from evidence.imports.identifiers import (
    folded,
    folded_doi,
    plain_doi,
    plain_pmid,
    plain_registry,
)
from evidence.imports.rows import LONGEST_FIELD, Candidate, RawRow, Remark, RowRead, place_of
from evidence.ingest.entry import Entry
from evidence.ingest.problems import Problem, shown
from evidence.ingest.reading import read_entry
from evidence.ingest.rules import Broken, repeated
from evidence.ingest.schema import StudyEntry

# Prose; everything else is a code, a number or an address, where "<" may mean itself.
_PROSE = ("title", "journal", "population", "countries", "funding", "authors")
_IDENTIFIERS = {"pmid": plain_pmid, "doi": plain_doi, "registry": plain_registry}


def check_row(file: str, raw: RawRow, *, is_strict: bool) -> RowRead:
    """Return the candidate of a row, or all its problems.

    With `is_strict` it must be a whole study of the catalogue's format, no key missing.
    """
    place = place_of(file, raw.number)
    values, problems, notes = _cleaned(raw)
    if not is_strict:
        notes += _settle(values)
    found = [Problem(place, *remark) for remark in problems]
    candidate = None
    if values or not found:
        content = values if is_strict else {n: v for n, v in values.items() if v not in (None, "")}
        candidate, more = _read(place, content, is_strict=is_strict)
        found += more
    return RowRead(
        raw.number,
        None if found else candidate,
        tuple(dict.fromkeys(found)),
        tuple(Problem(place, *note) for note in dict.fromkeys(notes)),
    )


def _read(
    place: str, content: Mapping[str, object], *, is_strict: bool
) -> tuple[Candidate | None, list[Problem]]:
    if not is_strict:
        return read_entry(Candidate, _rules, place, content)
    entry, problems = read_entry(StudyEntry, _rules, place, content)
    return (Candidate.model_validate(entry.model_dump()) if entry else None), problems


def _rules(study: Entry) -> Broken:
    """Yield what a study breaks beyond its shape; what is damaged is None and not blamed again."""
    assert isinstance(study, Candidate | StudyEntry)  # noqa: S101 for the types alone
    if study.title is not None and not folded(study.title):
        yield ("title",), f"Must hold letters, got {shown(study.title)}."
    for at, first in repeated(study.includes):
        yield ("includes", at), f"Already given at [{first}]."
    if study.key is None:
        return
    scheme, _, name = study.key.partition(":")
    for field, number in (("pmid", study.pmid), ("doi", study.doi)):
        if field == scheme and number is not None and folded_doi(number) != folded_doi(name):
            yield (field,), f"Must be that of the key, {shown(study.key)}, got {shown(number)}."
    if study.key in study.includes:
        yield ("includes", study.includes.index(study.key)), "A study does not pool itself."


def _cleaned(raw: RawRow) -> tuple[dict[str, object], list[Remark], list[Remark]]:
    """Return the values with their text made plain, and what was wrong and what was cleaned."""
    values: dict[str, object] = {}
    problems, notes = list(raw.problems), list(raw.notes)
    for name, value in raw.values.items():
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and len(text) > LONGEST_FIELD for text in texts):
            problems.append((name, f"Is longer than {LONGEST_FIELD:,} characters."))
            continue
        plain = []
        for text in texts:
            if isinstance(text, str):
                text, messages = _plain(name, text)
                notes += [(name, message) for message in messages]
            plain.append(text)
        values[name] = tuple(plain) if isinstance(value, tuple) else plain[0]
    return values, problems, notes


def _plain(name: str, text: str) -> tuple[str, list[str]]:
    plain, messages = plain_text(text) if name in _PROSE else visible(text)
    return (_IDENTIFIERS[name](plain) if name in _IDENTIFIERS else plain), messages


def _settle(values: dict[str, object]) -> list[Remark]:
    """Give a row its key, and its title without RETRACTED and full stop; return what was noted."""
    notes: list[Remark] = []
    title = values.get("title")
    if isinstance(title, str):
        plain, is_marked = without_retraction_mark(title)
        # PubMed closes every title with a full stop.
        values["title"] = plain.removesuffix(".") if not plain.endswith("..") else plain
        if is_marked and values.get("status") in (None, "", "retracted"):
            values["status"] = "retracted"
            notes.append(("status", f"Read off the title {shown(title)}."))
    if not values.get("key"):
        pmid, doi, registry = (values.get(name) for name in ("pmid", "doi", "registry"))
        if pmid:
            values["key"] = f"pmid:{pmid}"
        elif doi:
            values["key"] = f"doi:{folded_doi(str(doi))}"
        elif registry:
            values["key"] = f"registry:{registry}"
    return notes
