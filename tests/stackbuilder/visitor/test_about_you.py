"""The cookie that holds what a visitor says of their health, and the pages that depend on it."""

import logging

import pytest
from django.core.signing import Signer, TimestampSigner
from django.http import HttpResponse, HttpResponseRedirect
from django_htmx.middleware import HtmxDetails
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.engine.person import Person
from stackbuilder.visitor import about_you
from stackbuilder.visitor.about_you import (
    COOKIE,
    LONGEST_COOKIE,
    Told,
    TooMuchToKeepError,
    forget,
    keep,
    personal_page,
    private_page,
    told,
)
from tests.factories import publish_all

PERSON = Person(
    conditions=frozenset({"pregnancy", "epilepsy"}),
    medicine_classes=frozenset({"anticoagulants"}),
    let_back_in=frozenset({"red-yeast-rice"}),
)
NOTHING_READ = Told(Person(), is_unreadable=True)
SWAP = {"HX-Request": "true"}
VARY = {"Cookie", "HX-Request", "HX-Boosted", "HX-History-Restore-Request"}

codes = st.frozensets(st.from_regex(r"[a-zA-Z0-9_-]{1,20}", fullmatch=True), max_size=8)


def cookie_of(person):
    """Return the cookie that keeping `person` sets."""
    response = HttpResponse()
    keep(response, person)
    return response.cookies[COOKIE]


@pytest.fixture
def ask(rf):
    """Return a function that makes a request as the middleware passes it on."""

    def ask(cookie=None, method="get", **headers):
        request = getattr(rf, method)("/?goal=sleep", headers=headers)
        request.htmx = HtmxDetails(request)
        if cookie is not None:
            request.COOKIES[COOKIE] = cookie
        return request

    return ask


def varies_by(response):
    return {name.strip() for name in response["Vary"].split(",")}


# Keeping and reading


def test_cookie_shows_what_is_kept_in_the_order_of_the_alphabet():
    value = cookie_of(PERSON).value

    assert value.split(":")[0] == "epilepsy.pregnancy~anticoagulants~red-yeast-rice"


def test_cookie_is_signed_and_goes_with_the_browser(settings):
    settings.SESSION_COOKIE_SECURE = False

    cookie = cookie_of(PERSON)

    set_by_us = {name: value for name, value in cookie.items() if value}
    assert set_by_us == {"httponly": True, "path": "/", "samesite": "Lax"}
    assert len(cookie.value.split(":")) == 3


def test_cookie_goes_over_tls_alone_where_the_site_has_it(settings):
    settings.SESSION_COOKIE_SECURE = True

    assert cookie_of(PERSON)["secure"] is True


@given(codes, codes, codes)
def test_cookie_is_read_as_it_was_kept(conditions, classes, let_back_in):
    person = Person(conditions, classes, let_back_in)
    request = type("Request", (), {"COOKIES": {}})

    response = HttpResponse()
    keep(response, person)
    if response.cookies[COOKIE].value:
        request.COOKIES[COOKIE] = response.cookies[COOKIE].value

    assert told(request) == Told(person if person.answers else Person())


def test_cookie_without_answers_is_dropped():
    cookie = cookie_of(Person(let_back_in=frozenset({"red-yeast-rice"})))

    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("", 0, "/")


def test_forget_drops_the_cookie():
    response = HttpResponse()

    forget(response)

    assert response.cookies[COOKIE]["max-age"] == 0


def test_cookie_that_no_browser_would_keep_is_refused_without_a_word_of_what_it_holds():
    response = HttpResponse()
    much = Person(PERSON.conditions, let_back_in=frozenset(f"compound-{i:050}" for i in range(70)))

    with pytest.raises(TooMuchToKeepError, match="at most 4096 can be kept") as caught:
        keep(response, much)

    assert COOKIE not in response.cookies
    assert "compound" not in str(caught.value)


