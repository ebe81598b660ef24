"""Fragment or page: the only place that decides, for both apps."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers

# The request headers that the decision reads; caches must keep the answers apart.
VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def is_swap(request):
    """Say whether htmx wants a fragment.

    A boosted link and a history restore also send HX-Request, yet need the page.
    """
    htmx = request.htmx
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request)


def render_page(request, page, partial, context, status=200):
    """Render `partial` for an htmx swap and `page` for everything else."""
    swap = is_swap(request)
    template = partial if swap else page
    response = render(request, template, {**context, "is_swap": swap}, status=status)
    patch_vary_headers(response, VARY)
    return response
