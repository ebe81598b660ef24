"""Data to take along: the page of the API, that of the catalogue as files, and the files."""

from django.conf import settings
from django.shortcuts import render

from evidence.models import EvidenceVersion
from evidence.open_data.catalogue import DICTIONARY, TABLES
from evidence.open_data.columns import Kind
from stackbuilder.api.answers import A_MINUTE, BURST, for_machines
from stackbuilder.api.downloads import JSON, ZIP, download
from stackbuilder.api.interface import document
from stackbuilder.api.parameters import MOST_ITEMS, USUAL_LIMIT
from stackbuilder.api.problems import KINDS
from stackbuilder.licences import licence_of
from stackbuilder.views.pages import site_page


@site_page
def api(request):
    """Say what the API holds, with an example of each operation, its limits and its refusals."""
    context = {
        "operations": [
            {"path": path, **methods["get"]} for path, methods in document()["paths"].items()
        ],
        "problems": KINDS,
        "burst": BURST,
        "a_minute": A_MINUTE,
        "usual_limit": USUAL_LIMIT,
        "most_items": MOST_ITEMS,
    }
    return _page(request, "api", context)


@site_page
def data(request):
    """Offer the catalogue as files, and describe every column of its tables."""
    context = {"tables": TABLES, "dictionary": DICTIONARY, "kinds": list(Kind)}
    return _page(request, "data", context)


@for_machines
def data_json(request):
    """Give the catalogue as one JSON file."""
    return download(request, JSON)


@for_machines
def data_csv(request):
    """Give the catalogue as a ZIP file of CSV tables."""
    return download(request, ZIP)


def _page(request, name, context):
    request.evidence_version = EvidenceVersion.objects.current_number()
    chosen = settings.SITE_DATA_LICENCE
    context |= {
        "version": EvidenceVersion.objects.filter(pk=request.evidence_version).first(),
        "licence": licence_of(chosen) if chosen else None,
        "root": request.build_absolute_uri("/").removesuffix("/"),
    }
    return render(request, f"stackbuilder/{name}.html", context)
