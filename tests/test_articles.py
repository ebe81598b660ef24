"""The shipped articles: every figure stands in the catalogue, every link leads somewhere.

A number in a paragraph, list item or row must be one of those that its own links lead to: a
finding with its study, the doses, the safety, the legal status, the profile of the goal.
"""

import json
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from evidence.figures import statement
from evidence.markdown import render
from evidence.models import Article, Profile
from stackbuilder import candidates
from tests.catalogue_facts import CATALOGUE
from tests.loaded_catalogue import loaded_catalogue
from tests.pages import elements, page_of

pytestmark = pytest.mark.django_db

catalogue = pytest.fixture(scope="module")(loaded_catalogue)

FOLDER = CATALOGUE / "articles"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.md"))
FEWEST_WORDS, MOST_WORDS = 900, 1500
# Numbers without a link beside them, and why they need none; at most twelve an article.
ALLOWED = {
    "thymosin-alpha-1-for-anti-inflammation": {
        "95": "the level of all intervals, said once under the table",
        "1": "where a ratio shows no difference, said once under the table",
    },
}
# The name of a thing is no figure: IL-2, COVID-19, alpha-1, CD4+, M2.
NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/])")
LINK = re.compile(r"\]\((/compounds/[^)#]+/(?:#[^)]*)?)\)")
BLOCK = re.compile(r"\n\s*\n|\n(?=[-|] ?)")


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


def numbers_in(text):
    """Return the numbers of a text without their signs, 0.80 as 0.8 and 1,089 as 1089."""
    return {plain(match) for match in NUMBER.findall(text)}


def plain(number):
    return f"{Decimal(str(number).replace(',', '')).normalize():f}".lstrip("-")


def numbers_of(row):
    """Return the numbers of a row of the catalogue, whether in columns or in its words."""
    if isinstance(row, dict):
        return set().union(*map(numbers_of, row.values()))
    if isinstance(row, list):
        return set().union(*map(numbers_of, row))
    if isinstance(row, str):
        return {plain(number) for number in re.findall(r"\d+(?:\.\d+)?", row)}
    return {plain(row)} if isinstance(row, int | float) and not isinstance(row, bool) else set()


def figures_of_profile(compound, goal):
    profile = Profile.objects.current().get(compound__slug=compound, goal__slug=goal)
    shares = {round(100 * profile.p_matters), round(100 * profile.p_harm), 80}
    return {plain(n) for n in (round(profile.mean, 2), round(profile.dependable, 2), *shares)}


def numbers_behind(address):
    """Return the numbers that a reader finds where a link leads to."""
    slug, _, anchor = address.removeprefix("/compounds/").partition("/#")
    compound = json.loads((CATALOGUE / "compounds" / f"{slug.strip('/')}.json").read_text())
    if anchor.startswith("goal-"):
        return figures_of_profile(slug, anchor.removeprefix("goal-"))
    section = {
        "": ("summary",),
        "doses": ("protocols", "mechanisms"),
        "safety": ("side_effects", "cautions", "interactions"),
        "legal-status": ("regulatory",),
    }.get(anchor)
    if section:
        return numbers_of([compound[part] for part in section])
    (finding,) = [one for one in compound["findings"] if one["key"] == anchor]
    (study,) = [one for one in compound["studies"] if one["key"] == finding["study"]]
    return numbers_of([finding, study])


def stray_numbers(body, allowed=()):
    """Return each number that no link of its own block leads to."""
    found = []
    for block in BLOCK.split(body):
        behind = set(allowed).union(*map(numbers_behind, LINK.findall(block)))
        text = re.sub(r"\]\([^)]*\)", "]", block)
        found += sorted(numbers_in(text) - behind)
    return found


def test_articles_are_shipped():
    assert "thymosin-alpha-1-for-anti-inflammation" in SLUGS
    assert set(ALLOWED) <= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_number_stands_where_its_links_lead(slug, articles):
    article = articles.get(slug=slug)
    allowed = ALLOWED.get(slug, {})

    assert stray_numbers(article.body, allowed) == []
    assert set(stray_numbers(article.body)) == set(allowed), "an entry that is no longer needed"
    assert len(allowed) <= 12
    assert numbers_in(article.title + article.summary) <= set(allowed)


@pytest.mark.parametrize(
    "text, stray",
    [
        ("[HR 0.97](/compounds/thymosin-alpha-1/#thymosin-alpha-1-01), p 0.82.", []),
        ("[HR 0.98](/compounds/thymosin-alpha-1/#thymosin-alpha-1-01).", ["0.98"]),
        ("HR 0.97.", ["0.97"]),
        ("[HR](/compounds/thymosin-alpha-1/#thymosin-alpha-1-01).\n\nIt was 0.97.", ["0.97"]),
        ("| [HR](/compounds/thymosin-alpha-1/#thymosin-alpha-1-01) |\n| 0.97 |", ["0.97"]),
        ("- [HR](/compounds/thymosin-alpha-1/#thymosin-alpha-1-01)\n- 0.97", ["0.97"]),
        ("[1,089 and 1,090](/compounds/thymosin-alpha-1/#thymosin-alpha-1-01).", ["1090"]),
        ("[0.72](/compounds/thymosin-alpha-1/#goal-anti-inflammation) and 0.73", ["0.73"]),
        ("IL-2, COVID-19, alpha-1, CD4+, CD4/CD8 and M2 are names.", []),
        ("It fell by −12.14 or 12 %.", ["12", "12.14"]),
    ],
)
def test_stray_number_is_found(text, stray, catalogue):
    assert stray_numbers(text) == stray


@pytest.mark.parametrize("slug", SLUGS)
def test_article_says_what_the_profile_says(slug, articles):
    article = articles.get(slug=slug)
    profile = Profile.objects.current().get(compound=article.compound, goal=article.goal)
    words = statement(profile, "", "").strip(" .").removesuffix(" on").removesuffix(" for")

    assert f"letter {profile.letter}, {profile.verdict}" in article.body
    assert words in article.body
    assert f"{profile.get_certainty_display()} certainty" in article.body


@pytest.mark.parametrize("slug", SLUGS)
def test_article_is_long_enough_and_not_too_long(slug, articles):
    assert FEWEST_WORDS <= render(articles.get(slug=slug).body).words <= MOST_WORDS


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
