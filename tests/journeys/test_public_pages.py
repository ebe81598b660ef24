"""The list of public pages is the site's own: a new route is listed, or exempt for a reason."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.public_pages import EXEMPT, EXEMPT_PREFIXES, PAGES
from tests.routes import routes


def route_of(page):
    """Return the route that a page is at; None for the address of nothing."""
    try:
        return f"/{resolve(urlsplit(page.path).path).route}"
    except Resolver404:
        return None


def test_every_route_has_a_page_in_the_list_or_a_reason_why_not():
    listed = {route_of(page) for page in PAGES.values()}

    public = {route for route in routes() if not route.startswith(EXEMPT_PREFIXES)}

    assert public - listed == EXEMPT.keys()
    assert all(EXEMPT.values())


def test_list_of_pages_holds_nothing_twice():
    shown = [(page.path, page.press) for page in PAGES.values()]

    assert len(set(shown)) == len(shown) > 30
