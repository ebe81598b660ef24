"""From goals to a study, by mouse: live, with the browser's own buttons, and without JavaScript."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import (
    RISING,
    STUDY,
    WEIGHED,
    card_of,
    choose_both_goals,
    place_of,
    query_of,
    ranking_of,
    weigh_sleep_fully,
)

pytestmark = pytest.mark.browser

BOTH_GOALS = [("goal", "sleep:3"), ("goal", "stress-anxiety:1")]
# Each figure is rounded to three decimals, and a sum of five may be off by so much.
ROUNDING = 0.0026


def number(text):
    """Read a printed figure, whose minus is a real one."""
    return float(text.strip().replace("−", "-"))


def figures(cells):
    """Return the figures of some cells."""
    return [number(text) for text in cells.all_inner_texts()]


def mark(page):
    """Leave a mark that a reload would wipe out; `page.evaluate("isSamePage")` reads it."""
    page.evaluate("window.isSamePage = true")


def test_visitor_weighs_goals_without_a_reload(visit, weighed):
    page = visit("/")
    mark(page)
    choose_both_goals(page)
    before = ranking_of(page)

    weigh_sleep_fully(page)

    after = ranking_of(page)
    assert [card.slug for card in after] != [card.slug for card in before]
    assert place_of(RISING, after) < place_of(RISING, before)
    assert {card.benefit for card in after}.isdisjoint(card.benefit for card in before)
    assert after == weighed
    assert [card.place for card in after] == list(range(1, len(after) + 1))
    assert query_of(page) == BOTH_GOALS
    assert page.title() == "Sleep, Stress & Anxiety, ranked by evidence · Stackbuilder"
    expect(page.locator("#weight-sleep-3")).to_be_focused()
    assert page.evaluate("isSamePage")


def test_change_of_weight_is_announced_with_who_leads(visit):
    page = visit("/?goal=sleep:1&goal=stress-anxiety:1")
    page.evaluate("window.region = document.getElementById('status')")
    expect(page.get_by_role("status")).to_have_text("")

    weigh_sleep_fully(page)

    first = page.locator(".card h3 a").first.inner_text()
    expect(page.get_by_role("status")).to_have_text(
        re.compile(rf"^\d+ compounds ranked; first is {re.escape(first)}$")
    )
    # A region that was put in anew says nothing: it must be the one that was there at the start.
    assert page.evaluate("region === document.getElementById('status')")


def test_reasons_open_in_place_and_add_up(visit):
    page = visit(WEIGHED)
    mark(page)
    card = card_of(page, RISING)

    card.get_by_role("link", name="Why this place").click()

    table = card.get_by_role("table")
    expect(table).to_be_visible()
    expect(card.locator(f"#why-{RISING}")).to_be_focused()
    expect(card.locator(f"#why-{RISING}")).to_have_attribute("aria-expanded", "true")
    total = number(table.locator("tfoot td.num").inner_text())
    goals = figures(table.locator("tr.sums__goal td.num"))
    studies = figures(table.locator("tbody tr:not(.sums__goal) td.num"))
    assert len(goals) == 2
    assert len(studies) >= 2
    assert sum(goals) == pytest.approx(total, abs=ROUNDING)
    assert sum(studies) == pytest.approx(total, abs=ROUNDING)
    expect(card.get_by_role("heading", name="Not counted for Sleep")).to_be_visible()
    assert query_of(page) == [*BOTH_GOALS, ("why", RISING)]
    assert page.evaluate("isSamePage")


def test_reasons_lead_to_the_study_and_its_source(visit):
    page = visit(f"{WEIGHED}&why={RISING}")

    card_of(page, RISING).get_by_role("table").get_by_role("link", name=STUDY).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Melatonin")
    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row.locator(".outcome")).to_have_text(STUDY)
    links = {
        link.inner_text(): link.get_attribute("href") for link in row.locator(".links a").all()
    }
    assert links == {
        "PMID 23691095": "https://pubmed.ncbi.nlm.nih.gov/23691095/",
        "DOI 10.1371/journal.pone.0063773": "https://doi.org/10.1371/journal.pone.0063773",
    }


def test_back_restores_each_ranking(visit):
    page = visit("/")
    choose_both_goals(page)
    before = ranking_of(page)
    weigh_sleep_fully(page)
    after = ranking_of(page)
    page.locator(".card h3 a").first.click()
    expect(page.locator("#evidence")).to_be_visible()

    page.go_back()
    expect(page.locator("#weight-sleep-3")).to_have_attribute("aria-current", "true")
    assert ranking_of(page) == after

    page.go_back()
    expect(page.locator("#weight-sleep-1")).to_have_attribute("aria-current", "true")
    assert ranking_of(page) == before


def test_last_goal_taken_away_leads_to_the_start(visit):
    page = visit("/?goal=sleep:2")
    mark(page)

    page.get_by_role("link", name="Remove Sleep").click()

    expect(page.get_by_text("Pick goals and weigh them.")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("No goal chosen")
    expect(page.get_by_role("link", name="Sleep", exact=True)).to_be_focused()
    expect(page).to_have_title("Stackbuilder")
    assert query_of(page) == []
    assert page.evaluate("isSamePage")


def test_plain_links_do_the_same_without_javascript(visit, weighed):
    page = visit("/", java_script_enabled=False)

    choose_both_goals(page)
    weigh_sleep_fully(page)

    assert ranking_of(page) == weighed
    assert query_of(page) == BOTH_GOALS
    card = card_of(page, RISING)
    card.get_by_role("link", name="Why this place").click()
    expect(card.get_by_role("table")).to_be_visible()
    expect(card).to_be_in_viewport()
    assert query_of(page) == [*BOTH_GOALS, ("why", RISING)]
    card.get_by_role("table").get_by_role("link", name=STUDY).click()
    expect(page.locator("tr:target .outcome")).to_have_text(STUDY)
    assert urlsplit(page.url).fragment == "melatonin-01"


def test_unknown_goal_is_named_and_the_rest_is_ranked(visit):
    page = visit("/?goal=sleep:2&goal=levitation")

    expect(page.get_by_role("alert")).to_contain_text("There is no goal called “levitation”.")
    assert place_of(RISING, ranking_of(page)) >= 1
    assert all("status of 400" in problem for problem in page.problems)
    page.problems.clear()


def test_refused_address_is_explained_in_a_swap_too(visit):
    page = visit("/?goal=sleep:2")
    mark(page)
    before = ranking_of(page)

    page.evaluate(
        "htmx.ajax('GET', '/?goal=sleep:2&goal=stress-anxiety:9',"
        " {target: '#builder', swap: 'outerHTML'})"
    )

    message = "The weight of stress-anxiety must be 1, 2 or 3, not “9”."
    expect(page.get_by_role("alert")).to_contain_text(message)
    expect(page.get_by_role("status")).to_have_text(message)
    assert ranking_of(page) == before
    assert page.evaluate("isSamePage")
    assert all("status of 400" in problem for problem in page.problems)
    page.problems.clear()


def test_address_of_nothing_leads_back_to_the_goals(visit):
    page = visit("/compounds/unheard-of/")
    assert all("status of 404" in problem for problem in page.problems)
    page.problems.clear()

    page.get_by_role("link", name="Start from your goals").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to improve?")
