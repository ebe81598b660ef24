"""What every answer of the API has in common: reading alone, for everybody, by any page.

Any site's script may read it, because it holds nothing about whoever asks and reads no cookie. An
answer is kept until the release, the evidence or the method changes (ETag). How often one client
may ask is counted in memory alone, as for suggestions (stackbuilder.suggesting.work_limits).
"""

from functools import wraps
from math import ceil

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition

from evidence.conditional import page_etag
from evidence.synthesis import METHOD_VERSION
from stackbuilder.api.parameters import check_names
from stackbuilder.api.problems import NOT_ALLOWED, TOO_MANY, RefusedError, problem, refused
from stackbuilder.suggesting.work_limits import Buckets, client_of

METHODS = "GET, HEAD, OPTIONS"
# A client may ask so often at once, and so often a minute for as long as it likes.
BURST, A_MINUTE = 600, 1200
ASKING = Buckets(burst=BURST, refill_seconds=60 / A_MINUTE)
EXPOSED = "ETag, Evidence-Version, Method-Version, Retry-After, Content-Disposition"


def open_to_all(response):
    """Let scripts of any site read an answer; never with what a browser knows of its user."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    return response


def open_etag(request, *args, **kwargs):
    """Return the ETag: the page's, and of the licence, which an operator changes without us."""
    return f'{page_etag(request)[:-1]}-{(settings.SITE_DATA_LICENCE or "none").encode().hex()}"'


def for_machines(view, *, known=frozenset(), repeatable=frozenset()):
    """Return a view of the API around one that answers GET.

    `known` are its parameters, None for a view that looks at none of them.
    """
    conditional = condition(etag_func=open_etag)(_checked(view, known, repeatable))

    @csrf_exempt  # so that a POST is told what is wrong with it
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            response = problem(NOT_ALLOWED, detail=f"Only {METHODS} are answered.")
            response["Allow"] = METHODS
            return open_to_all(response)
        response = _too_many(request) or conditional(request, *args, **kwargs)
        return open_to_all(_finished(request, response))

    return wrapper


def _checked(view, known, repeatable):
    """Refuse strange parameters before `view` sees any; a HEAD is answered like a GET."""

    def checked(request, *args, **kwargs):
        try:
            if known is not None:
                check_names(request.GET, known, repeatable)
        except RefusedError as error:
            return refused(request, error)
        # Servers send the head alone of an answer to HEAD; the view knows GET only.
        request.method, asked = "GET", request.method
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return checked


def _finished(request, response):
    """Say which evidence was answered from; a refusal is not to be compared with anything."""
    if response.status_code >= 400:
        response.headers.pop("ETag", None)
    if hasattr(request, "evidence_version"):
        response["Evidence-Version"] = request.evidence_version
    response["Method-Version"] = METHOD_VERSION
    patch_cache_control(response, no_cache=True)
    return response


def _preflight():
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = 86_400  # seconds
    return open_to_all(response)


def _too_many(request):
    """Return the refusal for a client that asks too often, else None."""
    client = client_of(request.META, is_behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))
    wait = ASKING.take(client)
    if not wait:
        return None
    seconds = max(1, ceil(wait))
    response = problem(TOO_MANY, detail=f"Ask again in {seconds} seconds.")
    response["Retry-After"] = seconds
    return response
