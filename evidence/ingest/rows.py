"""Entries of the catalogue's files as column values: unknown text is empty, never null."""

from typing import Any

from evidence.ingest.fields import OTHER_CONDITION
from evidence.ingest.schema import (
    CautionEntry,
    CompoundFile,
    ConditionEntry,
    FindingEntry,
    InteractionEntry,
    MidEntry,
    OutcomeEntry,
    RatioMidEntry,
    SourcedEntry,
    StudyEntry,
)

Values = dict[str, Any]

# The rows a compound owns: key of the file -> columns that stand there under the same name.
PLAIN_CHILDREN = {
    "regulatory": ("region", "status", "note"),
    "protocols": (
        "route",
        "dose",
        "low",
        "high",
        "unit",
        "frequency",
        "duration",
        "population",
    ),
    "side_effects": ("effect", "frequency", "severity"),
}
NUMBERS = ("low", "high")


def compound_values(entry: CompoundFile) -> Values:
    """Return the columns of a compound, publication aside."""
    cost = entry.cost_per_month
    return {
        "name": entry.name,
        "compound_class": entry.compound_class,
        "summary": entry.summary,
        "mechanisms": list(entry.mechanisms),
        "routes": list(entry.routes),
        "pubchem_cid": entry.identifiers.pubchem_cid,
        "cas": entry.identifiers.cas or "",
        "unii": entry.identifiers.unii or "",
        "cost_low": cost.low,
        "cost_high": cost.high,
        "cost_currency": cost.currency,
        "cost_source": cost.source or "",
        "cost_basis": cost.basis or "",
        "cost_year": cost.year,
        "cost_confidence": cost.confidence or "",
    }


def condition_values(entry: ConditionEntry, classes: dict[str, int]) -> Values:
    """Return the columns of a condition, its position aside; `classes` maps codes to ids.

    A class that a person has deleted is not among them.
    """
    return {
        "name": entry.name,
        "group": entry.group,
        "medicine_classes": {classes[code] for code in entry.medicine_classes if code in classes},
    }


def outcome_values(entry: OutcomeEntry) -> Values:
    """Return the columns of an outcome, its goal and position aside."""
    return {
        "name": entry.name,
        "kind": str(entry.kind),
        "better": str(entry.better),
        "unit": entry.unit,
        "is_common_event": entry.common_event,
    }


def mid_rows(entry: OutcomeEntry) -> list[Values]:
    """Return the MIDs of an outcome, the ratio last."""
    rows = [
        _mid(mid) | {"unit": mid.unit, "confidence": mid.confidence or ""} for mid in entry.mids
    ]
    if entry.ratio_mid:
        rows.append(_mid(entry.ratio_mid) | {"is_ratio": True, "unit": "", "confidence": ""})
    return rows


def plain_rows(compound: CompoundFile, part: str) -> list[Values]:
    """Return the rows of one of `PLAIN_CHILDREN`."""
    return [
        _sourced(entry)
        | {
            column: getattr(entry, column) if column in NUMBERS else getattr(entry, column) or ""
            for column in PLAIN_CHILDREN[part]
        }
        for entry in getattr(compound, part)
    ]


def condition_code(entry: CautionEntry) -> str | None:
    """Return the code of a caution's condition; None for one in words alone."""
    return None if entry.condition.startswith(OTHER_CONDITION) else entry.condition


def caution_values(entry: CautionEntry, conditions: dict[str, int]) -> Values:
    """Return the columns of a caution; `conditions` maps codes to ids."""
    code = condition_code(entry)
    return _sourced(entry) | {
        "condition_id": conditions[code] if code else None,
        "other_condition": "" if code else entry.condition.removeprefix(OTHER_CONDITION),
        "level": entry.level,
        "reason": entry.reason,
        "sources_differ": entry.sources_differ or "",
    }


def interaction_values(
    entry: InteractionEntry, compounds: dict[str, int], classes: dict[str, int]
) -> Values:
    """Return the columns of an interaction; `compounds` and `classes` lead to ids.

    One that a person has deleted is not among them; the text still names it.
    """
    return _sourced(entry) | {
        "other_compound_id": compounds.get(entry.compound or ""),
        "medicine_classes": {classes[code] for code in entry.medicine_classes if code in classes},
        "with_text": entry.with_text,
        "severity": entry.severity,
        "effect": entry.effect,
    }


def study_values(entry: StudyEntry) -> Values:
    """Return the columns of a study, what it pools aside."""
    return {
        "pmid": entry.pmid or "",
        "doi": entry.doi or "",
        "registry": entry.registry or "",
        "url": entry.url or "",
        "title": entry.title,
        "is_title_confirmed": entry.title_confirmed,
        "year": entry.year,
        "journal": entry.journal or "",
        "design": str(entry.design),
        "n_studies": entry.n_studies,
        "n_participants": entry.n_participants,
        "population": entry.population or "",
        "countries": entry.countries or "",
        "blinding": entry.blinding,
        "funding": entry.funding or "",
        "status": entry.status,
    }


def finding_values(entry: FindingEntry) -> Values:
    """Return the columns of a finding; compound, outcome, study and state aside."""
    concerns, reasons = entry.concerns, entry.concern_reasons
    return {
        "comparator": entry.comparator,
        "comparator_kind": str(entry.comparator_kind),
        "combined_with": entry.combined_with or "",
        "dose": entry.dose or "",
        "duration": entry.duration or "",
        "population": entry.population or "",
        "measure": str(entry.measure or ""),
        "estimate": entry.estimate,
        "ci_low": entry.ci_low,
        "ci_high": entry.ci_high,
        "ci_level": entry.ci_level,
        "p": entry.p,
        "unit": entry.unit or "",
        "n_participants": entry.n_participants,
        "n_studies": entry.n_studies,
        "i2": entry.i2,
        "result": str(entry.result),
        "better": str(entry.better or ""),
        "risk_of_bias": str(concerns.risk_of_bias),
        "inconsistency": str(concerns.inconsistency),
        "indirectness": str(concerns.indirectness),
        "imprecision": str(concerns.imprecision),
        "publication_bias": str(concerns.publication_bias),
        **{f"{name}_reason": why or "" for name, why in reasons},
        "grade_reported": str(entry.grade_reported or ""),
        "note": entry.note or "",
        "set_aside": entry.set_aside or "",
        "is_independent": entry.independent,
    }


def _mid(entry: MidEntry | RatioMidEntry) -> Values:
    return {
        "is_ratio": False,
        "value": entry.mid,
        "basis": entry.basis,
        "source": entry.source or "",
        "note": entry.note or "",
    }


def _sourced(entry: SourcedEntry) -> Values:
    return {
        "source": entry.source or "",
        "source_title": entry.source_title or "",
        "source_quality": entry.source_quality,
    }
