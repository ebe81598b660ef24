"""Reporting an error: from a figure to the thanks, with and without JavaScript, and by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIGURE = "/report/?page=/compounds/melatonin/&figure=melatonin-01"
TEXT = "The study says seven minutes, and this page says something else."


def forget_status(page, status):
    """Take note of a refusal that was meant: the console names it."""
    assert [text for text in page.problems if f"status of {status}" not in text] == []
    page.problems.clear()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_reader_reports_a_figure_and_is_thanked(visit, has_javascript):
    page = visit("/compounds/melatonin/", java_script_enabled=has_javascript)

    page.locator("tr#melatonin-01").get_by_role("link", name="Report an error").click()
    expect(page.get_by_label("Page")).to_have_value("/compounds/melatonin/")
    expect(page.get_by_label("Figure")).to_have_value("melatonin-01")
    page.get_by_label("What is wrong").fill(TEXT)
    page.get_by_role("button", name="Send the report").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your report has arrived")
    assert page.url.endswith("/report/thanks/")


@pytest.mark.parametrize("has_javascript", [True, False])
def test_refused_report_is_explained_and_can_be_mended(visit, has_javascript):
    page = visit(FIGURE, java_script_enabled=has_javascript)
    page.get_by_label("What is wrong").fill("Wrong")
    page.get_by_label("Your e-mail address").fill("ann")

    page.get_by_role("button", name="Send the report").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The report was not sent.")
    expect(alert).to_be_focused()
    expect(page.get_by_label("Figure")).to_have_value("melatonin-01")
    expect(page.get_by_label("What is wrong")).to_have_value("Wrong")
    expect(page.get_by_label("What is wrong")).to_have_accessible_description(
        "At most 4,000 characters. Please leave out anything about your own health. "
        "Error: Say a little more: at least 10 characters."
    )
    page.get_by_label("What is wrong").fill(TEXT)
    page.get_by_label("Your e-mail address").fill("")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    forget_status(page, 422)


def test_keyboard_alone_reports_and_reaches_no_hidden_field(visit):
    page = visit(FIGURE)
    page.get_by_label("Page").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Figure")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(TEXT)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Source")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your e-mail address")).to_be_focused()

    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the report")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_link_in_a_refusal_leads_into_its_field(visit):
    page = visit(FIGURE)
    page.get_by_role("button", name="Send the report").click()

    page.get_by_role("alert").get_by_role("link", name="What is wrong").press("Enter")

    expect(page.get_by_label("What is wrong")).to_be_focused()
    forget_status(page, 422)


def test_form_without_its_cookie_is_refused_in_words(visit):
    page = visit(FIGURE)
    page.get_by_label("What is wrong").fill(TEXT)
    page.context.clear_cookies()

    page.get_by_role("button", name="Send the report").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The form was not sent")
    page.go_back()
    expect(page.get_by_label("What is wrong")).to_have_value(TEXT)
    forget_status(page, 403)
