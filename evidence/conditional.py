"""ETags of public pages: they change with the release, the evidence and the method, only then."""

from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition

from evidence.htmx import VARY, is_swap
from evidence.models import EvidenceVersion
from evidence.synthesis import METHOD_VERSION


def page_etag(request, *args, **kwargs):
    """Return the ETag of a public page and leave `request.evidence_version` behind.

    Only for pages that depend on nothing but the address: never on a cookie.
    """
    request.evidence_version = EvidenceVersion.objects.current_number()
    parts = (
        settings.RELEASE,
        METHOD_VERSION,
        # The foot of every page says which rule holds.
        str(settings.TWO_PERSON_REVIEW),
        str(request.evidence_version),
        request.get_full_path(),
        "fragment" if is_swap(request) else "page",
    )
    return f'"{sha256(chr(10).join(parts).encode()).hexdigest()[:20]}"'


def public_page(view):
    """Answer 304 while nothing changed; let browsers keep the page but ask each time.

    Only a page that was found and understood has an ETag: a request that names one is never
    told that a refusal still stands.
    """
    conditional = condition(etag_func=page_etag)(view)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = conditional(request, *args, **kwargs)
        if response.status_code >= 400:
            del response["ETag"]
        # Also a 304 must name what the full answer would depend on (RFC 9110, 15.4.5).
        patch_vary_headers(response, VARY)
        patch_cache_control(response, no_cache=True)
        return response

    return wrapper
