"""What a visitor says: of their health, which stays with them, and what they prefer.

The two are apart because they travel apart. A `Person` may stand in a signed cookie in the
visitor's browser and nowhere else; `Preferences` are in the address of every page.

An *answer* is a condition or a class of medicines that a visitor chose. An *overlap* is a pair of
the two that say the same thing: choosing either means both. That holds in both directions and
goes no further than one step. Who takes an SSRI says that they take antidepressants, which SSRIs
and MAO inhibitors both do; it does not follow that they take an MAO inhibitor. Read so, an answer
may mean more than is true of a visitor (who takes ciclosporin for psoriasis counts as somebody
with a transplant, because transplants and ciclosporin overlap), never less than they said: safety
is a gate, and its stricter reading stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from evidence.synthesis import Certainty

__all__ = [
    "INJECTED",
    "Answer",
    "AnswerKind",
    "Meaning",
    "Overlaps",
    "Person",
    "PreferenceError",
    "Preferences",
]

# Pairs of the code of a condition and the code of a class of medicines that says the same.
Overlaps = frozenset[tuple[str, str]]

INJECTED = frozenset({"subcutaneous", "intramuscular", "intravenous"})
USUAL_SIZE = 5


class AnswerKind(StrEnum):
    """What sort of thing a visitor says; one code may name a condition and a class."""

    CONDITION = "condition"
    MEDICINE_CLASS = "medicine-class"


@dataclass(frozen=True, order=True, slots=True)
class Answer:
    """A condition or a class of medicines, by its code."""

    kind: AnswerKind
    code: str


# What holds for a visitor -> which of their answers say so, the very same one first.
Meaning = dict[Answer, tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class Person:
    """What a visitor says of their health, by codes, and the compounds let back in, by slugs.

    Its `repr` tells nothing, so that no log can.
    """

    conditions: frozenset[str] = field(default=frozenset(), repr=False)
    medicine_classes: frozenset[str] = field(default=frozenset(), repr=False)
    let_back_in: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def answers(self) -> frozenset[Answer]:
        """Return every answer; empty for a visitor who said nothing."""
        return frozenset(
            {Answer(AnswerKind.CONDITION, code) for code in self.conditions}
            | {Answer(AnswerKind.MEDICINE_CLASS, code) for code in self.medicine_classes}
        )

    def expanded(self, overlaps: Overlaps) -> Meaning:
        """Return what the answers mean: themselves, and what overlaps with them, one step away.

        >>> taking = Person(medicine_classes=frozenset({"insulin"}))
        >>> sorted(one.code for one in taking.expanded(frozenset({("hypoglycaemics", "insulin")})))
        ['hypoglycaemics', 'insulin']
        """
        answers = self.answers
        meaning = {answer: [answer] for answer in sorted(answers)}
        for condition_code, class_code in sorted(overlaps):
            condition = Answer(AnswerKind.CONDITION, condition_code)
            medicines = Answer(AnswerKind.MEDICINE_CLASS, class_code)
            for said, meant in ((condition, medicines), (medicines, condition)):
                if said in answers:
                    meaning.setdefault(meant, []).append(said)
        return {meant: tuple(said) for meant, said in meaning.items()}

    def answering(self, conditions: Iterable[str], medicine_classes: Iterable[str]) -> Person:
        """Return the person with these answers instead.

        An answer that was not there before takes back whatever was let back in: that was decided
        without knowing what the new answer says against it.
        """
        changed = Person(frozenset(conditions), frozenset(medicine_classes))
        if changed.answers <= self.answers:
            return Person(changed.conditions, changed.medicine_classes, self.let_back_in)
        return changed


class PreferenceError(ValueError):
    """A preference that cannot be meant; the message names it and its value."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a visitor prefers; nothing here is about their health.

    `region` is a code as `stackbuilder.law` takes it, empty where it does not matter. `budget` is
    for a month, in `currency`; None is no limit. Raises PreferenceError for a size below 1 and a
    budget that is negative or no number.
    """

    region: str = ""
    excluded_routes: frozenset[str] = frozenset()
    is_tested_for_doping: bool = False
    least_certainty: Certainty | None = None
    size: int = USUAL_SIZE
    budget: Decimal | None = None
    currency: str = "USD"

    def __post_init__(self) -> None:
        if self.size < 1:
            raise PreferenceError(f"size must be at least 1, got {self.size}")
        if self.budget is not None and not (self.budget.is_finite() and self.budget >= 0):
            raise PreferenceError(f"budget must be 0 or more, got {self.budget}")
