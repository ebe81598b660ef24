"""The pages of the data and of the API: made of the same definitions as what they describe."""

import re

import pytest

from evidence.open_data.catalogue import TABLES
from stackbuilder.api.interface import document
from stackbuilder.api.problems import KINDS
from tests.pages import element, elements, hrefs, inline_parts, page_of, repeated_ids, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence")]


@pytest.mark.parametrize("url", ["/data/", "/api/"])
def test_page_is_plain_and_comparable(client, url):
    response = client.get(url)

    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert inline_parts(response) == []
    assert repeated_ids(response) == []
    assert again.status_code == 304
    assert client.post(url).status_code == 405


def test_data_page_describes_every_column(client):
    tree = page_of(client.get("/data/"))

    for table in TABLES:
        part = element(tree, "details", id=f"table-{table.name}")
        heads = [text_of(one) for one in elements(part, "th", scope="row")]
        assert heads == [column.name for column in table.columns]


def test_data_page_leads_to_both_files_and_names_their_version(client):
    tree = page_of(client.get("/data/"))

    assert {"/data/json/", "/data/csv/", "/api/"} <= set(hrefs(tree))
    assert "Evidence version 1, of" in text_of(tree)


@pytest.mark.parametrize("url", ["/data/", "/api/"])
def test_page_says_which_licence_holds(client, settings, url):
    settings.SITE_DATA_LICENCE = None
    without = text_of(page_of(client.get(url)))
    settings.SITE_DATA_LICENCE = "CC-BY-4.0"
    tree = page_of(client.get(url))

    assert "No licence chosen by the operator" in without
    assert "No licence" not in text_of(tree)
    assert "https://creativecommons.org/licenses/by/4.0/" in hrefs(tree)


def test_api_page_describes_every_operation_and_problem(client):
    tree = page_of(client.get("/api/"))

    heads = [text_of(one) for one in elements(element(tree, "main"), "h3")]
    assert heads == list(document()["paths"])
    for kind in KINDS:
        assert text_of(element(tree, "tr", id=kind.name)).endswith(kind.title)


def test_examples_of_the_api_page_work(client):
    tree = page_of(client.get("/api/"))

    examples = [text_of(one) for one in elements(tree, "pre")]
    urls = [re.search(r"'http://testserver(/[^']*)'", one)[1] for one in examples]
    assert len(urls) == 3
    # The goals of the examples are the catalogue's; here only sleep is one.
    for url in urls:
        assert client.get(url.replace("stress-anxiety", "mood")).status_code == 200
