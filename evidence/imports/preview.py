"""What an import would do: each row new, known, conflicting or refused; nothing is written.

A known study says all that the row says, or less: what is empty may be filled. A conflicting one
says something else, and both values are named.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.db.models import Q

from evidence.imports.identifiers import folded, folded_doi
from evidence.imports.matching import Match, match
from evidence.imports.rows import Candidate, FileRead, RowRead, place_of
from evidence.ingest.problems import Problem
from evidence.models import Study

# What a source says that the database may say otherwise; the key of a study never changes.
FACTS = (
    "pmid", "doi", "registry", "url", "title", "year", "journal", "design", "n_studies",
    "n_participants", "population", "countries", "blinding", "funding", "status", "includes",
)  # fmt: skip
_UNKNOWN = (None, "", "unknown", ())
_LABELS = {
    column.name: str(column.verbose_name)
    for column in (*Study._meta.fields, *Study._meta.many_to_many)
}
_NO_NUMBER = (
    "Has no PMID, DOI, registry number or key: nobody could look it up. Add one, or enter the "
    "study by hand."
)


class State(StrEnum):
    """What a row is to the database."""

    NEW = "new"
    KNOWN = "known"
    CONFLICTING = "conflicting"
    REFUSED = "refused"


@dataclass(frozen=True)
class Difference:
    """One fact that the row gives and the database does not say so, as words for a person."""

    field: str
    label: str
    held: str
    given: str
    is_addition: bool


@dataclass(frozen=True)
class PreviewRow:
    """One row beside the study that it is; `mark` changes with whatever this row shows.

    `can_be_new` where only the title told that it is known; `is_public` where a page that
    everybody reads prints the study.
    """

    number: int
    state: State
    candidate: Candidate | None
    study: Study | None = None
    matched_by: str = ""
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    is_public: bool = False

    @property
    def can_be_new(self) -> bool:
        """Say whether a person may call it another study of the same title."""
        has_key = self.candidate is not None and self.candidate.key is not None
        return self.matched_by == "title" and has_key

    @property
    def needs_design(self) -> bool:
        """Say whether a person must say how the study was made, since its source does not."""
        is_stored = self.state is State.NEW or self.can_be_new
        return is_stored and self.candidate is not None and self.candidate.design is None

    @property
    def mark(self) -> str:
        """Return what a choice quotes, so that it is refused once the database has moved on."""
        seen = (self.number, str(self.state), self.study and self.study.pk, self.differences)
        given = self.candidate.model_dump_json() if self.candidate else ""
        return sha256(repr((seen, given)).encode()).hexdigest()[:16]


def preview(read: FileRead) -> tuple[PreviewRow, ...]:
    """Return the rows of a file beside the database, in a constant number of queries."""
    good = [row for row in read.rows if row.candidate]
    matches = dict(
        zip(
            (row.number for row in good),
            match([row.candidate for row in good if row.candidate]),
            strict=True,
        )
    )
    public = _public({found.study.pk for found in matches.values() if found.study})
    return tuple(_row(read.name, row, matches.get(row.number), public) for row in read.rows)


def differences(study: Any, candidate: Candidate) -> tuple[Difference, ...]:
    """Return each fact that the candidate gives and the study does not say so."""
    found = []
    for name in FACTS:
        held, given = held_value(study, name), given_value(candidate, name)
        if given in _UNKNOWN or _says_the_same(name, held, given):
            continue
        if name == "design" and candidate.design_guessed and _is_finer(held, given):
            continue
        is_addition = held in _UNKNOWN or (name == "title" and not study.is_title_confirmed)
        found.append(Difference(name, _LABELS[name], _shown(held), _shown(given), is_addition))
    return tuple(found)


def held_value(study: Any, name: str) -> Any:
    """Return what a study says, of the studies it pools their keys."""
    if name == "includes":
        return tuple(sorted(other.key for other in study.includes.all()))
    return getattr(study, name)


def given_value(candidate: Candidate, name: str) -> Any:
    """Return what a candidate says, as the database would hold it; None if nothing."""
    value = getattr(candidate, name)
    if name == "includes":
        return tuple(sorted(value))
    return str(value) if name == "design" and value else value


def _row(file: str, row: RowRead, found: Match | None, public: frozenset[int]) -> PreviewRow:
    candidate, notes = row.candidate, list(row.notes)
    if candidate is None or found is None:
        return PreviewRow(row.number, State.REFUSED, None, problems=row.problems, notes=row.notes)
    place = place_of(file, row.number)
    problem = _identity_problem(place, candidate, found)
    if problem:
        return PreviewRow(
            row.number, State.REFUSED, candidate, problems=(problem,), notes=row.notes
        )
    if found.study is None:
        return PreviewRow(row.number, State.NEW, candidate, notes=row.notes)
    if found.rivals:
        keys = ", ".join(other.key for _, other in found.rivals)
        notes.append(Problem(place, "title", f"Is also the title of {keys}."))
    differing = differences(found.study, candidate)
    is_known = all(one.is_addition for one in differing)
    return PreviewRow(
        row.number,
        State.KNOWN if is_known else State.CONFLICTING,
        candidate,
        found.study,
        found.by,
        differing,
        notes=tuple(notes),
        is_public=found.study.pk in public,
    )


def _identity_problem(place: str, candidate: Candidate, found: Match) -> Problem | None:
    """Return why nobody can tell which study this is, None where it is plain."""
    if found.study is None:
        return Problem(place, "key", _NO_NUMBER) if candidate.key is None else None
    if not found.rivals or found.by == "title":
        return None
    field, other = found.rivals[0]
    message = (
        f"Is that of the study {other.key}, while the {found.by} is that of {found.study.key}."
    )
    return Problem(place, field, message)


def _public(ids: set[int]) -> frozenset[int]:
    """Return which of these studies a public page prints: its own, or that of a review."""
    public = Study.objects.public().filter(Q(pk__in=ids) | Q(includes__in=ids))
    found = set(public.values_list("pk", "includes")) if ids else set()
    return frozenset(pk for pair in found for pk in pair if pk in ids)


def _says_the_same(name: str, held: Any, given: Any) -> bool:
    if name in ("title", "journal"):
        return folded(held) == folded(given)
    if name == "doi":
        return folded_doi(held) == folded_doi(given)
    if isinstance(held, str) and isinstance(given, str):
        return held.strip().casefold() == given.strip().casefold()
    return bool(held == given)


def _is_finer(held: str, given: str) -> bool:
    """Say whether the design held is a finer word for the one read off publication types."""
    return held.endswith(given) and held != given


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)
