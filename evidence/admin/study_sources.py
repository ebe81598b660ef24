"""Where studies come from: a file, pasted text, or a number to be looked up over the network."""

import time

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget

from evidence.imports.fetching import FetchError, fetch_study
from evidence.imports.reading import read_file
from evidence.imports.rows import MOST_BYTES

# Somebody waits for the page: less patience than a command has.
FETCH_TIMEOUT_SECONDS = 5.0
FETCH_PATIENCE_SECONDS = 20.0
TOO_LARGE = f"Is larger than {MOST_BYTES // 1_000_000} MB: split it."


class FileForm(forms.Form):
    """A file or pasted text; `read` is what it holds once the form is valid."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        help_text="PubMed (.nbib), RIS (.ris), CSV with a line of headings, or the catalogue’s "
        "JSON; at most 10 MB and 2,000 studies.",
    )
    text = forms.CharField(
        label="Or paste it",
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self):
        """Read the one source that was given; a file that cannot be read says why."""
        cleaned = super().clean()
        file, text = cleaned.get("file"), (cleaned.get("text") or "").strip()
        if self.errors:
            return cleaned
        if bool(text) == (file is not None):
            message = "Give a file or a text, not both." if text else "Give a file or a text."
            raise forms.ValidationError(message)
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", TOO_LARGE)
            return cleaned
        self.read = read_file(file.read(), file.name) if file else read_file(text.encode())
        for problem in self.read.problems:
            self.add_error("file" if file else "text", problem.message)
        return cleaned


class FetchForm(forms.Form):
    """A PMID or a DOI; `read` is the one record found once the form is valid."""

    identifier = forms.CharField(
        label="PMID or DOI",
        max_length=200,
        widget=AdminTextInputWidget(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="A PMID is asked of PubMed, a DOI of Crossref, over the network.",
    )

    def __init__(self, *args, addresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.addresses = addresses

    def clean_identifier(self):
        """Ask the service, and say so if it has no answer in time."""
        until = time.monotonic() + FETCH_PATIENCE_SECONDS
        try:
            self.read = fetch_study(
                self.cleaned_data["identifier"],
                addresses=self.addresses,
                timeout_seconds=FETCH_TIMEOUT_SECONDS,
                sleep=lambda seconds: _wait(seconds, until),
            )
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["identifier"]


def _wait(seconds, until):
    """Wait before another attempt, unless nobody would wait for its answer."""
    if time.monotonic() + seconds > until:
        raise FetchError("The service is busy or slow; try again later, or import a file instead.")
    time.sleep(seconds)
