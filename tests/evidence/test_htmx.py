"""Fragment or page."""

import pytest
from django_htmx.middleware import HtmxDetails

from evidence.htmx import is_swap, render_page

SWAP = {"HX-Request": "true"}
TEMPLATES = {
    "page.html": "the page of {{ compound }}{% if is_swap %}, swapped{% endif %}",
    "_part.html": "a part on {{ compound }}{% if is_swap %}, swapped{% endif %}",
}
IN_MEMORY = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)]},
}
CASES = [
    ({}, False),
    (SWAP, True),
    ({**SWAP, "HX-Boosted": "true"}, False),
    ({**SWAP, "HX-History-Restore-Request": "true"}, False),
    ({"HX-Boosted": "true"}, False),
    ({"HX-Request": "false"}, False),
]


@pytest.fixture
def ask(rf):
    """Return a function that makes a request as the middleware passes it on."""

    def ask(headers):
        request = rf.get("/", headers=headers)
        request.htmx = HtmxDetails(request)
        return request

    return ask


@pytest.mark.parametrize("headers, expected", CASES)
def test_is_swap_knows_a_swap_from_a_boost_and_a_restore(ask, headers, expected):
    assert is_swap(ask(headers)) is expected


@pytest.mark.parametrize("headers, expected", CASES)
def test_render_page_renders_the_part_only_for_a_swap(ask, settings, headers, expected):
    settings.TEMPLATES = [IN_MEMORY]

    response = render_page(ask(headers), "page.html", "_part.html", {"compound": "zinc"})

    body = "a part on zinc, swapped" if expected else "the page of zinc"
    assert response.content.decode() == body
    assert response.status_code == 200


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_render_page_names_what_it_read_and_keeps_the_status(ask, settings, headers):
    settings.TEMPLATES = [IN_MEMORY]

    response = render_page(ask(headers), "page.html", "_part.html", {}, status=400)

    assert response.status_code == 400
    assert response["Vary"] == "HX-Request, HX-Boosted, HX-History-Restore-Request"
