"""What is recorded of the safety of a few compounds, arranged to be read side by side.

Always today's (`screening.SafetyTables`), whatever evidence the figures are pinned to. Nothing
here is summed up into a grade: a comparison of safety is for the reader to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evidence.choices import LegalStatus
from stackbuilder import law
from stackbuilder.engine.clashes import Clash, clashes
from stackbuilder.engine.facts import CautionFact, CompoundSafety, InteractionFact, StatusFact
from stackbuilder.engine.person import Person
from stackbuilder.engine.safety import Screening, screen
from stackbuilder.links import State
from stackbuilder.regions import in_order, place_name, place_of, region_name
from stackbuilder.visitor.screened import LEVELS, SEVERITIES, Line, Screened
from stackbuilder.visitor.screening import SafetyTables

Fact = TypeVar("Fact")
# A row of a table: the name of each compound, in the visitor's order, and what stands in its cell.
Cells = tuple[tuple[str, Fact], ...]


@dataclass(frozen=True)
class SharedRow:
    """A condition that speaks against all of them, each with a level and a reason of its own."""

    condition: str
    cells: Cells[NamedFact]


@dataclass(frozen=True)
class LevelRow:
    """The cautions of one level on conditions that do not speak against all of them."""

    level: str
    label: str
    cells: Cells[tuple[CautionFact, ...]]


@dataclass(frozen=True)
class NamedFact:
    """A fact with its level or severity in words."""

    subject: str
    label: str
    css: str
    text: str


@dataclass(frozen=True)
class PairClash:
    """Two of them that are recorded to interact, by name, with the records of both pages."""

    names: tuple[str, str]
    label: str
    clash: Clash


@dataclass(frozen=True)
class ForYou:
    """What screening says of one compound for this visitor."""

    screening: Screening
    lines: tuple[Line, ...]
    none_recorded: tuple[str, ...]


@dataclass(frozen=True)
class StatusLine:
    """A legal status with its name."""

    label: str
    fact: StatusFact


@dataclass(frozen=True)
class PlaceStatus:
    """What is recorded in one place; `place` is named where another one speaks for it."""

    place: str
    lines: tuple[StatusLine, ...]


@dataclass(frozen=True)
class PlaceRow:
    """The legal status in one place, a cell for each compound."""

    name: str
    is_chosen: bool
    cells: Cells[PlaceStatus]


@dataclass(frozen=True)
class Safety:
    """All of it; `for_you` is empty where the visitor said nothing that screening goes by."""

    shared: tuple[SharedRow, ...]
    levels: tuple[LevelRow, ...]
    for_everyone: Cells[tuple[NamedFact, ...]]
    interactions: Cells[tuple[NamedFact, ...]]
    clashes: tuple[PairClash, ...]
    for_you: Cells[ForYou]
    places: tuple[PlaceRow, ...]


def safety_compared(
    names: Mapping[str, str], state: State, person: Person, tables: SafetyTables
) -> Safety:
    """Return what is recorded of the compounds in `names` (slug -> name, in order)."""
    facts = [tables.facts.get(slug, CompoundSafety(slug)) for slug in names]
    shared = _shared(facts)

    def row(cells: Iterable[Fact]) -> Cells[Fact]:
        return tuple(zip(names.values(), cells, strict=True))

    return Safety(
        shared=tuple(SharedRow(found[0].condition, row(map(_named, found))) for found in shared),
        levels=tuple(
            LevelRow(level, _level_name(level), row(_own(one, level, shared) for one in facts))
            for level in _levels(facts)
        ),
        for_everyone=row(tuple(map(_named, one.for_everyone)) for one in facts),
        interactions=row(_interactions(one, set(names)) for one in facts),
        clashes=tuple(_pair(clash, names) for clash in clashes(facts)),
        for_you=row(_for_you(facts, state, person, tables)) if _is_said(state, person) else (),
        places=tuple(
            PlaceRow(name, is_chosen, row(cells))
            for name, is_chosen, cells in _places(facts, state.region)
        ),
    )


def _shared(facts: Sequence[CompoundSafety]) -> list[tuple[CautionFact, ...]]:
    """Return the cautions, one of each compound, on every condition with a code that all name.

    The firmest first, by the firmest of their levels.
    """
    by_code = [{fact.code: fact for fact in one.cautions if fact.code} for one in facts]
    codes = [code for code in by_code[0] if all(code in found for found in by_code)]
    rows = [tuple(found[code] for found in by_code) for code in codes]
    order = _levels(facts)
    # Sorting keeps the curator's order among equals.
    return sorted(rows, key=lambda row: min(order.index(fact.level) for fact in row))


def _levels(facts: Iterable[CompoundSafety]) -> list[str]:
    """Return the levels, firmest first; one that the vocabulary lost counts as firmer still."""
    strange = {f.level for one in facts for f in one.cautions if f.level not in LEVELS}
    return [*sorted(strange), *LEVELS]


def _level_name(level: str) -> str:
    return str(LEVELS.get(level, level))


def _own(
    one: CompoundSafety, level: str, shared: Iterable[tuple[CautionFact, ...]]
) -> tuple[CautionFact, ...]:
    """Return the cautions of this level on conditions with a code that not all name."""
    everywhere = {facts[0].code for facts in shared}
    found = (fact for fact in one.cautions if fact.code and fact.level == level)
    return tuple(fact for fact in found if fact.code not in everywhere)


def _named(fact: CautionFact | InteractionFact) -> NamedFact:
    if isinstance(fact, CautionFact):
        return NamedFact(fact.condition, _level_name(fact.level), fact.level, fact.reason)
    label = _severity_name(fact.severity)
    return NamedFact(f"With {fact.with_text}", label, fact.severity, fact.effect)


def _severity_name(severity: str) -> str:
    return str(SEVERITIES.get(severity, severity))


def _interactions(one: CompoundSafety, compared: set[str]) -> tuple[NamedFact, ...]:
    """Return the interactions that stand neither under the pairs nor under “for everyone”."""
    everyone = set(one.for_everyone)
    found = [
        fact
        for fact in one.interactions
        if fact not in everyone and fact.other_slug not in compared
    ]
    order = list(SEVERITIES)
    found.sort(key=lambda f: order.index(f.severity) if f.severity in order else -1)
    return tuple(map(_named, found))


def _pair(clash: Clash, names: Mapping[str, str]) -> PairClash:
    low, high = clash.slugs
    return PairClash((names[low], names[high]), _severity_name(clash.severity), clash)


def _is_said(state: State, person: Person) -> bool:
    return bool(person.answers or state.no_injections or state.is_tested)


def _for_you(
    facts: Iterable[CompoundSafety], state: State, person: Person, tables: SafetyTables
) -> Iterator[ForYou]:
    overlaps = tables.questions.overlaps
    found = {one.slug: screen(one, person, state.preferences, overlaps) for one in facts}
    said = Screened(screenings=found, names=tables.names)
    for slug, screening in found.items():
        names = (tables.names.get(one, one.code) for one in screening.none_recorded)
        yield ForYou(screening, said.lines(slug), tuple(names))


def _places(
    facts: Iterable[CompoundSafety], chosen: str
) -> Iterator[tuple[str, bool, Iterable[PlaceStatus]]]:
    """Yield each place with its name and whether it was chosen, that one first and sport last."""
    by_place = [_statuses(one) for one in facts]
    codes = {code for found in by_place for code in found} - {chosen}
    if chosen:
        yield place_name(chosen), True, [_spoken_for(found, chosen) for found in by_place]
    for code in [*in_order(codes - {law.SPORT}), *sorted(codes & {law.SPORT})]:
        name = "Sport" if code == law.SPORT else region_name(code)
        yield name, False, [PlaceStatus("", found.get(code, ())) for found in by_place]


def _statuses(one: CompoundSafety) -> dict[str, tuple[StatusLine, ...]]:
    found: dict[str, tuple[StatusLine, ...]] = {}
    for fact in one.statuses:
        # A code that the vocabulary lost is shown as it is.
        label = dict(LegalStatus.choices).get(fact.status, fact.status)
        place = law.canonical(fact.region)
        found[place] = (*found.get(place, ()), StatusLine(str(label), fact))
    return found


def _spoken_for(found: Mapping[str, tuple[StatusLine, ...]], chosen: str) -> PlaceStatus:
    """Return what holds where the visitor is, whoever speaks for that place."""
    lines = [line for lines in found.values() for line in lines]
    rows = [(line.fact.region, line.fact.status) for line in lines]
    place = law.ruling(rows, place_of(chosen)).place
    name = region_name(place) if place and place != law.canonical(chosen) else ""
    return PlaceStatus(name, found.get(place, ()))
