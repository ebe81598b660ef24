"""“About you”: the form with and without htmx, forgetting, letting back in; nothing gets out."""

import logging

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from stackbuilder.visitor import screening
from stackbuilder.visitor.about_you import COOKIE, TooMuchToKeepError
from tests.about_you_pages import (
    EPILEPSY,
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
from tests.factories import (
    make_caution,
    make_compound,
    publish_all,
)
from tests.pages import element, elements, hrefs, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db


# The form


# Saving


# Looking up


# Forgetting, and a cookie that cannot be read


# Letting back in


# Nothing gets out


def test_form_is_whole_and_sends_by_post_to_its_own_address(client, asked):
    response = client.get(URL)

    page = page_of(response)
    forms = [dict(one.attributes) for one in elements(element(page, "main"), "form")]
    assert [(form["method"], form["action"]) for form in forms] == [("post", URL)]
    assert inline_parts(response) == []
    assert repeated_ids(response) == []
    assert_is_private(response)


def test_form_groups_its_boxes_under_legends_and_labels_each(client, asked):
    page = page_of(client.get(URL))

    groups = {
        text_of(element(group, "legend")): [text_of(label) for label in elements(group, "label")]
        for group in elements(page, "fieldset")
    }
    assert groups == {
        "Life stage": ["Pregnant"],
        "Mind & nerves": ["Epilepsy"],
        "Kinds of medicine that you take": ["Blood thinners", "Cleared by liver enzymes"],
    }
    assert all(len(elements(label, "input")) == 1 for label in elements(page, class_="tick"))


def test_form_says_where_answers_are_kept_and_what_they_do(client, asked):
    lead = text_of(element(page_of(client.get(URL)), "div", class_="lead"))

    assert "left out of your ranking" in lead
    assert "a signed cookie in this browser until you close it" in lead


def test_form_says_that_what_is_not_found_is_not_harmless(client, asked):
    assertContains(client.get(URL), "not thereby harmless: ask a pharmacist")


def test_form_leads_back_to_the_builder_with_its_query(client, asked):
    page = element(page_of(client.get(URL)), "main")

    assert hrefs(page) == [HOME, HOME]


def test_form_that_keeps_nothing_offers_nothing_to_forget(client, asked):
    assertNotContains(client.get(URL), "Forget me")


def test_form_asks_the_database_once(known, django_assert_num_queries):
    make_compound("ginkgo")
    known.get(URL)

    for ask in (
        lambda: known.get(URL),
        lambda: known.post(URL, {**EPILEPSY, "act": "look-up", "q": "warfarin"}),
        lambda: known.post(URL, {**EPILEPSY, "add": "medicine-class:anticoagulants"}),
        lambda: known.post(URL, {**EPILEPSY, **SAVE}),
    ):
        # One for the version; of what is asked, each process keeps the newest.
        with django_assert_num_queries(1):
            ask()


def test_form_reads_what_is_asked_in_queries_that_no_compound_adds_to(
    client, asked, django_assert_num_queries
):
    for number in range(5):
        make_caution(make_compound(f"compound-{number}"))
    publish_all()
    screening.forget()

    with django_assert_num_queries(8):
        client.get(URL)


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_saving_keeps_the_answers_in_the_cookie_and_goes_back(client, asked, headers):
    sent = {**SAVE, "condition": ["pregnancy", "epilepsy"], "medicine": ["anticoagulants"]}

    response = client.post(URL, sent, headers=headers)

    assert (response.status_code, response["Location"]) == (302, HOME)
    assert kept(client) == "epilepsy.pregnancy~anticoagulants~"
    assert_is_private(response)


def test_saved_answers_are_ticked_and_told_on_the_next_visit(known):
    response = known.get(URL)

    assert ticked(response) == ["epilepsy"]
    told = element(page_of(response), "section", class_="kept")
    assert "Epilepsy" in text_of(told)
    assert dict(element(told, "form").attributes)["action"] == FORGET


def test_saving_nothing_drops_the_cookie(known):
    response = known.post(URL, SAVE)

    assert response.cookies[COOKIE]["max-age"] == 0
    assert not known.cookies[COOKIE].value


@pytest.mark.parametrize(
    "query, location",
    [
        ("", "/"),
        ("?", "/"),
        ("?next=//evil.example/", "/?next=//evil.example/"),
        ("?//evil.example/", "/?//evil.example/"),
        ("?goal=%0d%0aX:%20y&%C3%A9", "/?goal=%0d%0aX:%20y&%C3%A9"),
        ("?<script>", "/?%3Cscript%3E"),
    ],
)
def test_saving_leads_to_the_builder_whatever_the_address_says(client, asked, query, location):
    for path in ("/about-you/", "/about-you/forget/"):
        response = client.post(f"{path}{query}", {**SAVE, **EPILEPSY})

        assert response.status_code == 302
        assert response["Location"] == location
        assert "X" not in response.headers


def test_answer_that_cannot_be_given_is_refused_beside_its_field_and_nothing_is_lost(known):
    sent = {**SAVE, "condition": ["pregnancy", "levi<tation"], "medicine": ["anticoagulants"]}

    response = known.post(URL, sent)

    assert response.status_code == 422
    problem = element(page_of(response), "p", id="condition-problem")
    assert "There is no condition called “levi<tation”" in text_of(problem)
    assert hrefs(element(page_of(response), class_="problems")) == ["#condition-problem"]
    assert ticked(response) == ["pregnancy", "anticoagulants"]
    assert kept(known) == "epilepsy~~"
    assert text_of(element(page_of(response), "title")).startswith("Not saved: ")
    assert repeated_ids(response) == []
    assert_is_private(response)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "delete"},
        {"add": "condition:levitation"},
        {"act": "look-up", "q": "x" * 61},
        {"act": "save", "medicine": ["\0"]},
    ],
)
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_form_that_cannot_be_read_is_shown_again_as_a_whole(known, sent, headers):
    response = known.post(URL, {**EPILEPSY, **sent}, headers=headers)

    assertContains(response, "Nothing was saved.", status_code=422)
    assert ticked(response) == ["epilepsy"]
    assert response["HX-Retarget"] == "#about-you-form"
    assert kept(known) == "epilepsy~~"


