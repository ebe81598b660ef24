"""The sitemap of the shipped catalogue is what a crawl of the site finds, no more and no less."""

import json
import re
from html import unescape
from io import StringIO
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.heads import DATA
from tests.loaded_catalogue import loaded_catalogue
from tests.routes import PLACEHOLDER, routes
from tests.schema_org import faults

catalogue = pytest.fixture(scope="module")(loaded_catalogue)

HERE = "http://testserver"
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
ROBOTS = re.compile(r'<meta name="robots" content="noindex')
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
LOC = re.compile(r"<loc>([^<]*)</loc>")
# Acts and files of staff and of visitors: links to them are followed by nobody here.
NOT_CRAWLED = ("/admin/", "/go/", "/data/json/", "/data/csv/")


@pytest.fixture(scope="module")
def crawled(catalogue, django_db_blocker):
    """Every page that links lead to from the routes that need no name: {path: HTML}."""
    with django_db_blocker.unblock():
        folder = settings.BASE_DIR / "evidence" / "data" / "articles"
        call_command("load_articles", folder, verbosity=0, stdout=StringIO())
        client, pages = Client(), {}
        waiting = [route for route in routes() if not PLACEHOLDER.search(route)]
        while waiting:
            path = waiting.pop()
            if path in pages or path.startswith(NOT_CRAWLED):
                continue
            response = client.get(path)
            is_page = response.status_code == 200 and "html" in response["Content-Type"]
            pages[path] = response.content.decode() if is_page else ""
            waiting += internal_links(path, pages[path])
        return {path: html for path, html in pages.items() if html}


@pytest.fixture(scope="module")
def listed(crawled, django_db_blocker):
    """Every address in the sitemap."""
    with django_db_blocker.unblock():
        return LOC.findall(Client().get("/sitemap.xml").content.decode())


def internal_links(path, html):
    """Return where links lead on this site; what filters a page leads to the page."""
    found = set()
    for href in LINK.findall(html):
        address = urlsplit(urljoin(f"{HERE}{path}", urldefrag(unescape(href)).url))
        if address.netloc == "testserver":
            found.add(address.path)
    return found


def test_sitemap_is_what_a_crawl_of_all_public_routes_finds(crawled, listed):
    indexed = {path for path, html in crawled.items() if CANONICAL.search(html)}

    assert len(listed) == len(set(listed)) > 400
    assert {unescape(address).removeprefix(HERE) for address in listed} == indexed


def test_every_page_is_listed_at_its_own_address_or_left_out(crawled):
    for path, html in crawled.items():
        named = CANONICAL.findall(html)
        assert named in ([], [f"{HERE}{path}"]), path
        assert bool(named) is not bool(ROBOTS.search(html)), path


def test_json_ld_of_every_page_keeps_to_the_vocabulary(crawled):
    kinds = set()
    for path, html in crawled.items():
        for text in DATA.findall(html):
            document = json.loads(text)
            assert faults(document) == [], path
            kinds |= {node["@type"] for node in document["@graph"]}
            assert "Rating" not in text, path
    assert kinds == {
        "BreadcrumbList", "Dataset", "MedicalScholarlyArticle", "MedicalWebPage", "WebPage",
    }  # fmt: skip


def test_way_to_each_page_ends_as_the_page_itself_shows_it(crawled):
    shown = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
    compared = 0
    for path, html in crawled.items():
        if not CANONICAL.search(html) or not (nav := shown.search(html)):
            continue
        text = re.sub(r"<[^>]+>", "", nav[0])
        visible = [unescape(part).strip() for part in text.split("›")]
        (document,) = map(json.loads, DATA.findall(html))
        way = [step["name"] for step in document["@graph"][-1]["itemListElement"]]
        # A study's page says “Study” where its title would not fit.
        if not path.startswith("/studies/"):
            assert way[-len(visible) :] == visible, path
            compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    "slug, kind", [("melatonin", "DietarySupplement"), ("bpc-157", "Drug"), ("metformin", "Drug")]
)
def test_compound_is_what_the_law_calls_it(crawled, slug, kind):
    assert f'"mainEntity":{{"@type":"{kind}"' in crawled[f"/compounds/{slug}/"]
