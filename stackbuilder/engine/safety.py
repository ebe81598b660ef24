"""Screen compounds for one person: a gate, never a trade.

What is recorded against a compound is a *fact*; a fact that concerns the visitor is a *reason*, and
each reason has a *gate*: it excludes, excludes unless the visitor knowingly lets the compound back
in, flags, or is a note. The strictest gate decides.

- A contraindicated condition excludes. An interaction never does so for good: nobody but the
  visitor and their physician knows whether the medicine can be left off.
- A condition to avoid, and a major interaction with the visitor's own medicine, exclude unless let
  back in. A caution and a moderate interaction flag. A minor interaction is a note.
- A level or severity that this module does not know counts as the strictest of its kind. A fact
  whose source is not yet traced gates like any other.
- What is banned in sport excludes for somebody who is tested, and excluded routes exclude what
  has no other one. Both follow from preferences, so changing those lets a compound back in, and
  nothing else does.
- A caution without a code, and an interaction with something that is neither a compound here nor
  a class of medicines, are for everyone to read and gate nobody.
- Legal status is told beside the verdict and gates nobody either.

How well a compound works cannot be said in this module's arguments, on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from stackbuilder.engine.facts import (
    BANNED_IN_SPORT,
    CautionFact,
    CompoundSafety,
    InteractionFact,
    StatusFact,
)
from stackbuilder.engine.person import Answer, AnswerKind, Meaning, Overlaps, Person, Preferences
from stackbuilder.law import SPORT, Ruling, ruling

__all__ = [
    "Gate",
    "Match",
    "Outcome",
    "Reason",
    "ReasonKind",
    "RouteFact",
    "Screening",
    "gate_of_level",
    "gate_of_severity",
    "screen",
    "screen_all",
]


class Gate(IntEnum):
    """What a reason does, from the loosest to the strictest."""

    NOTES = 0
    FLAGS = 1
    EXCLUDES_UNLESS = 2
    EXCLUDES = 3


class Outcome(StrEnum):
    """What comes of a screening."""

    IN = "in"
    IN_FLAGGED = "in-flagged"
    OUT_UNLESS = "out-unless-let-back-in"
    OUT = "out"


_OUTCOMES = {
    Gate.NOTES: Outcome.IN,
    Gate.FLAGS: Outcome.IN_FLAGGED,
    Gate.EXCLUDES_UNLESS: Outcome.OUT_UNLESS,
    Gate.EXCLUDES: Outcome.OUT,
}
# Whatever is not named here is stricter.
_LEVELS = {"caution": Gate.FLAGS, "avoid": Gate.EXCLUDES_UNLESS}
_SEVERITIES = {"minor": Gate.NOTES, "moderate": Gate.FLAGS}


def gate_of_level(level: str) -> Gate:
    """Return what a caution of this level does to somebody whom it concerns."""
    return _LEVELS.get(level, Gate.EXCLUDES)


def gate_of_severity(severity: str) -> Gate:
    """Return what an interaction of this severity does to somebody who takes the medicine."""
    return _SEVERITIES.get(severity, Gate.EXCLUDES_UNLESS)


@dataclass(frozen=True)
class RouteFact:
    """Which routes of a compound the visitor excludes, and which are left; both may be empty."""

    excluded: tuple[str, ...]
    left: tuple[str, ...]


class ReasonKind(StrEnum):
    """What a reason is about."""

    CAUTION = "caution"
    INTERACTION = "interaction"
    SPORT = "sport"
    ROUTE = "route"


PREFERRED = (ReasonKind.SPORT, ReasonKind.ROUTE)


@dataclass(frozen=True, order=True)
class Match:
    """What a fact names, and the visitor's answer that means it."""

    named: Answer
    chosen: Answer

    @property
    def is_direct(self) -> bool:
        """Say whether the visitor chose just what the fact names, not what overlaps with it."""
        return self.named == self.chosen


@dataclass(frozen=True)
class Reason:
    """A fact that concerns the visitor, and what it does; no match where a preference decides."""

    kind: ReasonKind
    gate: Gate
    fact: CautionFact | InteractionFact | StatusFact | RouteFact
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True)
class Screening:
    """What comes of screening one compound for one person, reasons strictest first.

    `none_recorded` are the visitor's answers of which nothing is recorded for this compound, and
    `is_sport_unrecorded` says the same of sport for somebody who is tested: no record is not the
    same as no risk. `legal` is None where no region was given.
    """

    slug: str
    outcome: Outcome
    is_let_back_in: bool
    reasons: tuple[Reason, ...]
    for_everyone: tuple[CautionFact | InteractionFact, ...]
    none_recorded: tuple[Answer, ...]
    is_sport_unrecorded: bool
    legal: Ruling | None

    @property
    def is_in(self) -> bool:
        """Say whether the compound may be ranked and suggested."""
        return self.outcome in (Outcome.IN, Outcome.IN_FLAGGED)

    @property
    def is_out_by_preference(self) -> bool:
        """Say whether nothing but preferences excludes it for good."""
        kinds = {reason.kind for reason in self.reasons if reason.gate is Gate.EXCLUDES}
        return bool(kinds) and kinds <= set(PREFERRED)


