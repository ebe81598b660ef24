"""Pages that only a link leads to: no index may hold them, no shared cache, and none says why not.

A link that was mistyped, one whose stack was deleted and one that nobody ever made get the same
answer, so that trying addresses tells nothing.
"""

from functools import wraps

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import conditional_page

from evidence.models import EvidenceVersion
from stackbuilder.models import SavedStack

ROBOTS = "noindex, nofollow"


def unlisted(view):
    """Keep the answers of `view` out of indexes and shared caches; answer 404 where no stack is."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except SavedStack.DoesNotExist:
            response = render(request, "stackbuilder/stack_missing.html", status=404)
            add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = ROBOTS
        patch_cache_control(response, private=True)
        return response

    return wrapper


def impersonal_page(view):
    """Show everybody the same: no cookie is read, and the ETag is made from the content.

    Sets `request.evidence_version` (the newest).
    """
    conditional = conditional_page(view)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        request.evidence_version = EvidenceVersion.objects.current_number()
        response = conditional(request, *args, **kwargs)
        if response.status_code >= 400:
            response.headers.pop("ETag", None)
        patch_cache_control(response, no_cache=True)
        return response

    return wrapper
