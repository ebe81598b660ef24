"""The builder over the shipped catalogue: the promises, read off the page."""

import re

import pytest
from django.test import Client

from evidence.models import Goal
from stackbuilder.candidates import snapshot
from tests.catalogue_facts import read_reference
from tests.pages import (
    bare_letters,
    element,
    elements,
    hrefs,
    inline_parts,
    number,
    page_of,
    policy_of,
    repeated_ids,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

REFERENCE = read_reference()["ranking"]
WEIGHTS = REFERENCE["weights"]
URL = "/?" + "&".join(f"goal={goal}:{weight}" for goal, weight in WEIGHTS.items())
SLUGS = [row["compound"] for row in REFERENCE["rows"]]
ROUNDING = 0.0005  # half a unit of the third decimal, in which the reasons are printed


@pytest.fixture(scope="module")
def opened(catalogue, django_db_blocker):
    """The page with the reasons of one compound open, for each compound ranked."""
    with django_db_blocker.unblock():
        return {slug: page_of(Client().get(f"{URL}&why={slug}")) for slug in SLUGS}


def cards(tree):
    return {
        dict(card.attributes)["id"].removeprefix("place-"): card
        for card in elements(tree, "li", class_="card")
    }


def sums(tree):
    """Return [(goal's term, terms of its studies)] and the total, as printed."""
    table = element(tree, "table", class_="sums")
    goals = []
    for body in elements(table, "tbody"):
        first, *rest = [elements(row, "td", class_="num") for row in elements(body, "tr")]
        goals.append((number(text_of(first[0])), [number(text_of(row[0])) for row in rest if row]))
    (total,) = elements(element(table, "tfoot"), "td", class_="num")
    return goals, number(text_of(total))


def test_ranking_is_that_of_the_reference(client):
    tree = page_of(client.get(URL))

    assert WEIGHTS == {"sleep": 2, "stress-anxiety": 1}
    assert list(cards(tree)) == SLUGS
    apart = elements(element(tree, class_="apart__list"), "a")
    assert hrefs(element(tree, class_="apart__list")) == [
        f"/compounds/{slug}/" for slug in REFERENCE["listed_apart"]
    ]
    assert len(apart) == 3


def test_ranking_has_the_figures_of_the_reference(client):
    ranking, _, _ = snapshot().ranked(WEIGHTS)

    for found, expected in zip(ranking, REFERENCE["rows"], strict=True):
        assert found.slug == expected["compound"]
        for figure in ("mean", "sd", "dependable"):
            assert getattr(found, figure) == pytest.approx(expected[figure], abs=1e-6)


def test_likely_places_contain_the_place(client):
    tree = page_of(client.get(URL))

    for place, card in enumerate(cards(tree).values(), 1):
        likely = text_of(element(card, class_="card__likely"))
        low, _, high = likely.removeprefix("likely ").partition("–")
        assert number(text_of(element(card, class_="card__number"))) == place
        assert 1 <= int(low) <= place <= int(high or low) <= len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_reasons_add_up_goal_by_goal_and_to_the_best_estimate(opened, slug):
    goals, total = sums(cards(opened[slug])[slug])

    assert len(goals) == 2
    for term, studies in goals:
        assert sum(studies) == pytest.approx(term, abs=ROUNDING * (len(studies) + 1))
    assert sum(term for term, _ in goals) == pytest.approx(total, abs=ROUNDING * 3)


@pytest.mark.parametrize("slug", SLUGS)
def test_reasons_are_the_figures_that_were_ranked(opened, slug):
    ranking, _, _ = snapshot().ranked(WEIGHTS)
    ranked = ranking.at(SLUGS.index(slug) + 1)

    goals, total = sums(cards(opened[slug])[slug])

    assert total == pytest.approx(ranked.mean, abs=ROUNDING)
    assert [term for term, _ in goals] == pytest.approx(
        [term.term for term in ranked.terms], abs=ROUNDING
    )
    words = text_of(element(opened[slug], class_="why"))
    for figure in (ranked.mean, ranked.sd, ranked.dependable):
        assert f"{figure:.3f}".replace("-", "−") in words


@pytest.mark.parametrize("slug", SLUGS)
def test_each_reason_leads_to_its_finding(opened, client, slug):
    links = hrefs(element(cards(opened[slug])[slug], "table", class_="sums"))

    page = page_of(client.get(f"/compounds/{slug}/"))
    ids = {dict(one.attributes).get("id") for one in elements(page)}

    assert links
    for link in links:
        path, _, key = link.partition("#")
        assert path == f"/compounds/{slug}/"
        assert key in ids


@pytest.mark.parametrize("slug", SLUGS)
def test_what_was_not_counted_can_be_looked_up_too(opened, slug):
    for entry in elements(opened[slug], "ul", class_="uncounted"):
        for row in elements(entry, "li"):
            links = element(row, class_="links")
            assert hrefs(links) or text_of(links)
            assert text_of(element(row, class_="why-not"))


def test_builder_of_every_goal_keeps_the_rules_of_a_page(client):
    for slug in Goal.objects.values_list("slug", flat=True):
        response = client.get(f"/?goal={slug}")

        assert response.status_code == 200
        assert not bare_letters(response), slug
        assert not inline_parts(response), slug
        assert not repeated_ids(response), slug
        assert elements(page_of(response), class_="badge"), slug


def test_builder_speaks_of_every_badge_in_words(client):
    tree = page_of(client.get("/?goal=sleep&goal=heart-health&goal=immune-support"))

    badges = [text_of(badge) for badge in elements(tree, class_="badge")]
    assert len(badges) > 50
    pattern = r"[ABCDF–] (Sleep|Heart Health|Immune Support) [a-z][a-z ,-]+"
    assert [badge for badge in badges if not re.fullmatch(pattern, badge)] == []


def test_builder_lets_nothing_in_from_elsewhere(client):
    policy = policy_of(client.get(URL))

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert not [source for sources in policy.values() for source in sources if "unsafe" in source]
