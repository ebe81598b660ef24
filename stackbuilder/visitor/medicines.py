"""What a visitor may mean who types the name of a medicine or a condition; pure.

The names are a finding aid. They lead to answers that can be given without them, and a medicine
that is not among them is not thereby harmless; whoever shows the result says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum
from typing import Annotated
from unicodedata import combining, normalize

from pydantic import model_validator

from evidence.ingest import fields as f
from evidence.ingest.entry import FROM_JSON, Entry
from stackbuilder.engine.person import Answer, AnswerKind

__all__ = [
    "MedicineEntry",
    "MedicineFile",
    "Order",
    "Suggestion",
    "Wording",
    "find",
    "folded",
    "wordings",
]

LONGEST_SEARCH = 60  # characters; no name is longer, and nobody's text costs more
MOST_SUGGESTIONS = 8
# A single letter finds what begins with it; inside a word it would find everything.
SHORTEST_INSIDE = 3
SHORTEST_WORD = 4
SHORTEST_GUESS = 5
# One wrong letter in five, the least that a slip of the finger needs (difflib's ratio).
LIKENESS = 0.8
# How well a text fits, best first.
_SAME, _BEGINS, _BEGINS_WORD, _INSIDE, _GUESS = range(5)
# How well, and the spelling that did, as written.
Fit = tuple[int, str]


class MedicineEntry(Entry):
    """A medicine by its international name, other names of it, and the answers that it means.

    Conditions are named only for medicines that no class holds but a condition does, such as
    tricyclic antidepressants for “Taking antidepressants”.
    """

    name: f.Text120
    also: Annotated[tuple[f.Text120, ...], FROM_JSON] = ()
    classes: Annotated[tuple[f.Slug, ...], FROM_JSON] = ()
    conditions: Annotated[tuple[f.Slug, ...], FROM_JSON] = ()

    @model_validator(mode="after")
    def _means_something(self) -> MedicineEntry:
        if not self.classes and not self.conditions:
            raise ValueError(f"{self.name} has neither a class nor a condition")
        return self


class MedicineFile(Entry):
    """The table of names, each given once, in alphabetical order."""

    note: f.Prose
    medicines: Annotated[tuple[MedicineEntry, ...], FROM_JSON]

    @model_validator(mode="after")
    def _is_in_order(self) -> MedicineFile:
        names = [folded(entry.name) for entry in self.medicines]
        if names != sorted(set(names)):
            raise ValueError("the names must stand in alphabetical order, each once")
        every = [folded(name) for entry in self.medicines for name in (entry.name, *entry.also)]
        if len(set(every)) != len(every):
            raise ValueError("a name must belong to one medicine only")
        return self


class Order(IntEnum):
    """From the widest thing that a name may mean to the narrowest."""

    CONDITION = 0
    MEDICINE_CLASS = 1
    MEDICINE = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """Something a visitor may mean: its name as shown, the answers it gives, its spellings.

    A spelling is folded and as it is written; a code is written as the name that it stands for.
    """

    name: str
    answers: tuple[Answer, ...]
    spellings: tuple[tuple[str, str], ...]
    order: Order


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant; choosing it gives all its answers.

    `found_as` is the spelling that fitted: the name or another one ("the pill"). A guess allows
    for a typing error.
    """

    name: str
    found_as: str
    answers: tuple[Answer, ...]
    is_guess: bool


def folded(text: str) -> str:
    """Return letters and digits without case and accents, other characters as single spaces.

    >>> folded(" Co-Amoxiclav  (é)")
    'co amoxiclav e'
    """
    # Before and after: one character may decompose into eighteen.
    plain = normalize("NFKD", normalize("NFKD", text[:LONGEST_SEARCH]).casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not combining(c))
    return " ".join(letters.split())[:LONGEST_SEARCH].strip()


