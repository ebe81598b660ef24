"""Finding a compound: by filter, live and by plain form, by the search box, and by region."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import query_of

pytestmark = pytest.mark.browser

ALIAS, NAME = "Zadaxin", "Thymosin alpha-1"


def names_on(page):
    """Return the compounds that a list shows, in its order."""
    return page.locator(".row h3 a").all_inner_texts()


def count_of(page):
    """Return the heading over a list, which counts it."""
    return page.locator("#compound-count").inner_text()


@pytest.fixture
def for_sleep(visit):
    """The compounds for sleep on a fresh page at their address."""
    return names_on(visit("/compounds/?goal=sleep"))


def test_filter_swaps_the_list_and_announces_how_many_match(visit, for_sleep):
    page = visit("/compounds/")
    everything = names_on(page)
    page.evaluate("window.isSamePage = true")
    page.get_by_label("Goal").focus()

    page.get_by_label("Goal").select_option("Sleep")

    expect(page.locator("#compound-count")).to_have_text(f"{len(for_sleep)} compounds")
    expect(page.get_by_role("status")).to_have_text(f"{len(for_sleep)} compounds match")
    assert names_on(page) == for_sleep
    assert 0 < len(for_sleep) < len(everything)
    assert ("goal", "sleep") in query_of(page)
    expect(page.get_by_label("Goal")).to_be_focused()
    assert page.evaluate("isSamePage")

    page.reload()
    assert names_on(page) == for_sleep
    expect(page.get_by_label("Goal")).to_have_value("sleep")
    page.go_back()
    expect(page.locator("#compound-count")).to_have_text(f"{len(everything)} compounds")
    assert names_on(page) == everything


def test_filters_work_by_the_button_without_javascript(visit, for_sleep):
    page = visit("/compounds/", java_script_enabled=False)
    page.get_by_label("Goal").select_option("Sleep")
    page.get_by_label("Sort by").select_option("dependable benefit")

    page.get_by_role("button", name="Show").click()

    assert sorted(names_on(page)) == sorted(for_sleep)
    assert names_on(page) != for_sleep
    assert {("goal", "sleep"), ("sort", "benefit")} <= set(query_of(page))
    expect(page.get_by_label("Goal")).to_have_value("sleep")


def test_filters_that_nothing_matches_say_so(visit):
    page = visit("/compounds/?goal=sleep")

    page.get_by_label("Name", exact=True).fill("semaglutide")
    page.get_by_label("Name", exact=True).press("Enter")

    expect(page.get_by_role("status")).to_have_text("0 compounds match")
    expect(page.get_by_text("No compound matches. Take a filter away.")).to_be_visible()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_search_box_on_any_page_finds_a_compound_by_another_name(visit, has_javascript):
    page = visit("/method/", java_script_enabled=has_javascript)

    page.get_by_label("Search the site").fill(ALIAS)
    page.keyboard.press("Enter")

    expect(page.locator("#search-results .row h3 a").first).to_have_text(NAME)
    assert query_of(page) == [("q", ALIAS)]
    expect(page.locator("#q")).to_have_value(ALIAS)


@pytest.mark.parametrize("has_javascript", [True, False])
def test_region_leaves_what_may_be_listed_there(visit, has_javascript):
    page = visit("/compounds/melatonin/vendors/", java_script_enabled=has_javascript)
    page.evaluate("window.isSamePage = true")
    covered = page.locator(".leave").count()

    page.get_by_label("Where you would buy").select_option("United Kingdom")
    if not has_javascript:
        page.get_by_role("button", name="Show").click()

    expect(page.locator(".here")).to_contain_text("United Kingdom: prescription only")
    here = page.locator(".leave").count()
    assert 0 < here < covered
    assert query_of(page) == [("region", "UK")]
    if has_javascript:
        expect(page.get_by_role("status")).to_have_text(
            re.compile(rf"^{here} registers? and 0 sellers for United Kingdom$")
        )
        assert page.evaluate("isSamePage")
