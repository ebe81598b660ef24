"""The curator's desk and the history of rows, in a browser: they break no rule of axe."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.journeys.curator import make_account
from tests.journeys.test_accessibility import ALWAYS, AXE, RUN_AXE, WIDTHS

pytestmark = pytest.mark.browser

COMPOUNDS = "/admin/evidence/compound/?q=melatonin"


@pytest.fixture
def desk(site, visit):
    """The desk, on a phone, of somebody who may do everything."""
    name, password = make_account(site)
    page = visit("/admin/login/?next=/admin/", viewport={"width": 360, "height": 800})
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("row", name="Your drafts of findings nothing")).to_be_visible()
    return page


def assert_fit(page):
    """Run axe on a phone in the light and on a wide screen in the dark.

    Each is loaded anew, because the admin's links fade from the colours of one into the other's.
    """
    for width, scheme in zip(WIDTHS, ("light", "dark"), strict=True):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.reload()
        page.evaluate(AXE_SCRIPT)

        found = page.evaluate(RUN_AXE, AXE)

        where = f"{page.url}, {width} px, {scheme}:\n"
        assert found["violations"] == [], where + "\n".join(found["violations"])
        assert set(found["passes"]) >= ALWAYS, where
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where


def test_desk_is_accessible_and_leads_to_what_it_counts(desk):
    assert_fit(desk)
    row = desk.get_by_role("row", name="Compounds with cautions from weak sources")
    count = row.get_by_role("cell").inner_text()

    row.get_by_role("link").click()

    expect(desk.locator(".paginator")).to_contain_text(f"{count} compounds")


def test_history_is_accessible_from_the_list_to_the_way_back(desk):
    desk.goto(desk.url.split("/admin/")[0] + COMPOUNDS)
    desk.locator("#result_list tbody th a").first.click()
    desk.get_by_role("link", name="History").click()
    assert_fit(desk)

    desk.get_by_role("button", name="Compare the two chosen").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Two versions of Melatonin")
    assert_fit(desk)

    desk.get_by_role("link", name="All versions").click()
    desk.get_by_role("link", name="Go back to").first.click()
    expect(desk.get_by_role("heading", name="What would change")).to_be_visible()
    assert_fit(desk)
