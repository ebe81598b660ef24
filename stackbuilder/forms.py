"""What a visitor may ask of the builder and of the list of compounds, read from the address."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from evidence.choices import CompoundClass, LegalStatus, Letter, Route
from stackbuilder.engine.ranking import WEIGHTS
from stackbuilder.links import DEFAULT_WEIGHT

# So many problems are named one by one; the rest are counted.
PROBLEMS_NAMED = 3
SHOWN_CHARACTERS = 40


class GoalWeightsField(forms.Field):
    """Goals as `slug` or `slug:weight`; cleans to {slug: weight} in the site's order.

    The goals that could be read are kept in `read`, also where another one is refused:
    a visitor loses nothing to a slip in an address.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, *, goals, **kwargs):
        super().__init__(required=False, **kwargs)
        self.goals = goals
        self.read = {}

    def clean(self, value):
        """Return the weights, or name what is wrong with each value."""
        weights, problems = {}, []
        for text in value or ():
            slug, _, weight = text.partition(":")
            problem = self._problem(slug, weight, weights)
            if problem:
                problems.append(problem)
            else:
                weights[slug] = int(weight or DEFAULT_WEIGHT)
        self.read = {slug: weights[slug] for slug in self.goals if slug in weights}
        if problems:
            rest = len(problems) - PROBLEMS_NAMED
            named = problems[:PROBLEMS_NAMED] + ([f"And {rest} more like these."] * (rest > 0))
            raise forms.ValidationError(named)
        return self.read

    def _problem(self, slug, weight, weights):
        """Return what is wrong with one goal, or None."""
        if slug not in self.goals:
            return f"There is no goal called “{shortened(slug)}”."
        if weight and weight not in map(str, WEIGHTS):
            return f"The weight of {slug} must be 1, 2 or 3, not “{shortened(weight)}”."
        if slug in weights:
            return f"The goal {slug} is given twice."
        return None


class BuilderForm(forms.Form):
    """The state of the builder: goals with weights, whose reasons are open, which page."""

    why = forms.SlugField(required=False, max_length=60)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, data, *, goals):
        super().__init__(data)
        self.fields["goal"] = GoalWeightsField(goals=goals)

    @property
    def weights(self):
        """Return the goals that could be read; ask after validation."""
        return self.fields["goal"].read

    @property
    def problems(self):
        """Return every message, each naming its field."""
        return [
            message if name == "goal" else f"{name}: {message}"
            for name, messages in self.errors.items()
            for message in messages
        ]


def shortened(text):
    """Return foreign text fit for a message: printable, and not longer than a line."""
    printable = "".join(c if c.isprintable() else "�" for c in text[:SHOWN_CHARACTERS])
    return printable + ("…" if len(text) > SHOWN_CHARACTERS else "")


class CatalogueForm(forms.Form):
    """The filters of the list of compounds; every field may be left out."""

    SORTS = (("name", "name"), ("letter", "letter"), ("benefit", "dependable benefit"))

    q = forms.CharField(
        required=False,
        max_length=100,
        label="Name",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    goal = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False, label="Class")
    route = forms.ChoiceField(required=False)
    status = forms.ChoiceField(required=False, label="Legal status")
    region = forms.ChoiceField(required=False, label="Region")
    letter = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(required=False, choices=SORTS, label="Sort by")
    page = forms.IntegerField(
        required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput
    )

    def __init__(self, data, *, goals, regions):
        super().__init__(data)
        choices = {
            "goal": [(goal.slug, goal.name) for goal in goals],
            "kind": CompoundClass.choices,
            "route": Route.choices,
            "status": LegalStatus.choices,
            "region": [(region, region) for region in regions],
            "letter": Letter.choices,
        }
        for name, values in choices.items():
            self.fields[name].choices = [("", "any"), *values]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "There is no such choice."

    def readable(self):
        """Return every field's value, empty where nothing or nonsense was given."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    def url(self, page):
        """Return the address of another page of the same list."""
        query = {**self.readable(), "page": page}
        filled = {name: value for name, value in query.items() if value}
        return f"{reverse('stackbuilder:compound_list')}?{urlencode(filled)}"
