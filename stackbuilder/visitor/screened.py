"""What a visitor's answers and preferences do to the builder, as values: who is left out, and why.

The order of the ranking is the evidence's and never changes with the visitor: whoever is left out
keeps its place number, and those below do not move up. What stands here is made for one answer to
one request and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from evidence.choices import CautionLevel, InteractionSeverity, LegalStatus
from evidence.synthesis import Certainty
from stackbuilder.candidates import Snapshot
from stackbuilder.engine.facts import CautionFact, InteractionFact, StatusFact
from stackbuilder.engine.person import Answer, Person
from stackbuilder.engine.safety import Gate, Match, Outcome, Reason, Screening, screen_all
from stackbuilder.links import State
from stackbuilder.regions import place_name
from stackbuilder.visitor.screening import SafetyTables

LEVELS = dict(CautionLevel.choices)
# What follows from a preference is no caution.
WISHES = ("sport", "route", "certainty")
SEVERITIES = dict(InteractionSeverity.choices)


@dataclass(frozen=True)
class Line:
    """A reason in words: what it is about, how strict, what is recorded, what was answered.

    `said` are the visitor's own answers that it follows from; empty for a preference.
    """

    kind: str
    gate: Gate
    level: str
    subject: str
    text: str
    said: tuple[str, ...] = ()
    is_direct: bool = True
    source: str = ""
    source_title: str = ""
    source_quality: str = ""

    @property
    def css(self) -> str:
        """Return the class that colours it like a caution of its strictness; a wish has none."""
        if self.kind in WISHES:
            return "wish"
        return {Gate.EXCLUDES: "contraindicated", Gate.EXCLUDES_UNLESS: "avoid"}.get(
            self.gate, "caution"
        )


@dataclass(frozen=True)
class LeftOut:
    """A compound that the visitor is not offered; `place` is None if it is listed apart."""

    slug: str
    name: str
    place: int | None
    lines: tuple[Line, ...]
    can_be_let_in: bool
    is_by_preference: bool


@dataclass(frozen=True)
class Screened:
    """Screenings by slug, and those with too little certainty for every chosen goal.

    `screenings` is empty where the visitor said nothing that could concern a compound.
    """

    screenings: Mapping[str, Screening] = field(default_factory=dict)
    too_uncertain: frozenset[str] = frozenset()
    names: Mapping[Answer, str] = field(default_factory=dict)
    least: str = ""

    def is_in(self, slug: str) -> bool:
        """Say whether the compound may be ranked and suggested."""
        screening = self.screenings.get(slug)
        return slug not in self.too_uncertain and (screening is None or screening.is_in)

    def lines(self, slug: str) -> tuple[Line, ...]:
        """Return every reason that concerns the visitor, strictest first."""
        screening = self.screenings.get(slug)
        reasons = screening.reasons if screening else ()
        found = tuple(self._line(reason) for reason in reasons)
        if slug in self.too_uncertain:
            text = "No evidence for a goal you chose is as certain as that"
            subject = f"At least {self.least} certainty"
            found += (Line("certainty", Gate.EXCLUDES, "left out", subject, text),)
        return found

    def legal(self, slug: str) -> str:
        """Return the legal status where the visitor is, empty if no region was chosen."""
        screening = self.screenings.get(slug)
        if screening is None or screening.legal is None:
            return ""
        status = screening.legal.status
        return dict(LegalStatus.choices).get(status, status) or "no legal status recorded here"

    def _line(self, reason: Reason) -> Line:
        fact = reason.fact
        return Line(
            reason.kind,
            reason.gate,
            *_words(reason),
            said=tuple(dict.fromkeys(self._name(match) for match in reason.matches)),
            is_direct=all(match.is_direct for match in reason.matches),
            source=getattr(fact, "source", ""),
            source_title=getattr(fact, "source_title", ""),
            source_quality="untraced" if getattr(fact, "is_untraced", False) else "",
        )

    def _name(self, match: Match) -> str:
        return str(self.names.get(match.chosen, match.chosen.code))


def concerns(state: State, person: Person) -> bool:
    """Say whether screening could say anything at all of this visitor."""
    return bool(person.answers or state.region or state.no_injections or state.is_tested)


def screened(
    tables: Snapshot, state: State, person: Person, safety: SafetyTables | None
) -> Screened:
    """Return what comes of the visitor's answers and preferences for every compound.

    Without `safety`, which `concerns` says whether it is needed, only certainty is looked at.
    """
    too_uncertain = _too_uncertain(tables, state)
    if safety is None:
        return Screened(too_uncertain=too_uncertain, least=state.certainty)
    facts, overlaps = safety.facts.values(), safety.questions.overlaps
    screenings = screen_all(facts, person, state.preferences, overlaps)
    return Screened(screenings, too_uncertain, safety.names, state.certainty)


def left_out(tables: Snapshot, state: State, found: Screened) -> tuple[LeftOut, ...]:
    """Return who is left out of those ranked or listed apart, the best place first."""
    ranking, _, _ = tables.ranked(dict(state.weights))
    placed = ((index, place) for place, index in enumerate(ranking.index.tolist(), start=1))
    apart = ((index, None) for index in ranking.apart_index.tolist())
    return tuple(_left_out(tables, found, chain(placed, apart)))


def _left_out(
    tables: Snapshot, found: Screened, rows: Iterable[tuple[int, int | None]]
) -> Iterable[LeftOut]:
    for index, place in rows:
        compound = tables.compounds[index]
        if found.is_in(compound.slug):
            continue
        screening = found.screenings.get(compound.slug)
        out = screening if screening and not screening.is_in else None
        yield LeftOut(
            slug=compound.slug,
            name=compound.name,
            place=place,
            lines=found.lines(compound.slug),
            can_be_let_in=out is not None and out.outcome is Outcome.OUT_UNLESS,
            is_by_preference=out is None or out.is_out_by_preference,
        )


def _too_uncertain(tables: Snapshot, state: State) -> frozenset[str]:
    """Return those without evidence of the least certainty wanted for any chosen goal."""
    if not state.certainty or not state.weights:
        return frozenset()
    least = Certainty(state.certainty).rank
    columns = {tables.column_of[goal] for goal in state.weights}
    enough = {
        row
        for (row, column), certainty in tables.certainties.items()
        if column in columns and certainty and Certainty(certainty).rank >= least
    }
    return frozenset(card.slug for row, card in enumerate(tables.compounds) if row not in enough)


def _words(reason: Reason) -> tuple[str, str, str]:
    """Return level, subject and text."""
    fact = reason.fact
    if isinstance(fact, CautionFact):
        return LEVELS.get(fact.level, fact.level), fact.condition, fact.reason
    if isinstance(fact, InteractionFact):
        return SEVERITIES.get(fact.severity, fact.severity), f"With {fact.with_text}", fact.effect
    if isinstance(fact, StatusFact):
        return "banned in sport", "You are tested for doping", fact.note
    if reason.gate is Gate.EXCLUDES:
        return "left out", "No injections", "Recorded as given by injection only"
    if fact.left:
        return "noted", "No injections", f"Also given otherwise: {', '.join(fact.left)}"
    return "noted", "No injections", "No route is recorded here"


def preference_words(state: State) -> tuple[str, ...]:
    """Return what the visitor prefers, each in a few words."""
    return tuple(
        words
        for words, is_set in (
            (f"region {place_name(state.region)}", state.region),
            ("no injections", state.no_injections),
            ("tested for doping", state.is_tested),
            (f"at least {state.certainty} certainty", state.certainty),
        )
        if is_set
    )
