"""When a browser may show again what it kept of a comparison, and what it may never keep."""

import pytest
from django.http import HttpResponse

from stackbuilder.engine.person import Person
from stackbuilder.models import Listing
from stackbuilder.visitor.about_you import COOKIE, keep
from tests.factories import make_compound, make_finding, publish_all
from tests.vendor_factories import make_listing, make_protocol, make_status

pytestmark = pytest.mark.django_db

URL = "/compare/?in=melatonin&in=valerian"


@pytest.fixture
def site():
    """Melatonin with a price, and valerian."""
    make_finding()
    make_compound("valerian")
    make_status()
    make_protocol()
    make_listing()
    publish_all()


@pytest.fixture
def cookie(client):
    """Have the client keep an answer."""
    response = HttpResponse()
    keep(response, Person(frozenset({"epilepsy"})))
    client.cookies[COOKIE] = response.cookies[COOKIE].value


@pytest.mark.parametrize("url", ["/compare/", URL])
def test_public_page_that_still_stands_is_not_sent_again(client, site, url):
    first = client.get(url)

    again = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"
    assert "Cookie" in first["Vary"]


def test_page_is_sent_again_when_a_price_changed(client, site):
    etag = client.get(URL)["ETag"]
    Listing.objects.update(price=12)

    response = client.get(URL, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert b"6.00 USD" in response.content


@pytest.mark.parametrize("url", ["/compare/", URL, f"{URL}&in=unobtainium"])
def test_page_of_a_visitor_with_answers_is_never_kept(client, site, cookie, url):
    response = client.get(url)

    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]


def test_public_answer_never_stands_for_a_visitor_with_answers(client, site, cookie):
    public = type(client)().get(URL)

    response = client.get(URL, headers={"If-None-Match": public["ETag"]})

    assert response.status_code == 200
    assert b"For you" in response.content
    assert b"For you" not in public.content


def test_refusal_has_no_etag(client, site):
    response = client.get(f"{URL}&in=unobtainium")

    assert response.status_code == 400
    assert "ETag" not in response
