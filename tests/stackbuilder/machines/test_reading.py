"""The head of a page: one address, one document, and how it looks where it is shared."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import make_article, make_compound, make_finding, publish_all
from tests.heads import canonical_of, json_ld_of, meta_of, robots_of
from tests.pages import inline_parts

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
GOALS = "goal=sleep:3"


@pytest.fixture
def catalogue():
    """Melatonin with a finding and an article."""
    make_finding("melatonin-01")
    make_article()
    publish_all()


@pytest.mark.parametrize(
    "path, canonical",
    [
        ("/", "/"),
        (f"/?{GOALS}", "/"),
        (f"/?{GOALS}&in=melatonin&evidence=1", "/"),
        ("/compounds/?kind=hormone&page=1", "/compounds/"),
        ("/compounds/melatonin/?changes=all", "/compounds/melatonin/"),
        ("/compounds/melatonin/vendors/?region=US", "/compounds/melatonin/vendors/"),
        ("/compare/?in=melatonin", "/compare/"),
        ("/articles/?goal=sleep", "/articles/"),
        ("/articles/melatonin-for-sleep/", "/articles/melatonin-for-sleep/"),
        ("/goals/sleep/", "/goals/sleep/"),
        ("/studies/pmid:23691095/", "/studies/pmid:23691095/"),
        ("/search/", "/search/"),
        ("/changes/?compound=melatonin", "/changes/"),
        ("/changes/1/", "/changes/1/"),
        ("/method/", "/method/"),
        ("/data/", "/data/"),
    ],
)
def test_every_variant_of_a_page_names_its_one_address(client, catalogue, path, canonical):
    response = client.get(path)

    assert response.status_code == 200
    assert canonical_of(response) == meta_of(response, "og:url") == HERE + canonical
    assert robots_of(response) == ""
    assert inline_parts(response) == []


@pytest.mark.parametrize(
    "path",
    ["/about-you/", f"/suggest/?{GOALS}", f"/print/?{GOALS}&in=melatonin",
     f"/stacks/new/?{GOALS}&in=melatonin", "/stacks/unheard-of/", "/search/?q=tea", "/report/",
     "/report/thanks/", "/compounds/unheard-of/", "/articles/unheard-of/", "/nothing/"],
)  # fmt: skip
def test_personal_page_answer_or_error_names_no_address(client, catalogue, path):
    response = client.get(path)

    assert canonical_of(response) is None
    assert robots_of(response).startswith("noindex")
    assert b"ld+json" not in response.content


def test_address_has_the_host_and_the_scheme_of_the_request(client, catalogue, settings):
    settings.ALLOWED_HOSTS = ["example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    proxied = {"Host": "example.org", "X-Forwarded-Proto": "https"}

    response = client.get("/goals/", headers=proxied)

    assert canonical_of(response) == "https://example.org/goals/"


def test_refused_form_is_answered_though_its_page_is_listed(catalogue):
    response = Client(enforce_csrf_checks=True).post("/compounds/melatonin/", {"a": "b"})

    assert response.status_code in (403, 405)
    assert b"canonical" not in response.content


def test_compound_looks_well_where_it_is_shared(client, catalogue):
    response = client.get("/compounds/melatonin/")

    assert meta_of(response, "og:type") == "website"
    assert meta_of(response, "og:title") == "Melatonin: evidence, doses, safety"
    assert meta_of(response, "og:description") == "Melatonin, taken by mouth in the evening."
    assert meta_of(response, "og:image") == f"{HERE}/share/compound/melatonin.png"
    assert meta_of(response, "og:image:width") == "1200"
    assert meta_of(response, "og:image:height") == "630"
    assert (
        meta_of(response, "og:image:alt") == "Melatonin with its letter and verdict for each goal."
    )
    assert meta_of(response, "twitter:card") == "summary_large_image"
    picture = client.get("/share/compound/melatonin.png")
    assert picture["Content-Type"] == meta_of(response, "og:image:type")


def test_article_looks_well_where_it_is_shared(client):
    make_article(updated_on=date(2025, 5, 6))
    publish_all()

    response = client.get("/articles/melatonin-for-sleep/")

    assert meta_of(response, "og:type") == "article"
    assert meta_of(response, "og:title") == "Melatonin for sleep: what the research says"
    assert meta_of(response, "og:image") == f"{HERE}/share/article/melatonin-for-sleep.png"
    assert meta_of(response, "article:published_time") == "2025-03-01"
    assert meta_of(response, "article:modified_time") == "2025-05-06"


def test_words_of_a_curator_stay_words(client):
    make_compound(summary='</script><script>alert("1")</script> & "so"')
    publish_all()

    response = client.get("/compounds/melatonin/")

    assert b"<script>alert" not in response.content
    assert inline_parts(response) == []
    assert json_ld_of(response)["@graph"][0]["description"].startswith("</script>")
    assert meta_of(response, "og:description").endswith('& "so"')


def test_answers_about_health_reach_no_head(client, catalogue):
    client.post("/about-you/", {"condition": "epilepsy"})

    response = client.get(f"/?{GOALS}")

    head = response.content.decode().partition("</head>")[0]
    assert "epilepsy" not in head
    assert "goal=" not in head
