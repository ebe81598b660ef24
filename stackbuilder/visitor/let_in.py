"""Letting back in, knowingly, what screening leaves out unless its visitor does so.

Only answers about health count here. What a preference leaves out (routes, sport) comes back when
that preference changes, whatever is let in meanwhile.
"""

from dataclasses import replace

from django import forms

from evidence.models import Compound
from stackbuilder.engine.person import Person, Preferences
from stackbuilder.engine.safety import Gate, Outcome, screen
from stackbuilder.forms import shortened
from stackbuilder.visitor.screening import SafetyTables


class LetInForm(forms.Form):
    """A compound to be let back in, or left out again, by the visitor `kept`.

    `is_unknown` is set where there is no such compound.
    """

    IN, OUT = "in", "out"

    compound = forms.SlugField(max_length=60)
    act = forms.ChoiceField(choices=[(IN, "Let back in"), (OUT, "Leave out again")])

    def __init__(self, data, *, tables: SafetyTables, kept: Person):
        super().__init__(data)
        self.tables, self.kept = tables, kept
        self.is_unknown = False

    @property
    def person(self) -> Person:
        """Return the visitor after this; ask after validation."""
        slug, before = self.cleaned_data["compound"], self.kept.let_back_in
        is_in = self.cleaned_data["act"] == self.IN
        return replace(self.kept, let_back_in=before | {slug} if is_in else before - {slug})

    @property
    def problem(self) -> str:
        """Return in words what keeps this from being done."""
        told = self.non_field_errors()
        return " ".join(told or ["The form did not say which compound, or what to do with it."])

    def clean(self):
        """Refuse a compound that is not here, and one that cannot be let in."""
        slug, act = self.cleaned_data.get("compound"), self.cleaned_data.get("act")
        if not slug or not act:
            return
        # One that was withdrawn after it was let in can still be left out again.
        can_be_left_out = act == self.OUT and slug in self.kept.let_back_in
        if slug not in self.tables.facts and not can_be_left_out:
            self.is_unknown = True
            raise forms.ValidationError(f"There is no compound called “{shortened(slug)}”.")
        if act == self.IN:
            self._check(slug)

    def _check(self, slug):
        """Refuse what is ruled out for good, and what nothing leaves out."""
        overlaps = self.tables.questions.overlaps
        screening = screen(self.tables.facts[slug], self.kept, Preferences(), overlaps)
        if screening.is_let_back_in or screening.outcome is Outcome.OUT_UNLESS:
            return
        name = Compound.objects.published().filter(slug=slug).values_list("name", flat=True).first()
        against = [r.fact.condition for r in screening.reasons if r.gate is Gate.EXCLUDES]
        if screening.outcome is Outcome.OUT:
            raise forms.ValidationError(
                f"{name or slug} cannot be let back in: it is contraindicated for somebody who "
                f"told us “{'”, “'.join(against)}”."
            )
        raise forms.ValidationError(
            f"Nothing you told us leaves {name or slug} out, so there is nothing to let back in."
        )
