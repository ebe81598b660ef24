"""The form that changes a saved stack: order, members, goals, and whose figures it shows."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from evidence.models import Alias
from stackbuilder.engine.ranking import WEIGHTS
from stackbuilder.forms import MOST_MEMBERS, shortened
from stackbuilder.stacks.saved import pin_to


@dataclass(frozen=True)
class MemberRow:
    """A member, the field for its place and the one to take it out."""

    slug: str
    name: str
    is_gone: bool
    place: forms.BoundField
    remove: forms.BoundField


class StackEditForm(forms.Form):
    """Changes to one saved stack; a member or goal that the form did not know of stays as it is.

    `opened` is the stack as it is now (`saved_stacks.Opened`), `tables` the snapshot of today.
    """

    add = forms.CharField(
        required=False,
        max_length=120,
        label="Add a compound",
        help_text="By its name, such as zinc. It comes last.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data=None, *, opened, tables):
        super().__init__(data, auto_id="stack-%s")
        self.opened, self.tables = opened, tables
        self.slugs = list(opened.stack.members)
        gone = {one.slug: one.name for one in opened.gone_members}
        self.names = gone | {
            slug: tables.compounds[tables.row_of[slug]].name for slug in opened.state.members
        }
        places = [(number, str(number)) for number in range(1, len(self.slugs) + 1)]
        for number, slug in enumerate(self.slugs, start=1):
            name = self.names[slug]
            self.fields[f"place-{slug}"] = _choice(f"Place of {name}", places, number)
            self.fields[f"remove-{slug}"] = forms.BooleanField(
                required=False, label=f"Take {name} out"
            )
        weights = [(0, "not a goal"), *((weight, f"{weight} of 3") for weight in WEIGHTS)]
        for slug, name in self._goals():
            weight = opened.stack.goals.get(slug, 0)
            self.fields[f"goal-{slug}"] = _choice(name, weights, weight)

    @property
    def member_rows(self):
        """Return a row for each member, in the order of the stack."""
        gone = {one.slug for one in self.opened.gone_members}
        return [
            MemberRow(
                slug, self.names[slug], slug in gone, self[f"place-{slug}"], self[f"remove-{slug}"]
            )
            for slug in self.slugs
        ]

    @property
    def chosen_goals(self):
        """Return the field of each goal of the stack, in the site's order, those gone last."""
        weighed = self.opened.stack.goals
        return [self[f"goal-{slug}"] for slug, _ in self._goals() if slug in weighed]

    @property
    def other_goals(self):
        """Return the fields of the goals that it does not have."""
        weighed = self.opened.stack.goals
        return [self[f"goal-{slug}"] for slug, _ in self._goals() if slug not in weighed]

    def clean_add(self):
        """Return the slug of the compound to add, empty for none."""
        name = self.cleaned_data["add"]
        if not name:
            return ""
        slug = self._slug_of(name)
        if slug is None:
            raise ValidationError(f"There is no compound called “{shortened(name)}” here now.")
        if slug in self.slugs:
            raise ValidationError(f"{self.names[slug]} is in the stack already.")
        return slug

    def clean(self):
        """Put the members into their new order and refuse a stack that is empty or too long."""
        cleaned = super().clean()
        kept = [slug for slug in self.slugs if not cleaned.get(f"remove-{slug}")]
        added = [cleaned["add"]] if cleaned.get("add") else []
        self.members = [*sorted(kept, key=self._order), *added]
        if not self.members:
            raise ValidationError(
                "A stack has at least one member. To be rid of it, delete the stack instead."
            )
        if len(self.members) > MOST_MEMBERS:
            raise ValidationError(f"At most {MOST_MEMBERS} compounds fit into a stack.")
        return cleaned

    def apply_to(self, stack, *, pin=None):
        """Write what was chosen to the fields of `stack`; `pin` is another evidence version."""
        stack.members = self.members
        chosen = {slug: self.cleaned_data[f"goal-{slug}"] for slug, _ in self._goals()}
        stack.goals = {slug: weight for slug, weight in chosen.items() if weight}
        if pin:
            pin_to(stack, pin)

    def _order(self, slug):
        """Return what to sort by: at one place, who moved up comes first, who moved down last."""
        now = self.slugs.index(slug) + 1
        place = self.cleaned_data.get(f"place-{slug}") or now
        return place, (place > now) - (place < now), now

    def _goals(self):
        """Return (slug, name) of each goal, the stack's own ones that are gone included."""
        known = [(goal.slug, goal.name) for goal in self.tables.goals]
        return [
            *known,
            *((slug, f"{slug} (no longer a goal here)") for slug in self.opened.gone_goals),
        ]

    def _slug_of(self, name):
        """Return the compound of this name, slug or other name, None where there is none."""
        wanted = name.casefold()
        for card in self.tables.compounds:
            if wanted in (card.name.casefold(), card.slug):
                return card.slug
        others = Alias.objects.filter(name__iexact=name).order_by("pk")
        slugs = others.values_list("compound__slug", flat=True)
        return next((slug for slug in slugs if slug in self.tables.row_of), None)


def _choice(label, choices, initial):
    """Return a field of numbers that keeps `initial` where the form did not send it."""
    return forms.TypedChoiceField(
        required=False,
        label=label,
        choices=choices,
        initial=initial,
        coerce=int,
        empty_value=initial,
        error_messages={"invalid_choice": "There is no such choice."},
    )
