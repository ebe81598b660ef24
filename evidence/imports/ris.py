"""RIS → rows, by the rispy package; records are parted here, so that a bad one stops no other."""

import re
from collections.abc import Iterator, Mapping, Sequence

import rispy

from evidence.imports.designs import blinding_of, design_of, is_retracted, notice_in
from evidence.imports.rows import RawFile, RawRow, Remark
from evidence.ingest.problems import shown

# Some programs write one blank before the hyphen, or none after it; the package wants two and one.
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")
_YEAR = re.compile(r"\s*(\d{4})(?!\d)", re.ASCII)
_PUBMED_ADDRESS = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pubmed/)?(\d{1,9})(?!\d)", re.ASCII)
_PUBMED_NAMES = ("pubmed", "medline")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/\S+", re.I)
# Best first.
_TITLES = ("title", "primary_title")
_JOURNALS = (
    "journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1"
)  # fmt: skip
_DATES = ("year", "publication_year", "date")

_Record = Mapping[str, object]


def read_rows(text: str) -> RawFile:
    """Return the references of a RIS file; what stands before the first is named and left out."""
    lines = [_spaced(line) for line in re.split(r"\r\n|\r|\n", text)]
    starts = [at for at, line in enumerate(lines) if line.startswith("TY  - ")]
    if not starts:
        return RawFile(problems=("Has no line TY, with which a reference begins.",))
    before = [line for line in lines[: starts[0]] if line.strip()]
    notes = (f"Left out before the first reference: {shown(before[0])}.",) if before else ()
    return RawFile(_rows(lines, starts), notes=notes)


def _spaced(line: str) -> str:
    found = _TAG.fullmatch(line.rstrip())
    return f"{found[1]}  - {found[2] or ''}" if found else line


def _rows(lines: Sequence[str], starts: Sequence[int]) -> Iterator[RawRow]:
    ends = [*starts[1:], len(lines)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        yield _row(number, lines[start:end])


def _row(number: int, lines: Sequence[str]) -> RawRow:
    ends = [at for at, line in enumerate(lines) if line.startswith("ER  -")]
    if not ends:
        return RawRow(number, {}, problems=(("", "Has no line ER at its end: it is cut off."),))
    after = [line for line in lines[ends[0] + 1 :] if line.strip()]
    record = rispy.loads("\n".join([*lines[: ends[0]], "ER  - "]), enforce_list_tags=False)[0]
    values, problems = _values(record)
    notes: list[Remark] = [("", f"Left out after its end: {shown(after[0])}.")] if after else []
    words = [*_texts(record, "keywords"), *_texts(record, "type_of_work")]
    if why := notice_in(words):
        problems.append(("", why))
    values |= {"design": design_of(words), "design_guessed": True, "blinding": blinding_of(words)}
    if is_retracted(words):
        values["status"] = "retracted"
    return RawRow(number, values, tuple(problems), tuple(notes))


def _values(record: _Record) -> tuple[dict[str, object], list[Remark]]:
    """Return the fields of a reference, and a problem for each that is given twice."""
    addresses = _texts(record, "urls")
    dates = [text for name in _DATES for text in _texts(record, name)]
    years = [int(found[1]) for date in dates if (found := _YEAR.match(date))]
    authors = [one for name in ("authors", "first_authors") for one in _texts(record, name)]
    values: dict[str, object] = {
        "title": _best(record, _TITLES),
        "journal": _best(record, _JOURNALS),
        "doi": _best(record, ("doi",)) or _found(_DOI_ADDRESS, addresses),
        "pmid": _pmid(record, addresses),
        "authors": tuple(dict.fromkeys(authors)),
        "year": years[0] if years else next(iter(dates), None),
    }
    problems = [
        (field, "Is given more than once.")
        for field, name in (("title", "title"), ("doi", "doi"))
        if len(set(_texts(record, name))) > 1
    ]
    return values, problems


def _pmid(record: _Record, addresses: Sequence[str]) -> str | None:
    """Return the PMID: the accession number of a reference that PubMed gave, or its address."""
    base = " ".join([*_texts(record, "name_of_database"), *_texts(record, "database_provider")])
    number = next(iter(_texts(record, "accession_number")), "")
    if number.isascii() and number.isdigit() and any(n in base.lower() for n in _PUBMED_NAMES):
        return number
    found = next((hit for one in addresses if (hit := _PUBMED_ADDRESS.search(one))), None)
    return found[1] if found else None


def _found(pattern: re.Pattern[str], texts: Sequence[str]) -> str | None:
    return next((hit[0] for text in texts if (hit := pattern.search(text))), None)


def _best(record: _Record, names: Sequence[str]) -> str | None:
    return next((text for name in names for text in _texts(record, name)), None)


def _texts(record: _Record, name: str) -> list[str]:
    value = record.get(name, ())
    found = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return [text for text in found if isinstance(text, str) and text.strip()]
