"""A study that a file gives twice: the first row stands, the later ones are refused."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence.imports.identifiers import folded, folded_doi
from evidence.imports.rows import Candidate, RowRead, place_of
from evidence.ingest.problems import Problem


def refuse_repeats(file: str, rows: Iterable[RowRead]) -> Iterator[RowRead]:
    """Yield the rows, each that gives a study again with the problem instead of its candidate.

    A title alone makes a repeat only of a row that has no PMID or DOI to tell it apart.
    """
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.candidate is None:
            yield row
            continue
        numbers = list(numbers_of(row.candidate))
        title = ("title", f"{folded(row.candidate.title)} {row.candidate.year or ''}")
        is_numbered = any(field != "key" for field, _ in numbers)
        names = numbers if is_numbered else [*numbers, title]
        again = next((name for name in names if name in first), None)
        if again:
            message = f"Is the study of row {first[again]} again: the same {again[0]}."
            problem = Problem(place_of(file, row.number), again[0], message)
            yield replace(row, candidate=None, problems=(problem,))
            continue
        for name in (*numbers, title):
            first.setdefault(name, row.number)
        yield row


def numbers_of(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Yield the key, PMID and DOI of a candidate as they are compared, the surest first."""
    scheme, _, name = (candidate.key or "").partition(":")
    if candidate.key:
        yield "key", candidate.key.lower()
    if pmid := candidate.pmid or (name if scheme == "pmid" else None):
        yield "pmid", pmid
    if doi := candidate.doi or (name if scheme == "doi" else None):
        yield "doi", folded_doi(doi)
