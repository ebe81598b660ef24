"""Which of the four formats a text is in; what it holds counts, its name only hints."""

import re

from evidence.imports.rows import Format
from evidence.imports.tables import has_heading

NONE_OF_THEM = (
    "Is none of the four kinds that can be read: PubMed (.nbib), RIS (.ris), CSV with a line of "
    "headings, or the catalogue’s JSON."
)
_RIS = re.compile(r"^TY {1,2}- ?\S", re.M)
_PUBMED = re.compile(r"^(?:PMID|PMC |OWN |STAT) ?- ?\S", re.M)
_ANY_TAG = re.compile(r"^[A-Z][A-Z0-9]{1,3} *- ", re.M)
_BY_ENDING = {
    ".nbib": Format.PUBMED,
    ".ris": Format.RIS,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".json": Format.JSON,
}


def sniff(text: str, name: str) -> tuple[Format | None, list[str]]:
    """Return the format of a text, None if it is none of them, and what is odd about that."""
    hinted = _hinted(name)
    held = _held(text)
    if held is None:
        is_possible = hinted in (Format.CSV, Format.JSON) or _ANY_TAG.search(text)
        return (hinted if is_possible else None), []
    if hinted and hinted is not held:
        return held, [f"Is named as {hinted} but holds {held}: read as {held}."]
    return held, []


def _hinted(name: str) -> Format | None:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return _BY_ENDING.get(ending)


def _held(text: str) -> Format | None:
    if has_heading(text):
        return Format.CSV
    if text.lstrip()[:1] in ("[", "{"):
        return Format.JSON
    ris, pubmed = _RIS.search(text), _PUBMED.search(text)
    if ris and (not pubmed or ris.start() < pubmed.start()):
        return Format.RIS
    return Format.PUBMED if pubmed else None
