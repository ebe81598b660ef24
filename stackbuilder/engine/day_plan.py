"""A day as the trials had it: the doses of a stack's members, laid out by what their texts say.

A *use* is a dose as a trial gave it, in the words that are stored; a *slot* is a part of the day,
or what stands in for one. The rules are about words, and no rule makes up a time:

- Something for an occasion ("as needed", "before sex") and something not given on each day ("once
  weekly", "5 days a week") stand apart, whatever hour they name. A choice between every day and
  some days ("daily or weekly") stands with every day.
- Otherwise each time that the frequency names is a slot: "morning and evening with meals" stands
  twice, and each entry says where else it stands. Meals count where no hour is named beside them
  ("1 h before bedtime and after food" is a bedtime), or beside "with meals and at bedtime".
- Where the frequency names no time, the text of the dose may; nothing else is read for one.
- What only limits a time ("no later than 8 h before bed"), compares ("a single morning dose worked
  less well") or is denied ("without food") names no time.
- A text without any time stands under "no time given", also when it says how many times a day. A
  single dose stands apart, and so does a use of which nothing says how often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Entry", "PlanPart", "Slot", "TrialUse", "day_plan", "first_use", "slots_of"]


class Slot(StrEnum):
    """A part of the day, or what stands in for one, in the order in which a plan shows them.

    MEALS is with, before or after food; EXERCISE before or after it; BED at bedtime, some hours
    before it, or at night.
    """

    MORNING = "morning"
    MIDDAY = "midday"
    MEALS = "meals"
    NO_TIME = "no-time-given"
    EXERCISE = "exercise"
    EVENING = "evening"
    BED = "bed"
    SOME_DAYS = "some-days"
    AS_NEEDED = "as-needed"
    ONCE = "once-only"
    NOT_SAID = "not-said"


@dataclass(frozen=True, slots=True)
class TrialUse:
    """A compound as a trial used it, in the words that are stored; any text may be empty."""

    slug: str
    dose: str
    frequency: str = ""
    route: str = ""
    duration: str = ""
    population: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A use in one slot; `also_in` are the other slots of the very same use, in order."""

    use: TrialUse
    also_in: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A slot and what stands in it, never nothing."""

    slot: Slot
    entries: tuple[Entry, ...]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_A_FEW = r"(?:(?:a|an|the|each|every|main|resistance|strength|endurance)\s+){0,2}"
_BEFORE_OR_AFTER = rf"(?:before|prior to|after|pre|post)[\s-]*{_A_FEW}"
# What names no time though its words do, each with how much of the text goes with it.
_SET_ASIDE = (
    # A limit: the rest of the sentence, which a semicolon ends.
    _words(
        r"(?:no (?:later|sooner|earlier) than|(?:timing )?limit\b"
        r"|at least [\d.]+ ?h(?:ours?)? before (?:bed|sleep))[^;]*"
    ),
    # A comparison: all between two commas.
    re.compile(r"[^,;]*\b(?:less well|better|worse|at the latest)\b[^,;]*", re.IGNORECASE),
    # A denial: up to the next comma.
    _words(r"(?:not|never|without|avoid|regardless of|independent of|rather than)\b[^,;]*"),
    # How a dose was raised: up to the interval.
    re.compile(
        r"(?:\b(?:rais|increas|titrat|escalat|reduc|taper)|\+ ?\d)[^,;]*?"
        r"\b(?:weekly|monthly|days?|weeks?|months?)\b",
        re.IGNORECASE,
    ),
)
_OCCASION = _words(
    r"(?:as|when|if) (?:needed|required)|on demand|prn\b|before (?:sex|intercourse)"
    r"|at (?:the )?(?:onset|first)"
)
_SOME_DAYS = _words(
    r"(?:bi-?)?weekly|fortnightly|monthly|every (?:other|second) (?:day|night)|every [\w-]+ days"
    r"|every (?:\w+ )?(?:weeks?|months?)|(?:a|per|each) (?:week|fortnight|month)\b"
    r"|(?:alternate|training|rest|exercise|work-?out) days|\d+ doses over \d+ days"
)
# What those words say of every day.
_EVERY_DAY_TOO = _words(r"daily or\b|(?:7|seven) days (?:a|per) week")
_HOURS = {
    Slot.MORNING: _words(r"mornings?\b|breakfast|(?:on|upon|after) (?:waking|awakening|rising)"),
    Slot.MIDDAY: _words(r"midday|noon\b|lunch|afternoons?\b"),
    Slot.EXERCISE: _words(
        rf"{_BEFORE_OR_AFTER}(?:exercis|training|work-?out|competition|match|time[- ]trial"
        r"|races?\b|sessions?\b)"
    ),
    # A plant of that name is no hour.
    Slot.EVENING: _words(r"evenings?\b(?! primrose)|dinner|supper"),
    Slot.BED: _words(
        r"(?:at|before) bed\b|bedtime|before (?:going to )?(?:bed|sleep)|nightly"
        r"|(?:at|each|every) night"
    ),
}
_TEST = _words(rf"{_BEFORE_OR_AFTER}(?:testing|tests?\b)")
_OF_THE_BODY = _words(r"(?:un)?train|athlet|strength|sprint|exercis|sport|cycl|runn")
_MEALS = _words(
    rf"(?:with|before|after|in|at|during)\s+{_A_FEW}(?:food|meals?|mealtimes)\b(?! replacement)"
)
_MEALS_AND = _words(r"meals,? (?:and|or) (?:at|before|in)\b")
_ONCE = _words(r"single (?:dose|injection|infusion|administration)|one dose|one-off")
_ONCE_ALONE = re.compile(r"\s*once\s*(?:,|$)", re.IGNORECASE)
_A_DAY = _words(r"daily|nightly|hourly|(?:a|per|each|every)\s+day\b"), re.compile(r"/\s?d(?:ay)?\b")
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?::\d\d)?\s?(?P<half>[ap])\.?m\b|\b(?P<of_24>[01]?\d|2[0-3]):[0-5]\d\b",
    re.IGNORECASE,
)


def day_plan(uses: Iterable[TrialUse]) -> tuple[PlanPart, ...]:
    """Return the slots that hold anything, in order; within one the uses keep theirs.

    >>> for part in day_plan([TrialUse("melatonin", "2 mg", "1 h before bed, nightly")]):
    ...     print(part.slot, [entry.use.slug for entry in part.entries])
    bed ['melatonin']
    """
    entries: dict[Slot, list[Entry]] = {slot: [] for slot in Slot}
    for use in uses:
        slots = slots_of(use)
        for slot in slots:
            also_in = tuple(other for other in slots if other is not slot)
            entries[slot].append(Entry(use, also_in))
    return tuple(PlanPart(slot, tuple(found)) for slot, found in entries.items() if found)


def first_use(uses: Iterable[TrialUse]) -> TrialUse | None:
    """Return the use that stands for a compound, the first of its curator; None without any."""
    return next(iter(uses), None)


def slots_of(use: TrialUse) -> tuple[Slot, ...]:
    """Return where a use stands, at least one slot, in the order of a plan.

    >>> slots_of(TrialUse("saffron", "30 mg/day", "15 mg morning and evening with meals"))
    (<Slot.MORNING: 'morning'>, <Slot.EVENING: 'evening'>)
    """
    frequency, dose = _what_counts(use.frequency), _what_counts(use.dose)
    # Of a use without a frequency the dose may say how often: "600 mg/day".
    how_often = frequency or dose
    if _OCCASION.search(how_often):
        return (Slot.AS_NEEDED,)
    if _SOME_DAYS.search(how_often) and not _EVERY_DAY_TOO.search(how_often):
        return (Slot.SOME_DAYS,)
    times = _times(frequency, use.population) or _times(dose, use.population)
    return times or (_without_time(frequency, dose),)


def _what_counts(text: str) -> str:
    """Return the text without what names no time though its words do."""
    for words in _SET_ASIDE:
        text = words.sub("", text)
    return text.strip(" ,;")


def _times(text: str, population: str) -> tuple[Slot, ...]:
    found = {slot for slot, words in _HOURS.items() if words.search(text)}
    found |= {_slot_of_hour(match) for match in _CLOCK.finditer(text)}
    # A test of memory is no exercise; whom it was done with tells.
    if _TEST.search(text) and _OF_THE_BODY.search(population):
        found.add(Slot.EXERCISE)
    if _MEALS.search(text) and (not found or _MEALS_AND.search(text)):
        found.add(Slot.MEALS)
    return tuple(slot for slot in Slot if slot in found)


def _slot_of_hour(match: re.Match[str]) -> Slot:
    """Return the slot of an hour by the clock: noon begins at 12, the evening at 5 p.m."""
    hour = int(match["of_24"] or match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour < 12:
        return Slot.MORNING
    return Slot.MIDDAY if hour < 17 else Slot.EVENING


def _without_time(frequency: str, dose: str) -> Slot:
    if not frequency:
        says_a_day = any(words.search(dose) for words in _A_DAY)
        return Slot.NO_TIME if says_a_day else Slot.NOT_SAID
    is_once = _ONCE.search(frequency) or _ONCE_ALONE.match(frequency)
    return Slot.ONCE if is_once else Slot.NO_TIME
