"""ETags of public pages: they change with the release, the evidence and the method, only then."""

from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from evidence.htmx import is_swap
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
        str(request.evidence_version),
        request.get_full_path(),
        "fragment" if is_swap(request) else "page",
    )
    return f'"{sha256(chr(10).join(parts).encode()).hexdigest()[:20]}"'


def public_page(view):
    """Answer 304 while nothing changed; let browsers keep the page but ask each time."""
    conditional = condition(etag_func=page_etag)(view)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = conditional(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response

    return wrapper
