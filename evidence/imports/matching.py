"""Which study of the database a candidate is: by key, PMID, DOI, else by its title.

Any number of candidates costs the same few queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from evidence.imports.identifiers import folded, folded_doi
from evidence.imports.repeats import numbers_of
from evidence.imports.rows import Candidate
from evidence.models import Study

_FIELDS = ("key", "pmid", "doi")
# A number as it is compared -> the studies that bear it.
_Index = dict[tuple[str, str], list[Study]]


@dataclass(frozen=True)
class Match:
    """The study that a candidate is, None for a new one, and what told so (a field's name).

    `rivals` are other studies that the candidate's further numbers, or its title, name.
    """

    study: Study | None = None
    by: str = ""
    rivals: tuple[tuple[str, Study], ...] = ()


def match(candidates: Sequence[Candidate]) -> list[Match]:
    """Return the match of each candidate, in their order, in at most five queries."""
    numbers = [list(numbers_of(candidate)) for candidate in candidates]
    index = _by_number(name for names in numbers for name in names)
    found = [_by_numbers(names, index) for names in numbers]
    unknown = [at for at, one in enumerate(found) if one.study is None]
    titles = _by_title([candidates[at] for at in unknown])
    for at in unknown:
        studies = titles.get(_title(candidates[at]), [])
        same_year = [s for s in studies if _may_be_one_year(s.year, candidates[at].year)]
        if same_year:
            rivals = tuple(("title", study) for study in same_year[1:])
            found[at] = Match(same_year[0], "title", rivals)
    return found


def _by_numbers(names: Iterable[tuple[str, str]], index: _Index) -> Match:
    """Return the study that the surest number names, with others that the rest name."""
    hits = [(field, study) for field, name in names for study in index.get((field, name), ())]
    if not hits:
        return Match()
    by, study = hits[0]
    rivals = {other.pk: (field, other) for field, other in hits if other.pk != study.pk}
    return Match(study, by, tuple(rivals.values()))


def _by_number(names: Iterable[tuple[str, str]]) -> _Index:
    """Return the studies that bear any of these numbers, in their columns or in their key."""
    wanted: dict[str, set[str]] = {field: set() for field in _FIELDS}
    for field, name in names:
        wanted[field].add(name)
    keys = {*wanted["key"]}
    keys |= {f"pmid:{pmid}" for pmid in wanted["pmid"]} | {f"doi:{doi}" for doi in wanted["doi"]}
    if not keys:
        return {}
    found = Study.objects.annotate(small_key=Lower("key"), small_doi=Lower("doi")).filter(
        Q(small_key__in=keys) | Q(pmid__in=wanted["pmid"]) | Q(small_doi__in=wanted["doi"])
    )
    index: _Index = defaultdict(list)
    for study in found.order_by("pk").prefetch_related("includes"):
        for number in _numbers_in(study):
            index[number].append(study)
    return index


def _numbers_in(study: Any) -> set[tuple[str, str]]:
    scheme, _, number = study.key.partition(":")
    numbers = {("key", study.key.lower())}
    numbers |= {(scheme, number.lower())} if scheme in _FIELDS else set()
    numbers |= {("pmid", study.pmid)} if study.pmid else set()
    return numbers | ({("doi", folded_doi(study.doi))} if study.doi else set())


def _by_title(candidates: Sequence[Candidate]) -> dict[str, list[Study]]:
    """Return the studies that bear the title of a candidate, by title, oldest row first.

    Titles are folded here, as no database does it alike; only years that may fit are read.
    """
    wanted = {_title(candidate) for candidate in candidates} - {""}
    if not wanted:
        return {}
    rows = Study.objects.order_by("pk")
    years = {candidate.year for candidate in candidates}
    if None not in years:
        rows = rows.filter(Q(year__in=years) | Q(year=None))
    ids = defaultdict(list)
    for pk, title in rows.values_list("pk", "title").iterator():
        if (name := folded(title)) in wanted:
            ids[name].append(pk)
    studies = Study.objects.filter(pk__in={pk for found in ids.values() for pk in found})
    by_id = {study.pk: study for study in studies.prefetch_related("includes")}
    return {name: [by_id[pk] for pk in found if pk in by_id] for name, found in ids.items()}


def _title(candidate: Candidate) -> str:
    return folded(candidate.title)


def _may_be_one_year(held: int | None, given: int | None) -> bool:
    return held is None or given is None or held == given