def test_answers_that_no_browser_would_keep_are_refused_in_words(known, monkeypatch):
    def refuse(response, person):
        raise TooMuchToKeepError

    monkeypatch.setattr("stackbuilder.views.about_you.keep", refuse)

    saved = known.post(URL, {**SAVE, "condition": ["epilepsy", "pregnancy"]})
    let_in = known.post(LET_IN, {"compound": "melatonin", "act": "in"})

    assertContains(saved, "more than a browser can keep", status_code=422)
    assert ticked(saved) == ["pregnancy", "epilepsy"]
    assertContains(let_in, "more than a browser can keep", status_code=422)
    assert kept(known) == "epilepsy~~"


def test_look_up_without_javascript_shows_the_page_with_what_was_ticked(client, asked):
    response = client.post(URL, {**EPILEPSY, "act": "look-up", "q": "warfarin"})

    assertTemplateUsed(response, "base.html")
    (proposal,) = elements(page_of(response), class_="proposal")
    assert text_of(proposal) == "warfarin : Blood thinners, Cleared by liver enzymes Add warfarin"
    assert ticked(response) == ["epilepsy"]
    search = dict(element(page_of(response), "input", id="about-you-q").attributes)
    assert search["value"] == "warfarin"
    assert "autofocus" in search
    assert COOKIE not in response.cookies


def test_look_up_answers_htmx_with_the_suggestions_alone(client, asked):
    response = client.post(URL, {**EPILEPSY, "act": "look-up", "q": "warf"}, headers=SWAP)

    assert elements(page_of(response), "form") == []
    assert element(page_of(response), "div", id="medicine-suggestions")
    status = element(page_of(response), "p", hx_swap_oob="innerHTML:#status")
    assert text_of(status) == "1 suggestion"
    assert_is_private(response)


