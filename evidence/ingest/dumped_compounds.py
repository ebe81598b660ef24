"""`compounds/<slug>.json` from the database: the inverse of what the loader makes of that file.

The rows come with what they refer to, fetched beforehand: nothing here asks the database.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from evidence.ingest.dumped_goals import class_codes
from evidence.ingest.dumped_values import (
    Content,
    known,
    number,
    numbers,
    sourced,
    text,
    texts,
    unit,
)
from evidence.ingest.fields import OTHER_CONDITION
from evidence.models import Caution, Compound, Finding, Interaction, Protocol, Study

CONCERNS = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")


@dataclass(frozen=True)
class Surroundings:
    """What every file of a dump needs to know: the table of units, and the slugs dumped with it."""

    unit_synonyms: Mapping[str, str]
    compounds: Set[str]


def compound_content(
    compound: Compound,
    findings: Iterable[Finding],
    studies: Iterable[Study],
    around: Surroundings,
) -> Content:
    """Return one compound with these of its findings and these studies, each in its order."""
    return {
        **texts(compound, ("slug", "name")),
        "aliases": [text(alias.name) for alias in compound.aliases.all()],
        "class": text(compound.compound_class),
        "identifiers": {
            "pubchem_cid": compound.pubchem_cid,
            **texts(compound, ("cas", "unii")),
        },
        "summary": text(compound.summary),
        "mechanisms": [text(sentence) for sentence in compound.mechanisms],
        "routes": list(compound.routes),
        "regulatory": [
            {**texts(row, ("region", "status", "note")), **sourced(row)}
            for row in compound.regulatory_statuses.all()
        ],
        "cost_per_month": _cost(compound),
        "protocols": [_protocol(row, around) for row in compound.protocols.all()],
        "side_effects": [
            {**texts(row, ("effect", "frequency", "severity")), **sourced(row)}
            for row in compound.side_effects.all()
        ],
        "cautions": [_caution(row) for row in compound.cautions.all()],
        "interactions": [_interaction(row, around) for row in compound.interactions.all()],
        "studies": [_study(row) for row in sorted(studies, key=lambda one: one.key)],
        "findings": [_finding(row, around) for row in sorted(findings, key=_finding_order)],
    }


def _cost(compound: Compound) -> Content:
    """Return the price of a month; how it came about only where anything is known of that."""
    basis: Content = {
        "basis": text(compound.cost_basis),
        "year": compound.cost_year,
        "confidence": text(compound.cost_confidence),
    }
    return {
        "low": number(compound.cost_low),
        "high": number(compound.cost_high),
        "currency": text(compound.cost_currency),
        "source": text(compound.cost_source),
        **(basis if known(basis) else {}),
    }


def _protocol(row: Protocol, around: Surroundings) -> Content:
    return {
        **texts(row, ("route", "dose")),
        **numbers(row, ("low", "high")),
        "unit": unit(row.unit, around.unit_synonyms),
        **texts(row, ("frequency", "duration", "population")),
        **sourced(row),
    }


def _caution(row: Caution) -> Content:
    code = row.condition.code if row.condition else OTHER_CONDITION + row.other_condition.strip()
    return {
        "condition": code,
        **texts(row, ("level", "reason")),
        **known(texts(row, ("sources_differ",))),
        **sourced(row),
    }


def _interaction(row: Interaction, around: Surroundings) -> Content:
    """Return an interaction; a compound that is not dumped is named by the text alone."""
    other = row.other_compound.slug if row.other_compound else None
    return {
        **texts(row, ("severity", "effect")),
        **sourced(row),
        "compound": other if other in around.compounds else None,
        "medicine_classes": class_codes(row.medicine_classes.all()),
        "with_text": text(row.with_text),
    }


def _study(row: Study) -> Content:
    return {
        **texts(row, ("key", "pmid", "doi", "registry", "title")),
        "year": row.year,
        **texts(row, ("journal", "design")),
        "n_studies": row.n_studies,
        "n_participants": row.n_participants,
        **texts(row, ("population", "countries", "blinding", "funding", "status")),
        "includes": sorted(pooled.key for pooled in row.includes.all()),
        **known(texts(row, ("url",))),
        "title_confirmed": row.is_title_confirmed,
    }


def _finding(row: Finding, around: Surroundings) -> Content:
    about = ("comparator", "combined_with", "dose", "duration", "population", "measure")
    return {
        "key": text(row.key),
        "outcome": row.outcome.slug,
        "study": row.study.key,
        **texts(row, about),
        **numbers(row, ("estimate", "ci_low", "ci_high", "ci_level", "p")),
        "unit": unit(row.unit, around.unit_synonyms),
        **numbers(row, ("n_participants", "n_studies", "i2")),
        **texts(row, ("result", "grade_reported")),
        "concerns": texts(row, CONCERNS),
        **_concern_reasons(row),
        **texts(row, ("note", "better", "comparator_kind", "set_aside")),
        "independent": row.is_independent,
    }


def _concern_reasons(row: Finding) -> Content:
    """Return the reasons that were given, left out where there are none."""
    given = {name: getattr(row, f"{name}_reason") for name in CONCERNS}
    given = {name: why for name, why in given.items() if why}
    return {"concern_reasons": given} if given else {}


def _finding_order(row: Finding) -> tuple[str, int, str]:
    """Sort melatonin-100 behind melatonin-99."""
    stem, _, digits = row.key.rpartition("-")
    return stem, int(digits) if digits.isdecimal() else 0, row.key
