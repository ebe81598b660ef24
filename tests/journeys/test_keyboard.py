"""From goals to a study by keyboard alone: every stop shows the focus, and a swap keeps it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import RISING, STUDY, card_of, ranking_of
from tests.journeys.keyboard import focus_of, tab_to

pytestmark = pytest.mark.browser


def test_first_stop_skips_to_the_content(visit):
    page = visit("/")
    skip = page.get_by_role("link", name="Skip to content")

    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")

    assert focus_of(page)["id"] == page.locator("#content a").first.get_attribute("id")


def test_keyboard_leads_from_goals_to_a_study(visit, weighed):
    page = visit("/")
    page.evaluate("window.isSamePage = true")

    tab_to(page, "goal-sleep")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove Sleep")).to_be_focused()
    tab_to(page, "goal-stress-anxiety")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove Stress & Anxiety")).to_be_focused()
    tab_to(page, "weight-sleep-3", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#weight-sleep-3")).to_have_attribute("aria-current", "true")
    assert focus_of(page)["id"] == "weight-sleep-3"
    assert ranking_of(page) == weighed

    tab_to(page, f"why-{RISING}")
    page.keyboard.press("Enter")
    expect(card_of(page, RISING).get_by_role("table")).to_be_visible()
    assert focus_of(page)["id"] == f"why-{RISING}"
    assert page.evaluate("isSamePage")
    tab_to(page, STUDY)
    page.keyboard.press("Enter")
    expect(page.locator("tr:target .outcome")).to_have_text(STUDY)