def test_look_up_of_a_slip_asks_what_was_meant(client, asked):
    response = client.post(URL, {"act": "look-up", "q": "warfrin"}, headers=SWAP)

    assertContains(response, "Did you mean")
    assertContains(response, 'Add<span class="hidden"> warfarin</span>', html=False)


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_look_up_of_an_unknown_name_sends_to_a_pharmacist(client, asked, headers):
    response = client.post(URL, {"act": "look-up", "q": "<b>unobtainium"}, headers=headers)

    assertContains(response, "Nothing by that name is in our list, which is not complete.")
    assertContains(response, "ask a pharmacist before you take any compound with it")
    assertNotContains(response, "<b>")


def test_look_up_of_nothing_says_nothing(client, asked):
    response = client.post(URL, {"act": "look-up", "q": " "}, headers=SWAP)

    assert text_of(page_of(response)) == ""


def test_look_up_says_what_is_ticked_already(client, asked):
    sent = {"act": "look-up", "q": "epilepsy", **EPILEPSY}

    assertContains(client.post(URL, sent), "Already ticked")


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_adding_ticks_the_answers_and_keeps_nothing_yet(client, asked, headers):
    sent = {**EPILEPSY, "q": "warfarin", "add": "medicine-class:anticoagulants"}

    response = client.post(URL, sent, headers=headers)

    assert ticked(response) == ["epilepsy", "anticoagulants"]
    added = element(page_of(response), "p", id="about-you-added")
    assert text_of(added) == "Blood thinners : ticked below, and kept once you save."
    search = dict(element(page_of(response), "input", id="about-you-q").attributes)
    assert search["value"] == ""
    assert "autofocus" in search
    assert "about-you-added" in search["aria-describedby"]
    assert not response.cookies.get(COOKIE)


def test_adding_is_said_to_who_listens(client, asked):
    response = client.post(URL, {"add": "medicine-class:anticoagulants"}, headers=SWAP)

    status = element(page_of(response), "p", hx_swap_oob="innerHTML:#status")
    assert text_of(status) == "Blood thinners: ticked below. Not kept until you save."


@pytest.mark.parametrize("url", [URL, FORGET, LET_IN])
def test_form_from_another_site_changes_nothing(known, url):
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies[COOKIE] = known.cookies[COOKIE].value

    response = stranger.post(url, {**SAVE, "compound": "melatonin", "act": "in"})

    assertContains(response, "The form was not sent", status_code=403)
    assert COOKIE not in response.cookies


def test_form_with_its_own_token_passes(asked):
    client = Client(enforce_csrf_checks=True)
    token = str(client.get(URL).context["csrf_token"])

    response = client.post(URL, {**SAVE, **EPILEPSY, "csrfmiddlewaretoken": token})

    assert response.status_code == 302


def test_answers_reach_no_address_and_no_log(client, asked, caplog, settings):
    caplog.set_level(logging.DEBUG)
    words = ("pregnancy", "anticoagulants", "Pregnant", "Blood thinners", "warfarin")
    said = {"condition": ["pregnancy"], "medicine": ["anticoagulants"]}

    responses = [
        client.post(URL, {**said, "act": "look-up", "q": "warfarin"}),
        client.post(URL, {**said, "add": "medicine-class:cyp-substrates"}),
        client.post(URL, {**said, "condition": "anticoagulants", **SAVE}),
        client.post(URL, {**said, **SAVE}),
        client.post(LET_IN, {"compound": "melatonin", "act": "in"}),
        client.post(LET_IN, {"compound": "unobtainium", "act": "in"}),
        client.get(URL),
    ]

    assert "pregnancy" in client.cookies[COOKIE].value
    addresses = [
        value
        for response in responses
        for one in elements(page_of(response))
        for name, value in one.attributes
        if name in ("href", "src", "action", "hx-post", "hx-get")
    ] + [response.get("Location", "") for response in responses]
    assert len(addresses) > 50
    assert [text for text in addresses if any(word in text for word in words)] == []
    assert "/about-you/let-in/" in caplog.text
    assert [word for word in words if word in caplog.text] == []
