"""Everything that shows only when the files of a catalogue are read together.

A file that was refused takes part with what can be read of it, so that one mistake in it does not
hide another; what is damaged in it is None and is not blamed again.
"""

from collections.abc import Iterator, Mapping

from evidence.ingest.catalogue import GOALS_FILE, Catalogue, Known, gather
from evidence.ingest.identity import identity_rules
from evidence.ingest.problems import Problem, problem_at, shown
from evidence.ingest.references import reference_rules
from evidence.ingest.rules import Broken, repeated
from evidence.ingest.schema import CompoundFile, GoalsFile, OutcomeEntry

__all__ = ["GOALS_FILE", "NOTHING_KNOWN", "Known", "check_catalogue"]

NOTHING_KNOWN = Known()


def check_catalogue(
    goals: GoalsFile | None,
    compounds: Mapping[str, CompoundFile],
    known: Known = NOTHING_KNOWN,
    damaged: Mapping[str, object] | None = None,
) -> list[Problem]:
    """Return every problem between the files; `compounds` and `damaged` are named by file.

    `damaged` holds the content of the files that were refused, `goals.json` among them, or None
    for one that is not even JSON.
    """
    catalogue = gather(goals, compounds, known, damaged or {})
    problems = []
    if catalogue.goals:
        problems += [
            problem_at(GOALS_FILE, catalogue.goals, place, message)
            for place, message in _goals_rules(catalogue.goals, catalogue)
        ]
    for rules in (identity_rules, reference_rules):
        problems += [
            problem_at(file, catalogue.content(file), place, message)
            for file, place, message in rules(catalogue)
        ]
    return problems


def _goals_rules(goals: GoalsFile, catalogue: Catalogue) -> Broken:
    """Yield what is wrong inside `goals.json` once the table of units in force is known."""
    yield from _synonym_rules(goals.unit_synonyms or {}, catalogue.unit_synonyms)
    for at, goal in enumerate(goals.goals):
        for position, outcome in enumerate(goal.outcomes):
            for index, message in _mid_rules(outcome, catalogue.unit_synonyms):
                yield ("goals", at, "outcomes", position, "mids", index, "unit"), message


def _synonym_rules(given: Mapping[str, str], table: Mapping[str, str]) -> Broken:
    """Yield the links of a chain: the table is applied once, so a chain would stop half-way."""
    ends = {stored for printed, stored in table.items() if printed not in given}
    for printed, stored in given.items():
        if stored in table:
            message = f"Leads to {shown(stored)}, itself a synonym: name the stored unit at once."
            yield ("unit_synonyms", printed), message
        elif printed in ends:
            yield ("unit_synonyms", printed), "Is what another synonym is stored as."


def _mid_rules(outcome: OutcomeEntry, synonyms: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    units = [
        None if mid.unit is None else synonyms.get(mid.unit, mid.unit).strip().casefold()
        for mid in outcome.mids
    ]
    for index, first in repeated(units):
        yield index, f"Already the unit of mids[{first}]; case, blanks and synonyms do not count."
