"""What “about you” asks, and what may be meant by a name that is typed into it.

An answer travels in a form as its code, in the field of its kind; the answers of a suggestion as
`kind:code`, apart by blanks. The typed text is searched for and then gone.
"""

from dataclasses import dataclass
from functools import lru_cache

from django import forms

from stackbuilder.engine.person import Answer, AnswerKind, Person
from stackbuilder.forms import PROBLEMS_NAMED, shortened
from stackbuilder.visitor.medicines import LONGEST_SEARCH, Suggestion, find, wordings
from stackbuilder.visitor.screening import Questions, medicine_names

# How each kind of answer is called, which is also how its field is.
NOUNS = {AnswerKind.CONDITION: "condition", AnswerKind.MEDICINE_CLASS: "kind of medicine"}


@dataclass(frozen=True)
class Tick:
    """One answer that can be ticked; `is_added` if a suggestion has just done so."""

    code: str
    name: str
    is_ticked: bool
    is_added: bool


@dataclass(frozen=True)
class Proposal:
    """A suggestion as the page offers it; `names` are empty where they only repeat its own."""

    suggestion: Suggestion
    names: tuple[str, ...]
    is_ticked: bool

    @property
    def real_name(self) -> str:
        """Return the name, if another spelling fitted."""
        name = self.suggestion.name
        return "" if name.casefold() == self.suggestion.found_as.casefold() else name

    @property
    def value(self) -> str:
        """Return its answers as the form sends them."""
        return " ".join(f"{answer.kind}:{answer.code}" for answer in self.suggestion.answers)


class TicksField(forms.Field):
    """Codes of one kind of answer; those that are known are kept in `read`, refused or not."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, kind, names):
        super().__init__(required=False)
        self.kind, self.names = kind, names
        self.read = frozenset()

    def clean(self, value):
        """Return the answers, or name the codes that nobody is asked about."""
        given = [Answer(self.kind, code) for code in dict.fromkeys(value or ())]
        self.read = frozenset(answer for answer in given if answer in self.names)
        unknown = [answer.code for answer in given if answer not in self.names]
        if unknown:
            messages = [
                f"There is no {NOUNS[self.kind]} called “{shortened(code)}”: nothing can be "
                "screened by it."
                for code in unknown[:PROBLEMS_NAMED]
            ]
            rest = len(unknown) - PROBLEMS_NAMED
            raise forms.ValidationError(messages + [f"And {rest} more like these."] * (rest > 0))
        return self.read


class AddedField(forms.CharField):
    """The answers of the suggestion whose button was pressed."""

    def __init__(self, *, names):
        super().__init__(required=False)
        self.names = names

    def clean(self, value):
        """Return the answers, or say which one is not known."""
        pairs = [part.partition(":") for part in super().clean(value).split()]
        known = {(answer.kind.value, answer.code): answer for answer in self.names}
        for kind, _, code in pairs:
            if (kind, code) not in known:
                raise forms.ValidationError(f"There is no answer called “{shortened(code)}”.")
        return frozenset(known[kind, code] for kind, _, code in pairs)


class AboutYouForm(forms.Form):
    """What a visitor says of their health, and what they are looking for.

    `act` is what to do: `look-up`, `save`, or nothing where a suggestion is to be added.
    """

    LOOK_UP, SAVE = "look-up", "save"

    q = forms.CharField(
        required=False,
        max_length=LONGEST_SEARCH,
        label="Search a medicine or a condition",
        error_messages={
            "max_length": "Write a name of at most %(limit_value)d characters, not %(show_value)d."
        },
    )
    act = forms.ChoiceField(
        required=False,
        choices=[(LOOK_UP, "Look up"), (SAVE, "Save")],
        error_messages={"invalid_choice": "The form can look up, add and save, nothing else."},
    )

    def __init__(self, data=None, *, asked: Questions, names: dict[Answer, str], kept: Person):
        super().__init__(data, auto_id="about-you-%s")
        self.asked, self.names, self.kept = asked, names, kept
        self.fields["condition"] = TicksField(kind=AnswerKind.CONDITION, names=names)
        self.fields["medicine"] = TicksField(kind=AnswerKind.MEDICINE_CLASS, names=names)
        self.fields["add"] = AddedField(names=names)

    def clean(self):
        """Refuse what says neither what to do nor what to add."""
        nothing_said = not self.cleaned_data.get("act") and not self.cleaned_data.get("add")
        if nothing_said and not self.errors:
            raise forms.ValidationError("The form did not say whether to look up, add or save.")

    @property
    def added(self) -> frozenset[Answer]:
        """Return the answers to be ticked besides; ask after validation."""
        return frozenset(self.cleaned_data.get("add") or ()) if self.is_bound else frozenset()

    @property
    def ticked(self) -> frozenset[Answer]:
        """Return what is ticked: as sent, whatever was wrong with it, or as kept."""
        if not self.is_bound:
            return self.kept.answers & self.names.keys()
        return self.fields["condition"].read | self.fields["medicine"].read | self.added

    @property
    def person(self) -> Person:
        """Return the visitor with these answers; a new one takes back what was let back in."""
        codes = {kind: {one.code for one in self.ticked if one.kind is kind} for kind in AnswerKind}
        return self.kept.answering(codes[AnswerKind.CONDITION], codes[AnswerKind.MEDICINE_CLASS])

    @property
    def kept_names(self) -> list[str]:
        """Return what is kept, in plain words and in the order in which it is asked."""
        return [name for answer, name in self.names.items() if answer in self.kept.answers]

    @property
    def count_dropped(self) -> int:
        """Return how many kept answers are not asked about any more."""
        return len(self.kept.answers - self.names.keys())

    @property
    def condition_groups(self) -> dict[str, list[Tick]]:
        """Return the conditions by group, both in the curators' order."""
        groups: dict[str, list[Tick]] = {}
        for question in self.asked.conditions:
            tick = self._tick(Answer(AnswerKind.CONDITION, question.code))
            groups.setdefault(question.group, []).append(tick)
        return groups

    @property
    def medicines(self) -> list[Tick]:
        """Return the classes of medicines in the curators' order."""
        kind = AnswerKind.MEDICINE_CLASS
        return [self._tick(Answer(kind, question.code)) for question in self.asked.medicine_classes]

    @property
    def proposals(self) -> list[Proposal]:
        """Return what the typed text may mean, best first; nothing once it has been added."""
        text = "" if self.added or not self.is_bound else self.cleaned_data.get("q", "")
        found = find(text, _wordings(self.asked))
        return [self._proposal(suggestion) for suggestion in found]

    @property
    def added_names(self) -> str:
        """Return what was just added, in words."""
        return ", ".join(name for answer, name in self.names.items() if answer in self.added)

    def _tick(self, answer: Answer) -> Tick:
        name = self.names[answer]
        return Tick(
            answer.code, name, is_ticked=answer in self.ticked, is_added=answer in self.added
        )

    def _proposal(self, suggestion: Suggestion) -> Proposal:
        names = tuple(self.names[answer] for answer in suggestion.answers)
        return Proposal(
            suggestion,
            names=() if names == (suggestion.name,) else names,
            is_ticked=self.ticked >= set(suggestion.answers),
        )


@lru_cache(maxsize=2)
def _wordings(asked: Questions):
    """Return all that can be found, worked out once for each set of questions."""
    return wordings(
        medicine_names().medicines,
        classes={question.code: question.name for question in asked.medicine_classes},
        conditions={question.code: question.name for question in asked.conditions},
    )
