"""Compounds: the page's own list, and one with everything that is recorded."""

import pytest

from tests.factories import make_compound, make_finding, publish_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence")]

URL = "/api/v1/compounds/"


def names(client, query=""):
    return [item["compound"] for item in client.get(f"{URL}{query}").json()["items"]]


def test_compounds_are_filtered_and_sorted_as_on_the_page(client):
    assert names(client) == ["melatonin", "valerian", "zinc"]
    assert names(client, "?q=Val") == ["valerian"]
    assert names(client, "?goal=sleep&sort=benefit") == ["melatonin", "valerian", "zinc"]
    assert names(client, "?goal=mood") == []
    assert names(client, "?letter=%E2%80%93") == ["zinc"]
    assert names(client, "?kind=drug") == []


def test_compound_has_a_verdict_beside_each_letter(client):
    (item,) = client.get(f"{URL}?q=zinc&goal=sleep").json()["items"]

    assert item["evidence"] == [
        {"goal": "sleep", "letter": "–", "verdict": "no placebo-controlled evidence"}
    ]
    assert item["dependable"] is None


def test_compound_has_all_that_is_recorded(client):
    answer = client.get(f"{URL}melatonin/").json()

    item = answer["item"]
    assert (item["compound"], item["class"], item["routes"]) == ("melatonin", "hormone", ["oral"])
    assert [one["condition"] for one in item["cautions"]] == ["epilepsy"]
    assert [one["medicine_classes"] for one in item["interactions"]] == [["anticoagulants"]]
    assert [one["goal"] for one in item["profiles"]] == ["sleep"]
    assert item["side_effects"] == item["protocols"] == item["regulatory_statuses"] == []
    assert item["page_url"] == "http://testserver/compounds/melatonin/"
    assert "cost_commission" not in item


def test_interaction_names_no_draft(client):
    draft = make_compound("rapamycin", published=False)
    compound = make_finding(compound=make_compound("iron")).compound
    compound.interactions.create(other_compound=draft, with_text="it", severity="minor", effect="x")
    publish_all()

    (found,) = client.get(f"{URL}iron/").json()["item"]["interactions"]

    assert (found["with_text"], found["other_compound"]) == ("it", None)
