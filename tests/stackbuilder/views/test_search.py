"""The page of a search."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from tests.factories import make_finding, publish_all
from tests.pages import element, hrefs, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

URL = "/search/"


@pytest.fixture
def melatonin():
    """A compound, a goal and an outcome to find."""
    finding = make_finding()
    publish_all()
    return finding.compound


def test_search_shows_hits_with_their_kind(client, melatonin):
    response = client.get(reverse("stackbuilder:search"), {"q": "sleep"})

    page = page_of(response)
    text = text_of(element(page, "section", id="search-results"))
    assert response.status_code == 200
    assert "Sleep Goal" in text
    assert "Sleep onset latency Outcome" in text
    assert hrefs(element(page, "ol", class_="rows"))[0] == "/goals/sleep/"
    assert dict(element(page, "input", id="q").attributes)["value"] == "sleep"
    assert not inline_parts(response)
    assert not repeated_ids(response)


def test_search_gives_htmx_only_the_results_and_announces_them(client, melatonin):
    response = client.get(URL, {"q": "melatonin"}, headers={"HX-Request": "true"})

    assertTemplateUsed(response, "stackbuilder/_search_results.html")
    assertTemplateNotUsed(response, "base.html")
    assert "1 match, first Melatonin" in text_of(page_of(response))


def test_search_without_a_question_says_what_can_be_searched(client, melatonin):
    response = client.get(URL)

    links = hrefs(element(page_of(response), "section", id="search-results"))
    assert "/goals/sleep/" in links
    assert "/search/?q=fish%20oil" in links
    assert b"noindex" not in response.content


def test_search_that_finds_nothing_helps(client, melatonin):
    response = client.get(URL, {"q": "melanotan"})

    section = element(page_of(response), "section", id="search-results")
    assert "Nothing found for “melanotan”" in text_of(section)
    assert "Did you mean Melatonin ?" in text_of(section)
    assert "covers 1 compound so far" in text_of(section)
    assert {"/search/?q=Melatonin", "/compounds/", "/goals/sleep/"} <= set(hrefs(section))


def test_search_says_what_a_typing_error_was_taken_for(client, melatonin):
    text = text_of(page_of(client.get(URL, {"q": "melotonin"})))

    assert "This is what comes closest: Melatonin" in text


def test_pages_of_results_stay_out_of_search_engines(client, melatonin):
    assert b'<meta name="robots" content="noindex">' in client.get(URL, {"q": "sleep"}).content
    assert b'<meta name="robots" content="noindex">' in client.get(URL, {"q": "xyzzy"}).content


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "''''", '"*" AND (', "a' OR 1=1;--", "NEAR(", "<script>alert(1)</script>", "%"],
)
def test_any_text_gets_a_page(client, melatonin, text):
    response = client.get(URL, {"q": text})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert not inline_parts(response)


def test_long_text_is_cut_and_told(client, melatonin):
    text = text_of(page_of(client.get(URL, {"q": "melatonin " * 1000})))

    assert "Only the first 100 characters were looked for." in text


def test_text_without_letters_is_told(client, melatonin):
    assert "There is no letter or number in" in text_of(page_of(client.get(URL, {"q": "?!"})))


def test_nul_is_refused(client):
    assert client.get(URL + "?q=%00").status_code == 400


def test_only_reading_is_allowed(client):
    assert client.post(URL).status_code == 405


def test_search_is_answered_304_until_the_evidence_changes(client, melatonin):
    first = client.get(URL, {"q": "sleep"})
    again = client.get(URL, {"q": "sleep"}, headers={"If-None-Match": first["ETag"]})
    publish_all()
    later = client.get(URL, {"q": "sleep"}, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, later.status_code) == (304, 200)
    assert "no-cache" in first["Cache-Control"]
    assert not first.cookies


@pytest.mark.parametrize("query, queries", [({"q": "sleep"}, 3), ({"q": "xyzzy"}, 4), ({}, 3)])
def test_search_takes_few_queries(client, melatonin, query, queries, django_assert_num_queries):
    client.get(URL, {"q": "melatonin"})

    with django_assert_num_queries(queries):
        client.get(URL, query)
