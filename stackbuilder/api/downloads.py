"""The whole published catalogue as one file, in two forms, made when it is asked for.

A file is first written beside the process's memory and then sent: it is read from the database at
one moment, whole or not at all, and a slow reader holds no connection.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.http import FileResponse
from django.urls import reverse

from evidence.open_data.catalogue import DICTIONARY, TABLES, this_moment
from evidence.open_data.writing import json_chunks, write_zip
from evidence.snapshot import one_moment
from evidence.synthesis import METHOD_VERSION
from stackbuilder.licences import licence_of

IN_MEMORY = 1_000_000  # bytes; what is more goes to a temporary file on disk
NO_LICENCE = "No licence was chosen by the operator of this site."
CARE = (
    "For information, not medical advice. What is not recorded here may still be a risk. Show "
    "letters with their verdicts, and keep the cautions and what was not counted."
)


@dataclass(frozen=True)
class Form:
    """A form of the file: its ending and its media type."""

    ending: str
    media_type: str


JSON = Form("json", "application/json")
ZIP = Form("zip", "application/zip")


def about(request, moment):
    """Return what both files say of themselves."""
    chosen = settings.SITE_DATA_LICENCE
    licence = licence_of(chosen) if chosen else None
    return {
        "name": "Stackbuilder: the published catalogue",
        "evidence_version": moment.version,
        "evidence_published_on": moment.since.date().isoformat() if moment.since else None,
        "method_version": METHOD_VERSION,
        "licence": licence.name if licence else NO_LICENCE,
        "licence_url": licence.url if licence else None,
        "address": request.build_absolute_uri(reverse("stackbuilder:data")),
        "units": "Benefits are in MID units: 1 is just enough to matter, negative is harm.",
        "care": CARE,
    }


def download(request, form):
    """Return the file, as an attachment that is named by its evidence version."""
    with ExitStack() as kept:
        file = kept.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        with one_moment():
            moment = _write(file, request, form)
        file.seek(0)
        # From here on the answer closes it, when it was sent.
        kept.pop_all()
    name = f"stackbuilder-evidence-{moment.version}.{form.ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=form.media_type)


def _write(file, request, form):
    """Write the file; return the moment that it is of."""
    moment = this_moment()
    words = about(request, moment)
    if form is JSON:
        for chunk in json_chunks(words, DICTIONARY, TABLES, moment):
            file.write(chunk.encode())
    else:
        write_zip(file, words, (DICTIONARY, *TABLES), moment)
    return moment
