"""The page that lists compounds."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from tests.pages import bare_letters, elements, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

URL = "/compounds/"


def test_compound_list_shows_all_on_one_page(catalogue, client):
    response = client.get(reverse("stackbuilder:compound_list"))

    page = page_of(response)
    assert len(elements(page, "li", class_="row")) == 48
    assert not inline_parts(response)
    assert not bare_letters(response)
    assert not repeated_ids(response)


def test_compound_list_gives_htmx_only_the_rows(catalogue, client):
    response = client.get(URL, {"kind": "mineral"}, headers={"HX-Request": "true"})

    assertTemplateUsed(response, "stackbuilder/_compound_rows.html")
    assertTemplateNotUsed(response, "base.html")
    assert "match" in text_of(page_of(response))


def test_compound_list_keeps_the_filters_it_can_read(catalogue, client):
    response = client.get(
        URL, {"kind": "mineral", "goal": "wings", "route": "teleport", "page": "-3"}
    )

    text = text_of(page_of(response))
    assert response.status_code == 400
    assert "Goal: There is no such choice." in text
    assert "Route: There is no such choice." in text
    assert len(elements(page_of(response), "li", class_="row")) == 3


def test_compound_list_without_a_match_says_what_to_do(catalogue, client):
    text = text_of(page_of(client.get(URL, {"q": "unobtainium"})))

    assert "No compound matches. Take a filter away." in text


@pytest.mark.parametrize(
    "query", [{}, {"kind": "mineral"}, {"q": "a", "status": "unapproved", "region": "US"}]
)
def test_compound_list_takes_few_queries(catalogue, client, query, django_assert_max_num_queries):
    client.get(URL)

    with django_assert_max_num_queries(5):
        client.get(URL, query)


def test_compound_list_beyond_the_last_page_shows_the_last(catalogue, client):
    assert client.get(URL, {"page": "99"}).status_code == 200