def screen(
    compound: CompoundSafety, person: Person, preferences: Preferences, overlaps: Overlaps
) -> Screening:
    """Return what comes of one compound for this person, with every reason."""
    return _screened(compound, person, preferences, person.expanded(overlaps))


def screen_all(
    compounds: Iterable[CompoundSafety],
    person: Person,
    preferences: Preferences,
    overlaps: Overlaps,
) -> dict[str, Screening]:
    """Return the screening of each compound by its slug."""
    meaning = person.expanded(overlaps)
    return {one.slug: _screened(one, person, preferences, meaning) for one in compounds}


def _screened(
    compound: CompoundSafety, person: Person, preferences: Preferences, meaning: Meaning
) -> Screening:
    found = [
        *_of_cautions(compound, meaning),
        *_of_interactions(compound, meaning),
        *_of_sport(compound, preferences),
        *_of_routes(compound, preferences),
    ]
    # Sorting keeps the curator's order among equals.
    reasons = tuple(sorted(found, key=lambda reason: -reason.gate))
    outcome = _OUTCOMES[reasons[0].gate if reasons else Gate.NOTES]
    is_let_back_in = outcome is Outcome.OUT_UNLESS and compound.slug in person.let_back_in
    spoken_of = {match.chosen for reason in reasons for match in reason.matches}
    statuses = [(fact.region, fact.status) for fact in compound.statuses]
    return Screening(
        slug=compound.slug,
        outcome=Outcome.IN_FLAGGED if is_let_back_in else outcome,
        is_let_back_in=is_let_back_in,
        reasons=reasons,
        for_everyone=compound.for_everyone,
        none_recorded=tuple(sorted(person.answers - spoken_of)),
        is_sport_unrecorded=preferences.is_tested_for_doping
        and not any(_is_about_sport(fact) for fact in compound.statuses),
        legal=ruling(statuses, preferences.region) if preferences.region else None,
    )


def _of_cautions(compound: CompoundSafety, meaning: Meaning) -> Iterator[Reason]:
    for fact in compound.cautions:
        # Without a code there is nothing that an answer could mean.
        codes = [fact.code] if fact.code else []
        if matches := _matches(AnswerKind.CONDITION, codes, meaning):
            yield Reason(ReasonKind.CAUTION, gate_of_level(fact.level), fact, matches)


def _of_interactions(compound: CompoundSafety, meaning: Meaning) -> Iterator[Reason]:
    for fact in compound.interactions:
        if matches := _matches(AnswerKind.MEDICINE_CLASS, fact.medicine_classes, meaning):
            yield Reason(ReasonKind.INTERACTION, gate_of_severity(fact.severity), fact, matches)


def _matches(kind: AnswerKind, codes: Iterable[str], meaning: Meaning) -> tuple[Match, ...]:
    named = [Answer(kind, code) for code in codes]
    return tuple(Match(one, chosen) for one in named for chosen in meaning.get(one, ()))


def _of_sport(compound: CompoundSafety, preferences: Preferences) -> Iterator[Reason]:
    if preferences.is_tested_for_doping:
        for fact in compound.statuses:
            if fact.status == BANNED_IN_SPORT:
                yield Reason(ReasonKind.SPORT, Gate.EXCLUDES, fact)


def _is_about_sport(fact: StatusFact) -> bool:
    return fact.region == SPORT or fact.status == BANNED_IN_SPORT


def _of_routes(compound: CompoundSafety, preferences: Preferences) -> Iterator[Reason]:
    """Exclude what has no route left; note which one is left, or that none is recorded."""
    if not preferences.excluded_routes:
        return
    fact = RouteFact(
        excluded=tuple(r for r in compound.routes if r in preferences.excluded_routes),
        left=tuple(r for r in compound.routes if r not in preferences.excluded_routes),
    )
    if fact.excluded and not fact.left:
        yield Reason(ReasonKind.ROUTE, Gate.EXCLUDES, fact)
    elif fact.excluded or not compound.routes:
        yield Reason(ReasonKind.ROUTE, Gate.NOTES, fact)