def test_cookie_of_every_answer_there_is_fits():
    many = Person(
        conditions=frozenset(f"condition-{i:02}-of-thirty" for i in range(30)),
        medicine_classes=frozenset(f"medicine-class-{i:02}" for i in range(50)),
        let_back_in=frozenset(f"compound-{i:02}" for i in range(50)),
    )

    assert len(cookie_of(many).OutputString()) <= LONGEST_COOKIE


@pytest.mark.parametrize("value", [None, ""])
def test_request_without_the_cookie_tells_nothing(ask, value):
    assert told(ask(value)) == Told(Person(), is_unreadable=False)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value.replace("epilepsy", "asthma"),
        lambda value: value[:-1],
        lambda value: value[: value.rindex(":")],
        lambda value: value.split(":")[0],
        lambda value: f"{value}x",
        lambda value: "::",
        lambda value: "é" * 20,
        lambda value: "\ud800",
        lambda value: "x" * 100_000,
    ],
)
def test_cookie_that_was_tampered_with_is_unreadable(ask, spoil):
    assert told(ask(spoil(cookie_of(PERSON).value))) == NOTHING_READ


@given(st.text(min_size=1))
def test_cookie_of_anything_at_all_is_unreadable(text):
    request = type("Request", (), {"COOKIES": {COOKIE: text}})

    assert told(request) == NOTHING_READ


def test_cookie_signed_with_another_key_is_unreadable(ask, settings):
    value = cookie_of(PERSON).value

    settings.SECRET_KEY = "another key"

    assert told(ask(value)) == NOTHING_READ


def test_cookie_signed_with_a_key_that_was_replaced_is_still_read(ask, settings):
    value = cookie_of(PERSON).value

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"

    assert told(ask(value)) == Told(PERSON)


@pytest.mark.parametrize(
    "signed",
    [
        # Of the same key, for another purpose.
        TimestampSigner(salt="another purpose").sign("epilepsy~~"),
        # Without a time, and with one that no clock shows.
        Signer(salt="stackbuilder.visitor.about_you").sign("epilepsy~~"),
        Signer(salt="stackbuilder.visitor.about_you").sign("epilepsy~~:!"),
        # What we never write.
        TimestampSigner(salt="stackbuilder.visitor.about_you").sign("epilepsy"),
        TimestampSigner(salt="stackbuilder.visitor.about_you").sign("epilepsy~~~"),
        TimestampSigner(salt="stackbuilder.visitor.about_you").sign("epi lepsy~~"),
        TimestampSigner(salt="stackbuilder.visitor.about_you").sign(".epilepsy~~"),
    ],
)
def test_cookie_of_a_form_we_never_write_is_unreadable(ask, signed):
    assert told(ask(signed)) == NOTHING_READ


def test_reading_and_keeping_log_nothing(ask, caplog):
    caplog.set_level(logging.DEBUG)

    told(ask(cookie_of(PERSON).value))
    told(ask(cookie_of(PERSON).value[:-1]))

    assert caplog.text == ""
    assert "epilepsy" not in repr(told(ask(cookie_of(PERSON).value)))


# Pages


def words(request):
    """A page that says what it knows."""
    known = f"{sorted(request.person.answers)} {request.is_unreadable} {request.evidence_version}"
    response = HttpResponse(known)
    response["Last-Modified"] = "Sat, 01 Mar 2025 09:00:00 GMT"
    return response


def prices(request):
    """A page that may change without new evidence."""
    return HttpResponse(f"{request.evidence_version} for {about_you.price} a month")


def refusal(request):
    """A page that could not read its address."""
    return HttpResponse("Which goal?", status=400)


def away(request):
    """A page that leads to another one."""
    return HttpResponseRedirect("/goals/")


@pytest.fixture
def price(monkeypatch):
    """A price that may change between two requests."""
    monkeypatch.setattr(about_you, "price", "$9", raising=False)
    return lambda text: monkeypatch.setattr(about_you, "price", text)


def comparing(request):
    return "goal" in request.GET


@pytest.mark.django_db
@pytest.mark.parametrize("decorate", [private_page, personal_page])
def test_page_is_told_who_asks_and_which_evidence_is_the_newest(ask, decorate):
    publish_all()

    response = decorate(words)(ask(cookie_of(PERSON).value))

    assert response.content.decode() == f"{sorted(PERSON.answers)} False 1"


