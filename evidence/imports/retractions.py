"""Notices beside our studies: which of them are concerned, and what status each should have.

A proposal changes nothing; a person marks the study.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from evidence.choices import StudyStatus
from evidence.imports.identifiers import folded, folded_doi
from evidence.imports.notices import Nature, Notice
from evidence.models import Study

# A shorter title, such as "Melatonin", says too little to know a paper by.
_SHORTEST_TITLE = 25


@dataclass(frozen=True)
class Proposal:
    """One study with its notices, the oldest first, and the status that follows from them.

    `matched_by` is pmid, doi or title; by title alone, compare before believing it.
    `n_public` counts the public findings that rest on the study.
    """

    study: Study
    matched_by: str
    notices: tuple[Notice, ...]
    proposed: str
    n_public: int

    @property
    def is_change(self) -> bool:
        """Say whether the study should have another status than it has."""
        return self.proposed != self.study.status


def proposals(notices: Iterable[Notice]) -> list[Proposal]:
    """Return a proposal for each study that a notice names, those to change first, in one query."""
    public = Count("findings", filter=Q(findings__published_at__isnull=False))
    known = _Known(Study.objects.annotate(n_public=public).order_by("key"))
    found: dict[int, list[tuple[str, Notice]]] = defaultdict(list)
    for notice in notices:
        for by, pk in known.named_by(notice):
            found[pk].append((by, notice))
    made = [_proposal(known.studies[pk], hits) for pk, hits in found.items()]
    return sorted(made, key=lambda one: (not one.is_change, one.study.key))


def status_after(status: str, notices: Iterable[Notice]) -> str:
    """Return what the status becomes by notices in their order.

    A reinstatement undoes a retraction alone; an expression of concern changes nothing.
    """
    before = StudyStatus.PUBLISHED if status == StudyStatus.RETRACTED else StudyStatus(status)
    is_retracted = status == StudyStatus.RETRACTED
    for notice in notices:
        if notice.nature is Nature.RETRACTION:
            is_retracted = True
        elif notice.nature is Nature.REINSTATEMENT:
            is_retracted = False
        elif notice.nature is Nature.CORRECTION:
            before = StudyStatus.CORRECTED
    return str(StudyStatus.RETRACTED if is_retracted else before)


class _Known:
    """Our studies by PMID, DOI and title."""

    def __init__(self, studies: Iterable[Any]) -> None:
        self.studies = {study.pk: study for study in studies}
        self.by_number: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.by_title: dict[str, set[int]] = defaultdict(set)
        for pk, study in self.studies.items():
            scheme, _, name = study.key.partition(":")
            for field, number in (("pmid", study.pmid), ("doi", study.doi), (scheme, name)):
                if number:
                    self.by_number[field, folded_doi(number)].add(pk)
            title = folded(study.title)
            if len(title) >= _SHORTEST_TITLE:
                self.by_title[title].add(pk)

    def named_by(self, notice: Notice) -> list[tuple[str, int]]:
        """Return the studies that a notice is about; by title only if no number says otherwise."""
        found: dict[int, str] = {}
        for field, number in (("pmid", notice.pmid), ("doi", notice.doi)):
            for pk in self.by_number.get((field, number), ()) if number else ():
                found.setdefault(pk, field)
        if not found:
            for pk in self.by_title.get(folded(notice.title), ()):
                study = self.studies[pk]
                if not (study.pmid and notice.pmid) and not (study.doi and notice.doi):
                    found[pk] = "title"
        return [(by, pk) for pk, by in found.items()]


def _proposal(study: Any, hits: list[tuple[str, Notice]]) -> Proposal:
    """Return the proposal; notices without a date are taken for the oldest."""
    notices = sorted((notice for _, notice in hits), key=lambda one: one.on or date.min)
    by = next((by for by, _ in hits if by != "title"), "title")
    return Proposal(study, by, tuple(notices), status_after(study.status, notices), study.n_public)
