"""What a visitor may ask of the builder and of the list of compounds, read from the address."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from evidence.choices import Certainty, CompoundClass, LegalStatus, Letter, Route
from stackbuilder.engine.person import USUAL_SIZE
from stackbuilder.engine.ranking import WEIGHTS
from stackbuilder.links import DEFAULT_CURRENCY, DEFAULT_WEIGHT, State
from stackbuilder.regions import region_choices

# So many problems are named one by one; the rest are counted.
PROBLEMS_NAMED = 3
SHOWN_CHARACTERS = 40
# More than anybody takes, few enough for a page that shows them all beside each other.
MOST_MEMBERS = 20
# Fields whose messages name what they are about by themselves.
SPEAKING = ("goal", "in", "must", "not")
LEAST_CERTAINTIES = [
    ("", "any"),
    *((one.value, f"{one.label} or higher") for one in Certainty if one != Certainty.VERY_LOW),
]


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


class SlugsField(forms.Field):
    """Compounds by slug, in the order given; cleans to a tuple without repetitions.

    As with goals, those that could be read are kept in `read` where another is refused.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, *, known, most=MOST_MEMBERS, **kwargs):
        super().__init__(required=False, **kwargs)
        self.known = known
        self.most = most
        self.read = ()

    def clean(self, value):
        """Return the slugs, or name those that are unknown and count those too many."""
        given = tuple(dict.fromkeys(value or ()))
        found = [slug for slug in given if slug in self.known]
        self.read = tuple(found[: self.most])
        strange = [slug for slug in given if slug not in self.known]
        problems = [
            f"There is no compound called “{shortened(slug)}” here now."
            for slug in strange[:PROBLEMS_NAMED]
        ]
        if len(strange) > PROBLEMS_NAMED:
            problems.append(f"And {len(strange) - PROBLEMS_NAMED} more like these.")
        if len(found) > self.most:
            rest = len(found) - self.most
            left = "1 more was" if rest == 1 else f"{rest} more were"
            problems.append(f"At most {self.most} compounds fit here; {left} left out.")
        if problems:
            raise forms.ValidationError(problems)
        return self.read


class BuilderForm(forms.Form):
    """The state of the builder, as its address gives it: see `stackbuilder.links.State`.

    After validation `state` holds all that could be read and `problems` name the rest.
    `tables` is the snapshot that knows the goals and the compounds.
    """

    region = forms.ChoiceField(required=False, label="Where you would buy")
    injections = forms.ChoiceField(
        required=False, label="Routes", choices=[("", "any"), ("no", "no injections")]
    )
    tested = forms.ChoiceField(
        required=False,
        label="Sport",
        choices=[("", "not tested for doping"), ("yes", "tested for doping")],
    )
    certainty = forms.ChoiceField(
        required=False, label="Least certainty", choices=LEAST_CERTAINTIES
    )
    size = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_MEMBERS, label="Most members"
    )
    budget = forms.DecimalField(
        required=False, min_value=0, max_value=100_000, decimal_places=2, label="Budget a month"
    )
    currency = forms.RegexField(r"\A[A-Z]{3}\Z", required=False, label="Currency")
    evidence = forms.IntegerField(required=False, min_value=1)
    why = forms.SlugField(required=False, max_length=60)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, data, *, tables, version=None, regions=()):
        """`version` is the newest evidence version; `regions` have a status but no name here."""
        super().__init__(data)
        slugs = tables.row_of
        self.fields["goal"] = GoalWeightsField(goals=[goal.slug for goal in tables.goals])
        for name in ("in", "must", "not"):
            self.fields[name] = SlugsField(known=slugs)
        self.fields["region"].choices = region_choices(regions)
        self.fields["evidence"].max_value = version
        self.newest = version
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "There is no such choice."
        self.fields["currency"].error_messages["invalid"] = "Write three capitals, such as USD."

    @property
    def preference_fields(self):
        """Return the fields that stand above the ranking."""
        return [self[name] for name in ("region", "injections", "tested", "certainty")]

    def clean_evidence(self):
        """Refuse a version that does not exist yet."""
        number = self.cleaned_data["evidence"]
        if number and self.newest is not None and number > self.newest:
            raise forms.ValidationError(f"The newest evidence version is {self.newest}.")
        return number

    @property
    def state(self):
        """Return all that could be read."""
        self.is_valid()
        read, given = self.fields, self.cleaned_data.get
        return State(
            weights=read["goal"].read,
            members=read["in"].read,
            region=given("region") or "",
            no_injections=given("injections") == "no",
            is_tested=given("tested") == "yes",
            certainty=given("certainty") or "",
            size=given("size") or USUAL_SIZE,
            budget=given("budget"),
            currency=given("currency") or DEFAULT_CURRENCY,
            must=read["must"].read,
            must_not=read["not"].read,
            evidence=given("evidence"),
            why=given("why") or "",
            page=given("page") or 1,
        )

    @property
    def problems(self):
        """Return every message, each naming its field."""
        return [
            message if name in SPEAKING else f"{name}: {message}"
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
