"""What a visitor may ask of a list of the evidence, read from the address."""

from django import forms


class ArticleFilterForm(forms.Form):
    """The filters of the list of articles; both may be left out."""

    goal = forms.ChoiceField(required=False)
    compound = forms.ChoiceField(required=False)

    def __init__(self, data, *, goals, compounds):
        super().__init__(data)
        self.fields["goal"].choices = [("", "any goal"), *goals]
        self.fields["compound"].choices = [("", "any compound"), *compounds]
        for name, field in self.fields.items():
            field.error_messages["invalid_choice"] = f"There is no such {name}."

    def readable(self):
        """Return the slugs that were chosen; what could not be read is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self):
        """Name what was chosen, in words."""
        names = {name: dict(field.choices) for name, field in self.fields.items()}
        return [names[name][slug] for name, slug in self.readable().items()]
