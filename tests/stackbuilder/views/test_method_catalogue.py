"""The method page over the shipped catalogue: its example, read off the page."""

import pytest

from evidence.figures import signed
from evidence.models import Compound
from stackbuilder.method_page import EXAMPLE
from tests.catalogue_facts import read_reference
from tests.pages import (
    bare_letters,
    element,
    elements,
    inline_parts,
    page_of,
    repeated_ids,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

URL = "/method/"


def page(client):
    response = client.get(URL)
    assert response.status_code == 200
    return page_of(response)


def test_method_page_holds_nothing_inline_and_no_bare_letter(client):
    response = client.get(URL)

    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)


def test_example_has_the_figures_of_the_reference(client):
    tree = page(client)

    expected = next(
        one for one in read_reference()["profiles"] if (one["compound"], one["goal"]) == EXAMPLE
    )
    steps = text_of(element(tree, id="steps"))
    for name in ("mean", "sd", "dependable"):
        assert signed(expected[name], 3) in steps, name
    rows = elements(element(tree, "table", id="weight-table"), "tr")[1:-2]
    printed_rows = sorted(
        tuple(text_of(cell).split()[0] for cell in elements(row, "td")) for row in rows
    )
    assert [(row[0], row[1], row[-1]) for row in printed_rows] == sorted(
        (signed(one["y"], 3), signed(one["v"], 3), signed(one["contribution"], 3))
        for one in expected["clusters"]
    )


def test_example_follows_the_odds_ratio_from_print_to_verdict(client):
    tree = page(client)

    steps = text_of(element(tree, id="steps"))
    for step in (
        "OR 0.82 (95 % CI 0.65 to 1.03), p 0.09",
        "= 0.5 · ln 0.82 = −0.0992",
        "SE = (0.0148 − (−0.2154)) ÷ (2 · 1.9600) = 0.0587",
        "MID = −0.1054, a ratio of 0.9 as a logarithm",
        "0.75 for inconsistency: serious (reviews disagree)",
        "= 0.311 + 0.625 = 0.936",
        "0 % (very low), 1 % (low), 100 % (moderate), 100 % (high)",
        "by its body level alone B; the weaker of the two is D",
        "None of the above fits. It fits.",
    ):
        assert step in steps, step


def test_example_shows_the_profile_as_its_compound_does(client):
    section = element(page(client), "section", id="goal-anti-inflammation")
    other = page_of(client.get("/compounds/thymosin-alpha-1/"))

    assert elements(section, class_="forest-table")
    assert text_of(section) == text_of(element(other, "section", id="goal-anti-inflammation"))


def test_example_of_a_compound_that_is_not_published_is_not_shown(client):
    Compound.objects.filter(slug=EXAMPLE[0]).update(published_at=None, published_by=None)

    assert "is not loaded" in text_of(element(page(client), id="example"))
