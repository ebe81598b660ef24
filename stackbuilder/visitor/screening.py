"""Bridge: what is recorded of safety, and what a visitor can answer, become what the engine takes.

Safety is never pinned: whatever evidence version a page shows, what is read here are today's rows,
in a number of queries that does not grow with the compounds. Every change of them opens an evidence
version (`evidence.publication`), so a process keeps them until the newest number moves. The table
of medicine names is a file of the release, read once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from evidence.choices import SourceQuality
from evidence.models import (
    Caution,
    Compound,
    Condition,
    Interaction,
    MedicineClass,
    RegulatoryStatus,
)
from stackbuilder.engine.facts import CautionFact, CompoundSafety, InteractionFact, StatusFact
from stackbuilder.engine.person import Answer, AnswerKind, Overlaps
from stackbuilder.law import statuses_by_place
from stackbuilder.visitor.medicines import MedicineFile

MEDICINE_NAMES = Path(__file__).parents[1] / "data" / "medicine_names.json"
Fact = TypeVar("Fact")
_SOURCE = ("source", "source_title", "source_quality")


@dataclass(frozen=True)
class Question:
    """A condition or a class of medicines as “about you” asks for it; classes have no group."""

    code: str
    name: str
    group: str = ""


@dataclass(frozen=True)
class Questions:
    """All that a visitor can answer, in the curators' order, and what says the same."""

    conditions: tuple[Question, ...]
    medicine_classes: tuple[Question, ...]
    overlaps: Overlaps


@dataclass(frozen=True, eq=False)
class SafetyTables:
    """All that screening needs, of the newest evidence `version`; nothing of any visitor."""

    version: int
    facts: dict[str, CompoundSafety]
    questions: Questions

    @cached_property
    def regions(self) -> frozenset[str]:
        """Return the places in which anything has a legal status."""
        rows = ((s.region, s.status) for one in self.facts.values() for s in one.statuses)
        return frozenset(statuses_by_place(rows))

    @cached_property
    def names(self) -> dict[Answer, str]:
        """Return what each answer is called."""
        asked = self.questions
        conditions = {Answer(AnswerKind.CONDITION, q.code): q.name for q in asked.conditions}
        classes = {
            Answer(AnswerKind.MEDICINE_CLASS, q.code): q.name for q in asked.medicine_classes
        }
        return conditions | classes


_lock = Lock()
_current: SafetyTables | None = None


def safety_tables(version: int) -> SafetyTables:
    """Return today's tables; `version` is the newest number. Seven queries when it has moved."""
    global _current
    kept = _current
    if kept is not None and kept.version == version:
        return kept
    with _lock:
        if _current is None or _current.version != version:
            _current = SafetyTables(version, safety_of(), questions())
        return _current


def forget() -> None:
    """Drop the kept tables; for tests, which change databases under the process."""
    global _current
    _current = None


def questions() -> Questions:
    """Return what a visitor can answer, in three queries."""
    conditions = Condition.objects.values_list("code", "name", "group")
    classes = MedicineClass.objects.values_list("code", "name")
    pairs = Condition.objects.filter(medicine_classes__isnull=False)
    return Questions(
        conditions=tuple(Question(*row) for row in conditions),
        medicine_classes=tuple(Question(*row) for row in classes),
        overlaps=frozenset(pairs.values_list("code", "medicine_classes__code")),
    )


def safety_of(slugs: Iterable[str] | None = None) -> dict[str, CompoundSafety]:
    """Return the facts of public compounds by slug, all of them unless named, in four queries.

    A slug that is no public compound's is left out.
    """
    wanted = Compound.objects.published()
    if slugs is not None:
        wanted = wanted.filter(slug__in=set(slugs))
    compounds = tuple(wanted.values_list("pk", "slug", "routes"))
    cautions, interactions = _by_compound(_cautions(wanted)), _by_compound(_interactions(wanted))
    statuses = _by_compound(_statuses(wanted))
    return {
        slug: CompoundSafety(
            slug=slug,
            routes=tuple(routes),
            cautions=cautions.get(pk, ()),
            interactions=interactions.get(pk, ()),
            statuses=statuses.get(pk, ()),
        )
        for pk, slug, routes in compounds
    }


@cache
def medicine_names() -> MedicineFile:
    """Return the table of medicine names that this release carries."""
    return MedicineFile.model_validate(json.loads(MEDICINE_NAMES.read_text(encoding="utf-8")))


def _by_compound(rows: Iterable[tuple[int, Fact]]) -> dict[int, tuple[Fact, ...]]:
    found: dict[int, list[Fact]] = {}
    for compound_id, fact in rows:
        found.setdefault(compound_id, []).append(fact)
    return {compound_id: tuple(facts) for compound_id, facts in found.items()}


def _cautions(compounds: Any) -> list[tuple[int, CautionFact]]:
    rows = Caution.objects.filter(compound__in=compounds.values("pk")).values(
        "compound_id",
        "condition__code",
        "condition__name",
        "other_condition",
        "level",
        "reason",
        "sources_differ",
        *_SOURCE,
    )
    return [
        (
            row["compound_id"],
            CautionFact(
                code=row["condition__code"] or "",
                condition=row["condition__name"] or row["other_condition"],
                level=row["level"],
                reason=row["reason"],
                sources_differ=row["sources_differ"],
                **_source(row),
            ),
        )
        for row in rows.order_by("compound_id", "position", "pk")
    ]


def _interactions(compounds: Any) -> list[tuple[int, InteractionFact]]:
    """Read interactions with their classes in one query: a row for each class, or one for none."""
    rows = Interaction.objects.filter(compound__in=compounds.values("pk")).values(
        "pk",
        "compound_id",
        "other_compound__slug",
        "medicine_classes__code",
        "with_text",
        "severity",
        "effect",
        *_SOURCE,
    )
    found: dict[int, tuple[int, InteractionFact]] = {}
    for row in rows.order_by("compound_id", "position", "pk", "medicine_classes__position"):
        code = row["medicine_classes__code"]
        codes = (code,) if code else ()
        if row["pk"] in found:
            compound_id, fact = found[row["pk"]]
            fact = replace(fact, medicine_classes=fact.medicine_classes + codes)
            found[row["pk"]] = (compound_id, fact)
            continue
        fact = InteractionFact(
            other_slug=row["other_compound__slug"],
            medicine_classes=codes,
            with_text=row["with_text"],
            severity=row["severity"],
            effect=row["effect"],
            **_source(row),
        )
        found[row["pk"]] = (row["compound_id"], fact)
    return list(found.values())


def _statuses(compounds: Any) -> list[tuple[int, StatusFact]]:
    rows = RegulatoryStatus.objects.filter(compound__in=compounds.values("pk")).values(
        "compound_id", "region", "status", "note", *_SOURCE
    )
    return [
        (
            row["compound_id"],
            StatusFact(
                region=row["region"], status=row["status"], note=row["note"], **_source(row)
            ),
        )
        for row in rows.order_by("compound_id", "position", "pk")
    ]


def _source(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": row["source"],
        "source_title": row["source_title"],
        "is_untraced": row["source_quality"] != SourceQuality.PRIMARY,
    }
