"""The admin in a real browser: every page keeps the site's Content-Security-Policy."""

import re

import pytest
from playwright.sync_api import expect

NAME, PASSWORD = "journey-curator", "only-for-this-journey"


@pytest.fixture(scope="module")
def curator(site):
    """An account on the running site that may do everything."""
    account = ("--username", NAME, "--email", "curator@example.org")
    site.manage("createsuperuser", "--no-input", *account, DJANGO_SUPERUSER_PASSWORD=PASSWORD)


@pytest.fixture
def admin(site, curator, page):
    """A page on which the curator has logged in."""
    page.goto(f"{site.url}/admin/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Findings", exact=True).first).to_be_visible()
    return page


@pytest.mark.browser
def test_finding_is_found_chosen_for_and_its_past_read(site, admin):
    admin.goto(f"{site.url}/admin/evidence/finding/?q=melatonin-01")
    admin.get_by_role("link", name="melatonin-01", exact=True).click()
    expect(admin.get_by_role("heading", name="What was found")).to_be_visible()

    admin.locator(".field-compound .select2-selection").click()
    admin.locator(".select2-dropdown .select2-search__field").fill("ashwa")
    admin.locator(".select2-results__option", has_text="Ashwagandha").click()
    chosen = admin.locator(".field-compound .select2-selection__rendered")
    expect(chosen).to_contain_text("Ashwagandha")

    admin.get_by_role("link", name="History", exact=True).click()
    # Other journeys edit this finding too: the oldest record is what the catalogue says.
    admin.locator("#change-history tbody th").last.get_by_role("link").click()
    expect(admin.locator(".field-estimate")).to_contain_text("-7.06")
    expect(admin.get_by_role("button", name="Revert")).to_have_count(0)


@pytest.mark.browser
def test_row_added_beside_a_compound_can_choose(site, admin):
    admin.goto(f"{site.url}/admin/evidence/compound/?q=melatonin")
    admin.get_by_role("link", name="Melatonin", exact=True).click()
    admin.locator("#cautions-group summary").first.click()

    admin.get_by_role("button", name="Add another Caution").click()

    row = admin.locator("#cautions-group .inline-related.last-related:not(.empty-form)")
    row.locator(".field-condition .select2-selection").click()
    admin.locator(".select2-dropdown .select2-search__field").fill("epilep")
    admin.locator(".select2-results__option", has_text=re.compile("epilep", re.I)).click()
    expect(row.locator(".select2-selection__rendered").first).to_contain_text(
        re.compile("epilep", re.I)
    )


@pytest.mark.browser
def test_every_kind_of_page_opens(site, admin):
    links = admin.locator("#content-main .app-evidence a").all()
    paths = {link.get_attribute("href") for link in links}
    paths |= {f"/admin/evidence/{place}/" for place in ("finding/1/delete", "goal/1/history")}

    opened = {path: admin.goto(f"{site.url}{path}").status for path in sorted(paths)}

    assert "/admin/evidence/finding/add/" in opened
    assert "/admin/evidence/profile/" in opened
    assert set(opened.values()) == {200}
