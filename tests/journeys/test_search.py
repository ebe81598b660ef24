"""Searching: as one types, by keyboard, and by plain form."""

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import query_of
from tests.journeys.keyboard import focus_of

pytestmark = pytest.mark.browser


def titles_on(page):
    """Return what was found, in its order."""
    return page.locator("#search-results .row h3 a").all_inner_texts()


def test_results_follow_what_is_typed_and_are_announced(visit):
    page = visit("/search/")
    page.evaluate("window.isSamePage = true")
    box = page.get_by_label("Compound, goal, outcome or deep dive")

    box.press_sequentially("insomn")

    expect(page.locator("#search-count")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("first")
    box.press_sequentially("ia")
    expect(page.get_by_role("status")).to_contain_text("first Sleep")
    assert titles_on(page)[0] == "Sleep"
    assert query_of(page) == [("q", "insomnia")]
    assert page.evaluate("isSamePage")

    page.reload()
    assert titles_on(page)[0] == "Sleep"
    expect(box).to_have_value("insomnia")


def test_keyboard_leads_from_the_box_to_the_first_hit(visit):
    page = visit("/search/?q=tumeric")
    page.get_by_label("Compound, goal, outcome or deep dive").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert focus_of(page)["text"] == "Curcumin (turmeric extract)"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Curcumin")


def test_search_works_by_the_button_without_javascript(visit):
    page = visit("/search/", java_script_enabled=False)
    page.get_by_label("Compound, goal, outcome or deep dive").fill("talpha1")

    page.get_by_role("main").get_by_role("button", name="Search").click()

    expect(page.locator("#search-count")).to_be_visible()
    assert titles_on(page)[0] == "Thymosin alpha-1"
    assert query_of(page) == [("q", "talpha1")]


def test_outcome_leads_to_its_row_on_the_page_of_its_goal(visit):
    page = visit("/search/?q=jet+lag")

    page.locator("#search-results").get_by_role("link", name="Jet-lag symptoms").click()

    expect(page.locator("tr:target")).to_contain_text("Jet-lag symptoms")


def test_nothing_found_leads_on(visit):
    page = visit("/search/?q=milk+thistle")

    expect(page.get_by_role("heading", name="Nothing found for “milk thistle”")).to_be_visible()
    page.locator("#search-results").get_by_role("link", name="All 48 compounds").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Compounds")
