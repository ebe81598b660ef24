"""Reporting an error: a form that loses nothing, a redirect, and no trace of the person."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from stackbuilder.models import ErrorReport
from tests.pages import element, elements, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db
URL = "/report/"
GOOD = {"page": "/compounds/melatonin/", "text": "The study says <seven> minutes."}
HTMX = {"HX-Request": "true"}


def value_of(response, field):
    """Return what stands in one field of the form."""
    return dict(element(page_of(response), "input", id=f"report-{field}").attributes).get("value")


def test_form_is_whole(client):
    response = client.get(URL)

    page = page_of(response)
    form = dict(element(page, "form", class_="form").attributes)
    assert response.status_code == 200
    assert (form["method"], form["action"]) == ("post", URL)
    assert inline_parts(response) == []
    assert repeated_ids(response) == []
    assert "no-store" in response.headers["Cache-Control"]


def test_form_labels_each_control_and_says_which_may_stay_empty(client):
    page = page_of(client.get(URL))

    labels = {
        dict(label.attributes)["for"].removeprefix("report-"): text_of(label)
        for label in elements(page, "label")
        if dict(label.attributes)["for"].startswith("report-")
    }
    assert labels == {
        "page": "Page",
        "figure": "Figure (optional)",
        "text": "What is wrong",
        "source": "Source (optional)",
        "reply_to": "Your e-mail address (optional)",
        "website": "Leave this empty",
    }


def test_form_is_filled_in_by_the_link_that_led_here(client):
    response = client.get(URL, {"page": "/compounds/melatonin/", "figure": "melatonin-01"})

    assert value_of(response, "page") == "/compounds/melatonin/"
    assert value_of(response, "figure") == "melatonin-01"


@pytest.mark.parametrize(
    "query",
    [
        {"page": "//evil.example/"},
        {"page": "https://evil.example/"},
        {"page": "/nowhere/"},
        {"page": "/", "figure": "\x1b[31m"},
    ],
)
def test_link_that_cannot_be_read_is_said_and_not_filled_in(client, query):
    response = client.get(URL, query)

    assertContains(response, "Part of this address could not be read.", status_code=400)
    assert not value_of(response, "figure")
    assert value_of(response, "page") in (None, "/")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_report_is_stored_and_answered_by_a_redirect(client, headers):
    response = client.post(URL, GOOD, headers=headers)

    assertRedirects(response, "/report/thanks/")
    assert ErrorReport.objects.values_list("page", "text").get() == tuple(GOOD.values())


def test_reader_is_thanked(client):
    response = client.post(URL, GOOD, follow=True)

    assertContains(response, "Thank you: your report has arrived")
    assert not response.cookies


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_report_that_is_refused_says_why_and_loses_nothing(client, headers):
    sent = {
        "page": "/nowhere/",
        "figure": "melatonin-01",
        "text": "Too <few",
        "source": "a friend",
        "reply_to": "ann",
    }

    response = client.post(URL, sent, headers=headers)

    page = page_of(response)
    assert response.status_code == 422
    assert text_of(element(page, "title")).startswith("Not sent: ")
    assert value_of(response, "page") == "/nowhere/"
    assert value_of(response, "figure") == "melatonin-01"
    assert value_of(response, "source") == "a friend"
    assert text_of(element(page, "textarea")) == "Too <few"
    assert ErrorReport.objects.count() == 0


def test_refusal_is_said_above_and_beside_each_field(client):
    page = page_of(client.post(URL, {"page": "/", "text": "Short", "reply_to": "ann"}))

    alert = element(page, "div", role="alert")
    assert "autofocus" in dict(alert.attributes)
    assert [dict(link.attributes)["href"] for link in elements(alert, "a")] == [
        "#report-text",
        "#report-reply_to",
    ]
    text = dict(element(page, "textarea", id="report-text").attributes)
    assert text["aria-invalid"] == "true"
    assert text["aria-describedby"] == "report-text_helptext report-text_error"
    assert text_of(element(page, "p", id="report-text_error")).startswith(
        "Error: Say a little more"
    )


def test_report_with_the_hidden_field_filled_in_is_not_stored(client):
    response = client.post(URL, {**GOOD, "website": "https://spam.example"})

    assertContains(response, "please send the report again", status_code=422)
    assertNotContains(response, "spam.example", status_code=422)
    assert ErrorReport.objects.count() == 0


def test_hidden_field_is_out_of_the_way_of_people(client):
    page = page_of(client.get(URL))

    hidden = element(page, "p", aria_hidden="true")
    control = dict(element(hidden, "input").attributes)
    assert "hidden" in dict(hidden.attributes)["class"].split()
    assert (control["tabindex"], control["autocomplete"]) == ("-1", "off")


def test_report_beyond_the_daily_limit_is_refused_and_kept_in_the_form(
    client, settings, monkeypatch
):
    monkeypatch.setattr("stackbuilder.reports.OPEN_REPORTS_A_DAY", 1)
    settings.SITE_OPERATOR_CONTACT = "desk@example.org"
    client.post(URL, GOOD)

    response = client.post(URL, GOOD)

    assertContains(response, "too many are waiting today", status_code=429)
    assertContains(response, "mailto:desk@example.org", status_code=429)
    assert text_of(element(page_of(response), "textarea")) == GOOD["text"]
    assert ErrorReport.objects.count() == 1


def test_report_from_another_site_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)

    response = client.post(URL, GOOD)

    assertContains(response, "The form was not sent", status_code=403)
    assert ErrorReport.objects.count() == 0


def test_report_with_the_token_of_its_form_passes():
    client = Client(enforce_csrf_checks=True)
    token = client.get(URL).context["csrf_token"]

    response = client.post(URL, {**GOOD, "csrfmiddlewaretoken": str(token)})

    assert response.status_code == 302


def test_form_sets_the_one_cookie_and_only_until_the_browser_closes(client, settings):
    response = client.get(URL)

    (name,) = response.cookies
    cookie = response.cookies[name]
    assert name == settings.CSRF_COOKIE_NAME
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert "Cookie" in response.headers["Vary"]


def test_report_leaves_no_address_and_no_browser_behind(client, caplog):
    client.post(
        URL, GOOD, REMOTE_ADDR="203.0.113.7", headers={"User-Agent": "secret-browser"}, follow=True
    )

    row = str(ErrorReport.objects.values().get())
    assert "203.0.113.7" not in row + caplog.text
    assert "secret-browser" not in row + caplog.text


def test_head_asks_for_the_form_and_stores_nothing(client):
    assert client.head(URL).status_code == 200
    assert ErrorReport.objects.count() == 0
