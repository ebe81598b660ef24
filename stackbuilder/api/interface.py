"""The API put together: its operations, its document, and the addresses of both."""

import re
from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect, JsonResponse
from django.urls import Resolver404, path, re_path, resolve
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import BaseModel, Field

from evidence.synthesis import METHOD_VERSION
from stackbuilder.api import compounds, lists, ranking
from stackbuilder.api.answers import for_machines
from stackbuilder.api.document import completed
from stackbuilder.api.paging import versions
from stackbuilder.api.problems import ROOT, RefusedError, invalid, missing, refused
from stackbuilder.api.schemas import Versions

ABOUT = (
    "The published catalogue of this site and its ranking, for reading. Figures are the pages' "
    "own. Benefits are in MID units: 1 is just enough to matter, negative is harm. For "
    "information, not medical advice; what is not recorded here may still be a risk."
)


class Index(Versions):
    """What the API holds."""

    licence: str | None = Field(description="Of the catalogue. Null: the operator has chosen none.")
    links: dict[str, str] = Field(description="The address of each list, and of the document.")


class Names(BaseModel):
    """The parameters of one operation."""

    known: frozenset[str]
    repeatable: frozenset[str]


class ReadingAPI(NinjaAPI):
    """An API whose operations are called in its document as they are in the code."""

    def get_openapi_operation_id(self, operation):
        """Return the name of an operation."""
        return operation.view_func.__name__


def unforeseen(request, error):
    """Leave what nobody foresaw to Django, which reports it; in development too."""
    raise error


# No page of documentation: ninja's own would load scripts from another site.
api = ReadingAPI(
    title="Stackbuilder",
    version="1",
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
api.add_exception_handler(RefusedError, refused)
api.add_exception_handler(ValidationError, invalid)
api.add_exception_handler(Http404, missing)
api.add_exception_handler(Exception, unforeseen)


@api.get("/", response=Index, summary="What there is")
def index(request):
    """Name the lists, the evidence and method versions, and the licence."""
    lists_of = {
        name: request.build_absolute_uri(f"{ROOT}{name}/")
        for name in ("goals", "compounds", "findings", "studies", "profiles", "ranking")
    }
    document_url = request.build_absolute_uri(f"{ROOT}openapi.json")
    links = lists_of | {"openapi": document_url}
    return versions(request) | {"licence": settings.SITE_DATA_LICENCE, "links": links}


api.add_router("", lists.router)
api.add_router("", compounds.router)
api.add_router("", ranking.router)


@cache
def document():
    """Return the OpenAPI document."""
    return completed(api.get_openapi_schema(path_prefix=ROOT), METHOD_VERSION)


def openapi(request):
    """Answer with the OpenAPI document."""
    return JsonResponse(document(), json_dumps_params={"indent": 1, "ensure_ascii": False})


def nowhere(request, rest):
    """Lead to the same address with its closing slash, or say that there is nothing."""
    if not rest.endswith("/"):
        with_slash = f"{request.path_info}/"
        try:
            match = resolve(with_slash)
        except Resolver404:
            return missing(request, None)
        if match.url_name != "nowhere":
            query = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(f"{with_slash}{'?' * bool(query)}{query}")
    return missing(request, None)


def _names():
    """Return the parameters of each operation, read from the document."""
    found = {}
    for operations in document()["paths"].values():
        operation = operations["get"]
        queries = [one for one in operation["parameters"] if one["in"] == "query"]
        lists_of = {one["name"] for one in queries if one["schema"].get("type") == "array"}
        known = frozenset(one["name"] for one in queries)
        found[operation["operationId"]] = Names(known=known, repeatable=frozenset(lists_of))
    return found


def _addresses():
    names = _names()
    for pattern in api.urls[0]:
        # ninja's own root, which ours stands before.
        if pattern.name == "api-root":
            continue
        one = names[pattern.name]
        view = for_machines(pattern.callback, known=one.known, repeatable=one.repeatable)
        yield path(re.sub("^/", "", str(pattern.pattern)), view, name=pattern.name)
    yield path("openapi.json", for_machines(openapi), name="openapi")
    # Whatever is left, line breaks too, which a path converter would leave to the site's own page.
    yield re_path(r"^(?P<rest>[\s\S]+)$", for_machines(nowhere, known=None), name="nowhere")


api_urls = (list(_addresses()), "api")