@pytest.mark.django_db
def test_page_for_nobody_in_particular_is_told_so(ask):
    assert personal_page(words)(ask()).content.decode() == "[] False 0"
    assert private_page(words)(ask()).content.decode() == "[] False 0"


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["readable", "tampered"])
@pytest.mark.parametrize("headers", [{}, SWAP, {"If-None-Match": "*"}])
@pytest.mark.parametrize(
    "page",
    [private_page(words), personal_page(words), personal_page(changes_by_itself=comparing)(words)],
)
def test_page_for_one_person_is_kept_by_nobody_and_never_compared(ask, cookie, headers, page):
    value = cookie_of(PERSON).value if cookie == "readable" else "tampered"

    response = page(ask(value, **headers))

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert varies_by(response) == VARY
    assert "ETag" not in response
    assert "Last-Modified" not in response


@pytest.mark.django_db
def test_public_page_that_a_browser_kept_does_not_stand_for_one_person(ask):
    page = personal_page(words)
    etag = page(ask())["ETag"]

    response = page(ask(cookie_of(PERSON).value, **{"If-None-Match": etag}))

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, SWAP, {"If-None-Match": "*"}])
@pytest.mark.parametrize("decorate", [personal_page, personal_page(changes_by_itself=comparing)])
def test_page_for_nobody_in_particular_is_a_public_one(ask, headers, decorate):
    response = decorate(words)(ask(**headers))

    assert response.status_code == (304 if "If-None-Match" in headers else 200)
    assert response["Cache-Control"] == "no-cache"
    assert varies_by(response) == VARY
    assert response["ETag"]
    assert COOKIE not in response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("decorate", [personal_page, personal_page(changes_by_itself=comparing)])
def test_public_page_is_sent_again_only_when_the_evidence_moved(ask, decorate):
    page = decorate(words)
    etag = page(ask())["ETag"]

    kept = page(ask(**{"If-None-Match": etag}))
    publish_all()
    moved = page(ask(**{"If-None-Match": etag}))

    assert (kept.status_code, moved.status_code) == (304, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("decorate", [personal_page, personal_page(changes_by_itself=comparing)])
def test_public_page_that_refuses_has_no_etag(ask, decorate):
    response = decorate(refusal)(ask())

    assert response.status_code == 400
    assert "ETag" not in response


@pytest.mark.django_db
def test_page_that_changes_by_itself_is_compared_by_its_content(ask, price):
    page = personal_page(changes_by_itself=comparing)(prices)
    etag = page(ask())["ETag"]

    kept = page(ask(**{"If-None-Match": etag}))
    price("$12")
    changed = page(ask(**{"If-None-Match": etag}))

    assert (kept.status_code, changed.status_code) == (304, 200)
    assert b"$12" in changed.content


@pytest.mark.django_db
def test_page_that_does_not_change_by_itself_is_compared_by_its_version(ask, price):
    page = personal_page(changes_by_itself=lambda request: False)(prices)
    etag = page(ask())["ETag"]

    price("$12")

    assert page(ask(**{"If-None-Match": etag})).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("decorate", [private_page, personal_page])
def test_unreadable_cookie_is_dropped_by_the_page_that_says_so(ask, decorate):
    response = decorate(words)(ask("tampered"))

    assert response.content.decode() == "[] True 0"
    assert response.cookies[COOKIE]["max-age"] == 0


@pytest.mark.django_db
def test_unreadable_cookie_stays_until_a_page_can_say_so(ask):
    response = private_page(away)(ask("tampered"))

    assert COOKIE not in response.cookies


@pytest.mark.django_db
def test_unreadable_cookie_gives_way_to_new_answers(ask):
    @private_page
    def page(request):
        response = HttpResponse()
        keep(response, PERSON)
        return response

    assert page(ask("tampered")).cookies[COOKIE]["max-age"] == ""
