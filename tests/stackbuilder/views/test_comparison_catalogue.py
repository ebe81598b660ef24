"""Comparisons over the shipped catalogue."""

from itertools import pairwise

import pytest

from evidence.models import Compound, Goal, Interaction, Profile
from tests.pages import (
    bare_letters,
    element,
    elements,
    hrefs,
    inline_parts,
    number,
    page_of,
    repeated_ids,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SLUGS = ("melatonin", "valerian", "saffron", "ashwagandha")
URL = "/compare/?" + "&".join(f"in={slug}" for slug in SLUGS)


def row(tree, heading):
    """Return the cells of the row with this heading."""
    for one in elements(tree, "tr"):
        if (heads := elements(one, "th", scope="row")) and text_of(heads[0]).startswith(heading):
            return elements(one, "td")
    raise AssertionError(f"no row {heading}")


def test_sleep_is_compared_with_the_figures_of_the_profiles(client):
    tree = page_of(client.get(f"{URL}&goal=sleep"))
    sleep = element(tree, id="goal-sleep")
    profiles = {
        one.compound.slug: one
        for one in Profile.objects.current().filter(goal__slug="sleep").select_related("compound")
    }

    printed = [number(text_of(cell)) for cell in row(sleep, "80 % sure of at least")]

    assert printed == [round(profiles[slug].dependable, 2) for slug in SLUGS]
    assert text_of(element(tree, "h1")) == "Melatonin, valerian, saffron or ashwagandha"
    best = max(SLUGS, key=lambda slug: profiles[slug].dependable)
    assert f"{best.capitalize()} has the largest dependable benefit" in text_of(sleep)
    for cell, slug in zip(row(sleep, "Verdict"), SLUGS, strict=True):
        assert text_of(cell) == f"{profiles[slug].letter} {profiles[slug].verdict}"


def test_goals_are_those_that_any_of_them_was_studied_for(client):
    tree = page_of(client.get(URL))

    shown = [dict(one.attributes)["id"] for one in elements(tree, "section", class_="goal")]

    profiles = Profile.objects.current().filter(compound__slug__in=SLUGS)
    studied = Goal.objects.filter(pk__in=profiles.values("goal"))
    assert shown == [f"goal-{goal.slug}" for goal in studied]
    assert len(shown) > 3


def test_pregnancy_speaks_against_all_four_and_stands_once(client):
    safety = element(page_of(client.get(URL)), id="safety")

    levels = [text_of(cell).partition(".")[0] for cell in row(safety, "Pregnant")]

    assert levels == ["Contraindicated", "Contraindicated", "Avoid", "Contraindicated"]


def test_every_compound_can_be_compared_and_its_links_lead_somewhere(client):
    slugs = list(Compound.objects.order_by("slug").values_list("slug", flat=True))

    for one, other in pairwise(slugs):
        response = client.get(f"/compare/?in={one}&in={other}")

        assert response.status_code == 200, (one, other)
        assert not bare_letters(response), (one, other)
        assert not inline_parts(response), (one, other)
        assert not repeated_ids(response), (one, other)


def test_links_to_findings_and_studies_lead_to_pages_that_hold_them(client):
    links = {link for link in hrefs(element(page_of(client.get(URL)), "main")) if link[0] == "/"}
    paths = {link.partition("#")[0] for link in links}
    pages = {path: client.get(path) for path in sorted(paths)}

    assert {response.status_code for response in pages.values()} == {200}
    for link in links:
        path, _, anchor = link.partition("#")
        if anchor:
            ids = {dict(one.attributes).get("id") for one in elements(page_of(pages[path]))}
            assert anchor in ids, link


def test_interaction_of_two_that_are_compared_stands_above_them_with_its_severity(client):
    recorded = Interaction.objects.filter(
        other_compound__published_at__isnull=False, severity="major"
    ).select_related("compound", "other_compound")
    assert recorded

    for one in recorded:
        url = f"/compare/?in={one.compound.slug}&in={one.other_compound.slug}"
        safety = element(page_of(client.get(url)), id="safety")

        (pair,) = elements(safety, "ul", class_="facts-list")
        assert one.compound.name in text_of(pair)
        assert one.other_compound.name in text_of(pair)
        assert ": major." in text_of(pair)
