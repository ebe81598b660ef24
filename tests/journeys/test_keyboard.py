"""From goals to a study by keyboard alone: every stop shows the focus, and a swap keeps it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import RISING, STUDY, card_of, ranking_of

pytestmark = pytest.mark.browser

TABS_AT_MOST = 90
RING = 2  # CSS pixels, the least that a focus ring measures
READ_FOCUS = """
() => {
  const focused = document.activeElement
  const style = getComputedStyle(focused)
  const box = focused.getBoundingClientRect()
  return {
    id: focused.id,
    text: focused.textContent.trim(),
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }
}
"""


def focus_of(page):
    """Return what has the focus; wherever it is, it must be seen."""
    focus = page.evaluate(READ_FOCUS)
    assert focus["ring"] >= RING, f"no visible focus on {focus}"
    assert focus["isOnScreen"], f"the focus is off the screen, on {focus}"
    return focus


def tab_to(page, wanted, key="Tab"):
    """Press Tab until what has the id or the text `wanted` has the focus."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press(key)
        focus = focus_of(page)
        if wanted in (focus["id"], focus["text"]):
            return
    pytest.fail(f"{TABS_AT_MOST} times {key} did not reach {wanted}")


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
