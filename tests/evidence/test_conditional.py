"""When a page that a browser kept still stands."""

import pytest
from django.http import HttpResponse
from django_htmx.middleware import HtmxDetails

from evidence import conditional
from evidence.conditional import page_etag, public_page
from tests.factories import publish_all

pytestmark = pytest.mark.django_db

SWAP = {"HX-Request": "true"}


@pytest.fixture
def ask(rf):
    """Return a function that makes a request as the middleware passes it on."""

    def ask(path="/?goal=sleep", **headers):
        request = rf.get(path, headers=headers)
        request.htmx = HtmxDetails(request)
        return request

    return ask


@public_page
def page(request):
    """A page that says which evidence it was made from."""
    return HttpResponse(f"evidence version {request.evidence_version}")


@public_page
def refusal(request):
    """A page that could not read its address."""
    return HttpResponse("Which goal?", status=400)


def test_page_etag_leaves_the_version_behind(ask):
    publish_all()
    request = ask()

    page_etag(request)

    assert request.evidence_version == 1


def test_page_etag_is_the_same_for_the_same_page(ask):
    assert page_etag(ask()) == page_etag(ask())


def test_page_etag_moves_with_the_rule_of_review(ask, settings):
    before = page_etag(ask())

    settings.TWO_PERSON_REVIEW = False

    assert page_etag(ask()) != before


def test_page_etag_moves_with_the_evidence(ask):
    before = page_etag(ask())

    publish_all()

    assert page_etag(ask()) != before


def test_page_etag_moves_with_the_release(ask, settings):
    before = page_etag(ask())

    settings.RELEASE = "the next one"

    assert page_etag(ask()) != before


def test_page_etag_moves_with_the_method(ask, monkeypatch):
    before = page_etag(ask())

    monkeypatch.setattr(conditional, "METHOD_VERSION", "2")

    assert page_etag(ask()) != before


@pytest.mark.parametrize("path", ["/?goal=mood", "/?goal=sleep&page=2", "/other/?goal=sleep"])
def test_page_etag_differs_between_addresses(ask, path):
    assert page_etag(ask(path)) != page_etag(ask())


def test_page_etag_differs_between_fragment_and_page(ask):
    boosted = {**SWAP, "HX-Boosted": "true"}

    assert page_etag(ask(**SWAP)) != page_etag(ask())
    assert page_etag(ask(**boosted)) == page_etag(ask())


def test_public_page_is_asked_for_each_time_and_kept_meanwhile(ask):
    response = page(ask())

    assert response.status_code == 200
    assert response["ETag"] == page_etag(ask())
    assert response["Cache-Control"] == "no-cache"


def test_public_page_that_still_stands_is_not_sent_again(ask):
    etag = page(ask())["ETag"]

    response = page(ask(**{"If-None-Match": etag}))

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "no-cache"


def test_public_page_is_sent_again_after_a_publication(ask):
    etag = page(ask())["ETag"]
    publish_all()

    response = page(ask(**{"If-None-Match": etag}))

    assert response.content == b"evidence version 1"


def test_public_page_answers_a_swap_by_its_own_etag(ask):
    etag = page(ask())["ETag"]

    response = page(ask(**SWAP, **{"If-None-Match": etag}))

    assert response.status_code == 200


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}])
def test_public_page_names_what_it_depends_on_also_without_a_body(ask, headers):
    response = page(ask(**headers))

    assert response["Vary"] == "HX-Request, HX-Boosted, HX-History-Restore-Request"


def test_public_page_that_refuses_has_no_etag(ask):
    response = refusal(ask())

    assert response.status_code == 400
    assert "ETag" not in response
