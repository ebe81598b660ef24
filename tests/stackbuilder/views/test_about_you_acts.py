"""Forgetting what was said, and letting a compound back in or leaving it out again."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from stackbuilder.visitor.about_you import COOKIE
from tests.about_you_pages import (
    FORGET,
    HOME,
    LET_IN,
    SAVE,
    SWAP,
    URL,
    assert_is_private,
    kept,
    ticked,
)
from tests.pages import element, hrefs, page_of, text_of

pytestmark = pytest.mark.django_db


# The form


# Saving


# Looking up


# Forgetting, and a cookie that cannot be read


# Letting back in


# Nothing gets out


def test_forgetting_drops_the_cookie_and_goes_back(known):
    response = known.post(FORGET)

    assert response["Location"] == HOME
    assert not known.cookies[COOKIE].value
    assert ticked(known.get(URL)) == []
    assert_is_private(response)


def test_forgetting_drops_a_cookie_that_cannot_be_read(client, asked):
    client.cookies[COOKIE] = "tampered"

    client.post(FORGET)

    assert not client.cookies[COOKIE].value


def test_cookie_that_cannot_be_read_is_said_loudly_once_and_dropped(known):
    known.cookies[COOKIE] = known.cookies[COOKIE].value[:-1]

    first, second = known.get(URL), known.get(URL)

    alert = text_of(element(page_of(first), class_="problems", role="alert"))
    assert "could not be read, so it was dropped" in alert
    assert "Nothing is screened for you until you tell us again" in alert
    assert ticked(first) == []
    assert first.cookies[COOKIE]["max-age"] == 0
    assertNotContains(second, "could not be read")


def test_let_in_keeps_the_compound_in_the_cookie_and_goes_back(known):
    response = known.post(LET_IN, {"compound": "melatonin", "act": "in"})

    assert (response.status_code, response["Location"]) == (302, HOME)
    assert kept(known) == "epilepsy~~melatonin"
    assert_is_private(response)


def test_let_in_is_told_on_the_form_and_taken_back_by_a_new_answer(known):
    known.post(LET_IN, {"compound": "melatonin", "act": "in"})

    page = known.get(URL)
    known.post(URL, {**SAVE, "condition": ["epilepsy"], "medicine": ["anticoagulants"]})

    assertContains(page, "You let 1 compound back in.")
    assert kept(known) == "epilepsy~anticoagulants~"


def test_let_in_is_taken_back_when_left_out_again(known):
    known.post(LET_IN, {"compound": "melatonin", "act": "in"})

    response = known.post(LET_IN, {"compound": "melatonin", "act": "out"})

    assert response["Location"] == HOME
    assert kept(known) == "epilepsy~~"


@pytest.mark.parametrize(
    "sent, status, words",
    [
        ({"compound": "unobtainium", "act": "in"}, 404, "There is no compound called"),
        ({"compound": "zinc", "act": "in"}, 422, "Nothing you told us leaves Zinc out"),
        ({"compound": "melatonin"}, 422, "The form did not say which compound"),
        ({}, 422, "The form did not say which compound"),
        ({"compound": "\0", "act": "in"}, 422, "The form did not say which compound"),
    ],
)
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_let_in_that_cannot_be_is_refused_in_words(known, sent, status, words, headers):
    response = known.post(LET_IN, sent, headers=headers)

    assertContains(response, words, status_code=status)
    assert HOME in hrefs(page_of(response))
    assert response["HX-Retarget"] == "#content"
    assert kept(known) == "epilepsy~~"
    assert_is_private(response)


def test_let_in_of_what_is_ruled_out_is_refused(known):
    known.post(URL, {**SAVE, "condition": ["epilepsy", "pregnancy"]})

    response = known.post(LET_IN, {"compound": "melatonin", "act": "in"})

    assertContains(response, "Melatonin cannot be let back in", status_code=422)
    assert kept(known) == "epilepsy.pregnancy~~"


@pytest.mark.parametrize("url", [FORGET, LET_IN])
def test_acts_are_for_post_alone(known, url):
    response = known.get(url)

    assert response.status_code == 405
    assert kept(known) == "epilepsy~~"
    assert_is_private(response)