def wordings(
    medicines: Iterable[MedicineEntry], classes: Mapping[str, str], conditions: Mapping[str, str]
) -> tuple[Wording, ...]:
    """Return all that can be found; classes and conditions are plain names by code.

    A code that neither mapping holds is left out, and a medicine without any other.
    """
    found = []
    asked = (
        (Order.CONDITION, AnswerKind.CONDITION, conditions),
        (Order.MEDICINE_CLASS, AnswerKind.MEDICINE_CLASS, classes),
    )
    for order, kind, names in asked:
        for code, name in names.items():
            spellings = ((folded(name), name), (folded(code), name))
            found.append(Wording(name, (Answer(kind, code),), spellings, order))
    for entry in medicines:
        answers = (
            *(Answer(AnswerKind.MEDICINE_CLASS, code) for code in entry.classes if code in classes),
            *(
                Answer(AnswerKind.CONDITION, code)
                for code in entry.conditions
                if code in conditions
            ),
        )
        if answers:
            every = tuple((folded(name), name) for name in (entry.name, *entry.also))
            found.append(Wording(entry.name, answers, every, Order.MEDICINE))
    return tuple(found)


def find(text: str, among: Iterable[Wording]) -> tuple[Suggestion, ...]:
    """Return what `text` may mean, the best fit first; nothing for an empty text.

    Where the whole text fits nothing, its words are tried (“warfarin 5 mg”), then what is spelt
    much like it.
    """
    among = tuple(among)
    wanted = folded(text)
    if not wanted:
        return ()
    found = _fitting(wanted, among) or _fitting_words(wanted, among) or _guessed(wanted, among)

    suggestions: list[Suggestion] = []
    for one in sorted(found, key=lambda one: _place(one, found[one][0])):
        fit, shown = found[one]
        suggestion = Suggestion(one.name, shown, one.answers, is_guess=fit == _GUESS)
        if not any(_says_as_much(earlier, suggestion) for earlier in suggestions):
            suggestions.append(suggestion)
    return tuple(suggestions[:MOST_SUGGESTIONS])


def _place(wording: Wording, fit: int) -> tuple[int, int, str]:
    """Return the key to sort by: the closest first, then what is wider, then the name.

    A whole name means the medicine first, which says no less than a class called the same.
    """
    is_whole = fit in (_SAME, _GUESS)
    return fit, -wording.order if is_whole else wording.order, folded(wording.name)


def _says_as_much(earlier: Suggestion, later: Suggestion) -> bool:
    has_its_name = folded(earlier.name) == folded(later.name)
    return has_its_name and set(earlier.answers) >= set(later.answers)


def _fitting(wanted: str, among: Iterable[Wording]) -> dict[Wording, Fit]:
    """Return how well each fits that does."""
    fits = {}
    for wording in among:
        found = [(_closeness(wanted, spelling), shown) for spelling, shown in wording.spellings]
        best = min(found, key=lambda fit: fit[0])
        if best[0] < _GUESS:
            fits[wording] = best
    return fits


def _closeness(wanted: str, spelling: str) -> int:
    if wanted == spelling:
        return _SAME
    if spelling.startswith(wanted):
        return _BEGINS
    if f" {wanted}" in spelling:
        return _BEGINS_WORD
    if len(wanted) >= SHORTEST_INSIDE and wanted in spelling:
        return _INSIDE
    return _GUESS


def _fitting_words(wanted: str, among: Iterable[Wording]) -> dict[Wording, Fit]:
    """Return what one of the words names: a medicine that begins so, or anything called just that.

    “Taking” and “medicines” begin the names of too many conditions and classes.
    """
    words = [word for word in wanted.split() if len(word) >= SHORTEST_WORD]
    return {
        wording: fit
        for word in words
        for wording, fit in _fitting(word, among).items()
        if fit[0] <= (_BEGINS if wording.order is Order.MEDICINE else _SAME)
    }


def _guessed(wanted: str, among: Iterable[Wording]) -> dict[Wording, Fit]:
    """Return what is spelt much like the text, in whole or in one word, or like a word of it.

    A word among others must be like a whole name: “other” and “tablets” stand in many.
    """
    wholes: dict[str, dict[Wording, Fit]] = {}
    parts: dict[str, dict[Wording, Fit]] = {}
    for wording in among:
        for spelling, shown in wording.spellings:
            wholes.setdefault(spelling, {})[wording] = (_GUESS, shown)
            for part in {spelling, *spelling.split()}:
                parts.setdefault(part, {})[wording] = (_GUESS, shown)
    found: dict[Wording, Fit] = {}
    for text, owners in ((wanted, parts), *((word, wholes) for word in wanted.split())):
        if len(text) >= SHORTEST_GUESS:
            for near in get_close_matches(text, owners, n=MOST_SUGGESTIONS, cutoff=LIKENESS):
                found |= owners[near]
    return found
