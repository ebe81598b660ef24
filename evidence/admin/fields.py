"""How a curator types what Django's own fields would make hard, or take for an edit."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models


class TextField(forms.CharField):
    """Text of several lines; browsers send CRLF, which would look like an edit each time."""

    def to_python(self, value):
        """Return the text with the line ends it was stored with."""
        return super().to_python(value).replace("\r\n", "\n")


class Sentences(forms.Field):
    """A list of sentences, written one a line; nothing written is an empty list."""

    widget = AdminTextareaWidget

    def prepare_value(self, value):
        """Return the lines to edit."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        """Return the lines that hold something."""
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


FORM_FIELDS = {
    models.TextField: {"form_class": TextField},
    # What Django 6 assumes of an address typed without its scheme.
    models.URLField: {"assume_scheme": "https"},
}
