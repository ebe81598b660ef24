"""A curator types a finding in a real browser and sees what it would come to."""

import re

import pytest
from playwright.sync_api import expect

NAME, PASSWORD = "preview-curator", "only-for-this-journey"


@pytest.fixture(scope="module")
def curator(site):
    """An account on the running site that may do everything."""
    account = ("--username", NAME, "--email", "preview@example.org")
    site.manage("createsuperuser", "--no-input", *account, DJANGO_SUPERUSER_PASSWORD=PASSWORD)


def log_in(site, page):
    page.goto(f"{site.url}/admin/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Findings", exact=True).first).to_be_visible()


def choose(page, field, term, name):
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(term)
    page.locator(".select2-results__option", has_text=re.compile(name)).first.click()


@pytest.mark.browser
def test_new_finding_is_read_and_placed_while_it_is_typed(site, curator, page):
    log_in(site, page)
    page.goto(f"{site.url}/admin/evidence/finding/add/")
    preview = page.locator("#finding-preview")
    expect(preview).to_contain_text("Compound: This field is required.")

    choose(page, "compound", "valerian", "^Valerian")
    choose(page, "study", "melatonin", "Meta-analysis: melatonin")
    choose(page, "outcome", "fall asleep", "Time to fall asleep")
    expect(page.locator("#finding-units")).to_contain_text("lower is better")
    page.locator("#id_measure").select_option("MD")
    page.locator("#id_unit").fill("min")
    page.locator("#id_estimate").fill("-25")
    page.locator("#id_result").select_option("benefit")
    expect(preview).to_contain_text("Not counted, because: no usable figure.")
    page.locator("#id_ci_low").fill("-20")
    expect(preview).to_contain_text("It cannot be read yet:")
    page.locator("#id_ci_low").fill("-30")
    page.locator("#id_ci_high").fill("-20")

    expect(preview).to_contain_text("Counted.")
    expect(preview).to_contain_text(re.compile(r"Valerian for Sleep .*place \d"))
    expect(preview).to_contain_text("Comparator: This field is required.")


@pytest.mark.browser
def test_button_gives_the_preview_without_script(site, curator, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(site, page)
    page.goto(f"{site.url}/admin/evidence/finding/?q=melatonin-01")
    page.get_by_role("link", name="melatonin-01", exact=True).click()
    page.locator("#id_estimate").fill("-9")

    page.get_by_role("button", name="Preview").click()

    expect(page.locator("#finding-preview")).to_contain_text("Benefit in MID units 0.45")
    expect(page.locator("#id_estimate")).to_have_value("-9")
    context.close()
