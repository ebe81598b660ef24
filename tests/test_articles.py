"""The shipped articles: every figure is bound to the catalogue, every link leads somewhere."""

from io import StringIO

import pytest
from django.core.management import call_command

from evidence.article_faults import article_faults
from evidence.article_numbers import MOST_ALLOWED, list_faults, number_faults, read_allowed
from evidence.citations import keys_cited, pairs_cited
from evidence.cited_figures import changed_articles
from evidence.markdown import render
from evidence.models import Article, Finding
from stackbuilder import candidates
from tests.catalogue_facts import CATALOGUE
from tests.loaded_catalogue import loaded_catalogue
from tests.pages import elements, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

catalogue = pytest.fixture(scope="module")(loaded_catalogue)

FOLDER = CATALOGUE / "articles"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.md"))
FEWEST_WORDS, MOST_WORDS = 900, 1500


@pytest.fixture(autouse=True)
def no_kept_tables():
    """Links lead to the builder too, whose kept tables belong to another database."""
    candidates.forget()
    yield
    candidates.forget()


@pytest.fixture
def articles(catalogue):
    """The shipped articles, loaded over the shipped catalogue."""
    call_command("load_articles", FOLDER, stdout=StringIO())
    return Article.objects.published().select_related("compound", "goal")


def test_articles_are_shipped():
    assert "thymosin-alpha-1-for-anti-inflammation" in SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_no_number_of_an_article_stands_outside_a_token_unless_it_is_allowed(slug, articles):
    article = articles.get(slug=slug)
    allowed = read_allowed(article.numbers)
    text = render(article.body)

    assert number_faults(article.title, article.summary, text, allowed) == []
    assert len(allowed) <= MOST_ALLOWED
    assert list(list_faults(allowed)) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_article_without_its_list_would_be_refused(slug, articles):
    article = articles.get(slug=slug)

    faults = number_faults(article.title, article.summary, render(article.body), [])

    assert bool(faults) == bool(article.numbers)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_number_written_into_an_article_is_found(slug, articles):
    article = articles.get(slug=slug)
    article.body += "\n\nIt fell by 7.06 minutes."

    ((line, fault),) = article_faults(article, read_allowed(article.numbers))

    assert line == article.body.count("\n") + 1
    assert "7.06" in fault


@pytest.mark.parametrize("slug", SLUGS)
def test_article_tells_its_profile_and_results_of_both_kinds(slug, articles):
    article = articles.get(slug=slug)
    text = render(article.body)
    results = Finding.objects.filter(key__in=keys_cited(text)).values_list("result", flat=True)

    assert (article.compound.slug, article.goal.slug) in pairs_cited(text)
    assert set(results) - {"benefit"}, "an article tells what found nothing, or harm"


@pytest.mark.parametrize("slug", SLUGS)
def test_article_is_long_enough_and_not_too_long(slug, articles):
    assert FEWEST_WORDS <= render(articles.get(slug=slug).body).words <= MOST_WORDS


@pytest.mark.parametrize("slug", SLUGS)
def test_page_of_an_article_prints_every_figure(slug, articles, client):
    response = client.get(articles.get(slug=slug).get_absolute_url())

    words = text_of(page_of(response))
    assert "figure withdrawn" not in words
    assert "not reported" not in words
    assert "{{" not in words
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert changed_articles() == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_of_an_article_leads_to_a_page_and_a_place_on_it(slug, articles, client):
    response = client.get(articles.get(slug=slug).get_absolute_url())
    links = {dict(link.attributes)["href"] for link in elements(page_of(response), "a")}
    pages = {}

    for link in sorted(links):
        address, _, anchor = link.partition("#")
        if link.startswith("https://"):
            continue
        if address not in pages:
            pages[address] = client.get(address, follow=True) if address else response
        assert pages[address].status_code == 200, link
        assert not anchor or elements(page_of(pages[address]), id=anchor), link
