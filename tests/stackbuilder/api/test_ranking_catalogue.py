"""The ranking by API is the page's: read off the page, place by place, for 100 random requests."""

import random
import re
from urllib.parse import urlencode

import pytest

from evidence.figures import signed
from evidence.models import Goal
from stackbuilder.regions import region_choices
from tests.pages import element, elements, number, page_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SEED, REQUESTS = 20261122, 100
NUMBERS = re.compile(r"[−-]?\d+(?:\.\d+)?")


def random_query(draw, goals):
    chosen = draw.sample(goals, draw.randint(1, 4))
    pairs = [("goal", draw.choice([slug, f"{slug}:{draw.randint(1, 3)}"])) for slug in chosen]
    optional = {
        "region": [code for code, _ in region_choices() if code],
        "injections": ["no"],
        "tested": ["yes"],
        "certainty": ["low", "moderate", "high"],
        "evidence": ["1"],
    }
    pairs += [
        (name, draw.choice(values)) for name, values in optional.items() if draw.random() < 0.4
    ]
    return urlencode(pairs, safe=":")


@pytest.mark.parametrize("turn", range(REQUESTS))
def test_ranking_is_the_page_s(client, turn):
    draw = random.Random(SEED + turn)
    query = random_query(draw, list(Goal.objects.values_list("slug", flat=True)))

    page = page_of(client.get(f"/?{query}"))
    answer = client.get(f"/api/v1/ranking/?{query}").json()

    shown = [_card(card) for card in elements(page, "li", class_="card")]
    assert [_item(item, answer["goals"]) for item in answer["items"]] == shown
    assert answer["total"] == len(shown)
    assert sorted(one["name"] for one in answer["left_out"]) == _names(page, "left-out__list")
    assert sorted(one["name"] for one in answer["listed_apart"]) == _names(page, "apart__list")


def test_random_requests_are_of_every_sort(client):
    goals = list(Goal.objects.values_list("slug", flat=True))
    queries = [random_query(random.Random(SEED + turn), goals) for turn in range(REQUESTS)]
    answers = [client.get(f"/api/v1/ranking/?{query}").json() for query in queries]

    for sort in ("items", "left_out", "listed_apart"):
        assert sum(bool(answer[sort]) for answer in answers) > REQUESTS / 5
    assert len({len(answer["goals"]) for answer in answers}) == 4


def test_terms_add_up_to_the_mean(client):
    answer = client.get("/api/v1/ranking/?goal=sleep:3&goal=mood&goal=fat-loss:2").json()

    assert answer["items"]
    for item in answer["items"]:
        assert sum(term["term"] for term in item["terms"]) == pytest.approx(item["mean"])
        assert sum(term["share"] for term in item["terms"]) == pytest.approx(1)
        assert item["likely_first"] <= item["place"] <= item["likely_last"]


def test_ranking_of_an_earlier_version_says_so(client):
    answer = client.get("/api/v1/ranking/?goal=sleep&evidence=1").json()

    assert (answer["evidence_version"], answer["newest_evidence_version"]) == (1, 1)
    assert answer["page_url"] == "http://testserver/?goal=sleep:1&evidence=1"


def test_pages_of_a_ranking_make_the_whole(client):
    whole = client.get("/api/v1/ranking/?goal=sleep&goal=mood").json()
    url, found, apart = "/api/v1/ranking/?goal=sleep&goal=mood&limit=4", [], []
    while url:
        answer = client.get(url).json()
        found += answer["items"]
        apart.append(answer["listed_apart"])
        url = answer["next"]

    assert found == whole["items"]
    assert apart[-1] == whole["listed_apart"]
    assert not any(apart[:-1])


def _card(card):
    """Return what the page prints of one place."""
    place, *likely = NUMBERS.findall(text_of(element(card, class_="card__place")).replace("–", " "))
    (bar,) = elements(card, "svg", class_="bar")
    figures = [number(one) for one in NUMBERS.findall(dict(bar.attributes)["aria-label"])]
    mean, dependable = figures[0], figures[-1]
    return {
        "name": text_of(element(element(card, "h3"), "a")),
        "place": int(place),
        "likely": (int(likely[0]), int(likely[-1])),
        "mean": mean,
        "dependable": dependable,
        "badges": [text_of(one) for one in elements(card, class_="badge")],
        "legal": [text_of(one).split(": ")[1] for one in elements(card, class_="card__legal")],
        "notes": len(elements(card, "li", class_="caution")),
    }


def _item(item, goals):
    """Return the same of the API's answer, rounded as the page rounds."""
    verdicts = {one["goal"]: f"{one['letter']} {{}} {one['verdict']}" for one in item["evidence"]}
    nothing = "– {} no study recorded"
    return {
        "name": item["name"],
        "place": item["place"],
        "likely": (item["likely_first"], item["likely_last"]),
        "mean": number(signed(item["mean"])),
        "dependable": number(signed(item["dependable"])),
        "badges": [verdicts.get(one["goal"], nothing).format(one["name"]) for one in goals],
        "legal": [item["legal_status"]] if item["legal_status"] else [],
        "notes": len(item["notes"]),
    }


def _names(page, css):
    """Return the names in the lists of this class, which may be several."""
    return sorted(
        text_of(elements(one, "a")[0])
        for group in elements(page, "ul", class_=css)
        for one in group.children
        if getattr(one, "name", "") == "li"
    )
