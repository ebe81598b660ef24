"""The cautions of a sheet: said once a condition, with the members that it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.choices import CautionLevel
from stackbuilder.engine.safety import gate_of_level
from stackbuilder.stacks.members import Member


@dataclass(frozen=True)
class CautionGroup:
    """Conditions at one level, and which members each concerns; all of them if `is_all`."""

    level: str
    label: str
    conditions: tuple[tuple[str, tuple[str, ...], bool], ...]


def caution_groups(members: Sequence[Member]) -> tuple[CautionGroup, ...]:
    """Return the conditions by level, firmest first; those that gate nobody are among them."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, level, member in _cautions(members):
        found.setdefault(level, {}).setdefault(name, []).append(member)
    count = len(members)
    labels = dict(CautionLevel.choices)
    return tuple(
        CautionGroup(
            level,
            str(labels.get(level, level)),
            tuple(
                (name, tuple(names), len(names) == count > 1)
                # The more members it concerns, the earlier it is read.
                for name, names in sorted(
                    found[level].items(), key=lambda one: (-len(one[1]), one[0].casefold())
                )
            ),
        )
        for level in sorted(found, key=lambda level: (-gate_of_level(level), level))
    )


def _cautions(members: Sequence[Member]) -> Iterable[tuple[str, str, str]]:
    for member in members:
        for fact in member.safety.cautions:
            yield fact.condition, fact.level, member.name
