"""Interactions between compounds: which members of a stack clash, and how badly.

An interaction is often recorded on one of the two pages only, so both are asked; a pair is one
*clash*, as severe as the severest of its records. What is not recorded on either page is not known
here: no clash means none recorded, never none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stackbuilder.engine.facts import CompoundSafety, InteractionFact
from stackbuilder.engine.safety import Gate, gate_of_severity

__all__ = ["Clash", "RecordedInteraction", "clashes", "major_conflicts"]


@dataclass(frozen=True)
class RecordedInteraction:
    """An interaction, and the compound under which it is recorded."""

    slug: str
    fact: InteractionFact


@dataclass(frozen=True)
class Clash:
    """What is recorded of a pair, severest first; `slugs` are in alphabetical order."""

    slugs: tuple[str, str]
    records: tuple[RecordedInteraction, ...]

    @property
    def severity(self) -> str:
        """Return the severity of the severest record."""
        return self.records[0].fact.severity

    @property
    def is_major(self) -> bool:
        """Say whether no stack may hold both."""
        return gate_of_severity(self.severity) >= Gate.EXCLUDES_UNLESS


def clashes(members: Iterable[CompoundSafety]) -> tuple[Clash, ...]:
    """Return what is recorded between members, once for each pair, severest first."""
    by_slug = {one.slug: one for one in members}
    found: dict[tuple[str, str], list[RecordedInteraction]] = {}
    for slug in sorted(by_slug):
        for fact in by_slug[slug].interactions:
            if fact.other_slug in by_slug and fact.other_slug != slug:
                low, high = sorted((slug, fact.other_slug))
                found.setdefault((low, high), []).append(RecordedInteraction(slug, fact))
    pairs = [
        Clash(slugs, tuple(sorted(records, key=_strictness, reverse=True)))
        for slugs, records in sorted(found.items())
    ]
    # Sorting keeps the alphabetical order among equals.
    return tuple(sorted(pairs, key=lambda clash: _strictness(clash.records[0]), reverse=True))


def major_conflicts(compounds: Iterable[CompoundSafety]) -> tuple[tuple[str, str], ...]:
    """Return the pairs that no stack may hold both of, each once, in alphabetical order."""
    return tuple(sorted(clash.slugs for clash in clashes(compounds) if clash.is_major))


def _strictness(record: RecordedInteraction) -> Gate:
    return gate_of_severity(record.fact.severity)
