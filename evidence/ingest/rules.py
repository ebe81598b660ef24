"""What the rows of one file must keep beyond their shape.

Every rule names the field to mend; a row may be damaged, its fields then None, and is not blamed
for that again. The figures of a finding are judged by the synthesis, which is to read them.
"""

from collections.abc import Hashable, Iterable, Iterator

from evidence.ingest.problems import Place, shown
from evidence.ingest.schema import (
    CompoundFile,
    CostEntry,
    FindingEntry,
    GoalsFile,
    ProtocolEntry,
    StudyEntry,
)
from evidence.synthesis import refusals

Broken = Iterator[tuple[Place, str]]


def goals_rules(goals: GoalsFile) -> Broken:
    """Yield the place and message of every rule that `goals.json` breaks by itself."""
    for index, condition in enumerate(goals.conditions):
        place = ("conditions", index, "medicine_classes")
        yield from given_twice(place, condition.medicine_classes)


def compound_rules(compound: CompoundFile) -> Broken:
    """Yield the place and message of every rule that a compound's file breaks by itself."""
    yield from given_twice(("aliases",), [alias.casefold() for alias in compound.aliases])
    yield from given_twice(("routes",), compound.routes)
    if compound.cost_per_month:
        yield from _within(("cost_per_month",), _cost_rules(compound.cost_per_month))
    for index, protocol in enumerate(compound.protocols):
        yield from _within(("protocols", index), _protocol_rules(protocol))
    yield from _safety_rules(compound)
    for index, study in enumerate(compound.studies):
        yield from _within(("studies", index), _study_rules(study))
    for index, finding in enumerate(compound.findings):
        yield from _within(("findings", index), _figure_rules(finding))


def repeated(values: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the position of every value seen before, with its first position; None never counts."""
    first: dict[Hashable, int] = {}
    for index, value in enumerate(values):
        if value is not None and first.setdefault(value, index) != index:
            yield index, first[value]


def given_twice(place: Place, values: Iterable[Hashable]) -> Broken:
    """Yield one broken rule for every value that the list at `place` already holds."""
    for index, first in repeated(values):
        yield (*place, index), f"Already given at [{first}]."


def _within(row: Place, broken: Broken) -> Broken:
    for place, message in broken:
        yield (*row, *place), message


def _cost_rules(cost: CostEntry) -> Broken:
    if cost.low is None and cost.high is not None:
        yield ("low",), "Give both ends of the range, or null for both."
    elif cost.low is not None and cost.high is None:
        yield ("high",), "Give both ends of the range, or null for both."
    elif cost.low is not None and cost.high is not None and cost.low > cost.high:
        yield ("low",), f"Must not be above high, which is {cost.high:g}, got {cost.low:g}."


def _protocol_rules(protocol: ProtocolEntry) -> Broken:
    low, high = protocol.low, protocol.high
    if low is not None and high is not None and low > high:
        yield ("low",), f"Must not be above high, which is {high:g}, got {low:g}."
    if protocol.unit is None and (low is not None or high is not None):
        yield ("unit",), "A dose in numbers needs its unit."


def _safety_rules(compound: CompoundFile) -> Broken:
    for index, first in repeated(caution.condition for caution in compound.cautions):
        message = f"Already given at cautions[{first}]: keep the stricter one."
        yield ("cautions", index, "condition"), message
    for index, interaction in enumerate(compound.interactions):
        if interaction.compound is not None and interaction.compound == compound.slug:
            yield ("interactions", index, "compound"), "A compound does not interact with itself."
        place = ("interactions", index, "medicine_classes")
        yield from given_twice(place, interaction.medicine_classes)


def _study_rules(study: StudyEntry) -> Broken:
    yield from given_twice(("includes",), study.includes)
    if study.key is None:
        return
    scheme, _, name = study.key.partition(":")
    for field, number in (("pmid", study.pmid), ("doi", study.doi)):
        if field == scheme and number is not None and number.casefold() != name.casefold():
            yield (field,), f"Must be that of the key, {shown(study.key)}, got {shown(number)}."
    if study.key in study.includes:
        yield ("includes", study.includes.index(study.key)), "A study does not pool itself."


def _figure_rules(finding: FindingEntry) -> Broken:
    figures = finding.figures
    for refusal in refusals(figures):
        yield (refusal.field,), refusal.message
    has_interval = figures.ci_low is not None and figures.ci_high is not None
    if figures.estimate is not None and figures.measure is None:
        yield ("measure",), f"An estimate needs a measure; the estimate is {figures.estimate:g}."
    if figures.estimate is None and has_interval:
        yield ("estimate",), "An interval needs its estimate."
