"""The one place where a unit is renamed: the table of `goals.json`, applied once, exactly."""

from collections.abc import Mapping

from evidence.ingest.schema import CompoundFile, GoalsFile, OutcomeEntry


def with_stored_units(compound: CompoundFile, synonyms: Mapping[str, str]) -> CompoundFile:
    """Return the compound with every unit of `synonyms` {as printed: as stored} renamed."""
    findings = tuple(
        finding.model_copy(update={"unit": _stored(finding.unit, synonyms)})
        for finding in compound.findings
    )
    protocols = tuple(
        protocol.model_copy(update={"unit": _stored(protocol.unit, synonyms)})
        for protocol in compound.protocols
    )
    return compound.model_copy(update={"findings": findings, "protocols": protocols})


def goals_with_stored_units(goals: GoalsFile, synonyms: Mapping[str, str]) -> GoalsFile:
    """Return the goals with every unit of `synonyms` renamed, in outcomes and in their MIDs."""
    renamed = tuple(
        goal.model_copy(
            update={"outcomes": tuple(_outcome(outcome, synonyms) for outcome in goal.outcomes)}
        )
        for goal in goals.goals
    )
    return goals.model_copy(update={"goals": renamed})


def _outcome(outcome: OutcomeEntry, synonyms: Mapping[str, str]) -> OutcomeEntry:
    mids = tuple(
        mid.model_copy(update={"unit": _stored(mid.unit, synonyms)}) for mid in outcome.mids
    )
    return outcome.model_copy(update={"unit": _stored(outcome.unit, synonyms), "mids": mids})


def _stored(unit: str | None, synonyms: Mapping[str, str]) -> str | None:
    return None if unit is None else synonyms.get(unit, unit)
