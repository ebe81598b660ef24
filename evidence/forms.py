"""What a visitor may ask of a list of the evidence, read from the address."""

from urllib.parse import urlencode

from django import forms

# What a list of the evidence can be narrowed to.
CHOICES = ("goal", "compound")


class ArticleFilterForm(forms.Form):
    """The filters of the list of articles; both may be left out."""

    goal = forms.ChoiceField(required=False)
    compound = forms.ChoiceField(required=False)

    def __init__(self, data, *, goals, compounds):
        super().__init__(data)
        self.fields["goal"].choices = [("", "any goal"), *goals]
        self.fields["compound"].choices = [("", "any compound"), *compounds]
        for name in CHOICES:
            self.fields[name].error_messages["invalid_choice"] = f"There is no such {name}."

    def readable(self):
        """Return the slugs that were chosen; what could not be read is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self):
        """Name what was chosen, in words."""
        read = {name: slug for name, slug in self.readable().items() if name in CHOICES}
        return [dict(self.fields[name].choices)[slug] for name, slug in read.items()]


class ChangeFilterForm(ArticleFilterForm):
    """The filters of what changed, and the page of it; all may be left out."""

    page = forms.IntegerField(
        required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput
    )

    def __init__(self, data, *, goals, compounds, withdrawn=""):
        """`withdrawn` names the compound asked for, if it was taken back."""
        super().__init__(data, goals=goals, compounds=compounds)
        if withdrawn:
            messages = self.fields["compound"].error_messages
            messages["invalid_choice"] = f"{withdrawn} was withdrawn; it must not be relied on."

    def url(self, page):
        """Return the query of another page of what was chosen."""
        return f"?{urlencode({**self.readable(), 'page': page})}"
