"""The site's own words when there is nothing to show, or when showing it failed."""

import pytest
from django.test import Client
from django.urls import include, path
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from stackbuilder import urls
from tests.factories import make_compound, make_finding, publish_all
from tests.pages import element, hrefs, inline_parts, page_of, policy_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

SECRET = "the password is on the blackboard"


def fail(request):
    """A view with a mistake in it."""
    raise RuntimeError(SECRET)


# The site as it is, and one address more.
urlpatterns = [*urls.urlpatterns, path("mistake/", include([path("", fail)]))]


@pytest.fixture
def visitor():
    """A client that gets the error page as a visitor would, instead of the exception."""
    return Client(raise_request_exception=False)


def assert_is_safe_page(response):
    """The page keeps the rules of every other one, and tells nothing of our insides."""
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert policy_of(response)["default-src"] == ["'none'"]
    assert b"Traceback" not in response.content
    assert not response.cookies


@pytest.mark.parametrize(
    "url",
    [
        "/nowhere/",
        "/compounds/unobtainium/",
        "/compounds/secret/",
        "/compounds/%ff/",
        "/compounds/" + "a" * 5000 + "/",
        "/compounds/../settings.py",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_address_of_nothing_is_answered_by_our_own_404(visitor, url):
    make_finding(compound=make_compound("secret", name="Unheard-of acid", published=False))
    publish_all()

    response = visitor.get(url)

    assert response.status_code == 404
    assertTemplateUsed(response, "404.html")
    page = page_of(response)
    assert text_of(element(page, "h1")) == "There is nothing at this address"
    assert "/" in hrefs(element(page, "main"))
    assert b"Unheard-of acid" not in response.content
    assert_is_safe_page(response)


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"If-None-Match": '"0"'}])
def test_404_is_the_same_whoever_asks(visitor, headers):
    response = visitor.get("/compounds/unobtainium/", headers=headers)

    assert response.status_code == 404
    assert_is_safe_page(response)


def test_404_of_a_head_has_no_body(visitor):
    response = visitor.head("/compounds/unobtainium/")

    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.urls(__name__)
def test_mistake_of_ours_is_answered_by_a_page_that_stands_alone(visitor):
    response = visitor.get("/mistake/")

    assert response.status_code == 500
    assertTemplateUsed(response, "500.html")
    assertTemplateNotUsed(response, "base.html")
    assert text_of(element(page_of(response), "h1")) == "Something went wrong here"
    assert SECRET.encode() not in response.content
    assert b"RuntimeError" not in response.content
    assert_is_safe_page(response)


@pytest.mark.urls(__name__)
def test_mistake_of_ours_is_recorded_as_the_page_says(visitor, caplog):
    visitor.get("/mistake/")

    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert record.levelname == "ERROR"
    assert record.exc_info[0] is RuntimeError


@pytest.mark.parametrize(
    "url, extra",
    [
        ("/?" + "&".join(["goal=sleep"] * 10_000), {}),
        ("/?goal=%00", {}),
        ("/compounds/a%00b/", {}),
        ("/", {"headers": {"host": "example.org"}}),
    ],
)
def test_request_that_makes_no_sense_is_answered_in_words(visitor, url, extra):
    response = visitor.get(url, **extra)

    assert response.status_code == 400
    assertTemplateUsed(response, "400.html")
    assert "This request cannot be read" in text_of(page_of(response))
    assert_is_safe_page(response)


def test_form_without_its_token_is_answered_in_words():
    response = Client(enforce_csrf_checks=True).post("/healthz")

    assert response.status_code == 403
    assertTemplateUsed(response, "403_csrf.html")
    assert "The form was not sent" in text_of(page_of(response))
    assert_is_safe_page(response)
