"""A visitor saves a stack, shares it, takes it to a pharmacist on one page, and deletes it."""

import io
import re
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

FIVE = ("melatonin", "ashwagandha", "saffron", "magnesium", "valerian")
# Those of which the most is recorded.
FULLEST = ("st-johns-wort", "berberine", "caffeine", "semaglutide", "red-yeast-rice")
GOALS = "goal=sleep:2&goal=stress-anxiety:1&goal=mood:1"
A4_POINTS = (595, 842)


def query(members):
    """Return the builder's query for these members."""
    return "&".join([GOALS, "region=US", *(f"in={slug}" for slug in members)])


def bare(text):
    """Return a text without its spaces and ligatures: a line may end in the middle of a name."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


def pdf_of(page):
    """Print a page as a browser does and read what came of it."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("members", [FIVE, FULLEST])
def test_sheet_of_five_members_is_one_page_of_a4(visit, members):
    page = visit(f"/print/?{query(members)}")
    names = page.locator(".sheet__members tbody th").evaluate_all(
        "cells => cells.map(cell => cell.firstChild.textContent)"
    )
    references = page.locator(".sheet__members a").all_text_contents()

    document = pdf_of(page)

    assert len(document.pages) == 1
    box = document.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(A4_POINTS, abs=1.5)
    text = bare(document.pages[0].extract_text())
    assert len(names) == 5
    for words in [*names, *references, "Not checked.", "not medical advice", "evidence version"]:
        assert bare(words) in text
    assert any(one.startswith(("PMID", "DOI")) for one in references)


def test_sheet_lies_on_the_page_whole(visit):
    page = visit(f"/print/?{query(FULLEST)}", viewport={"width": 703, "height": 1047})
    page.emulate_media(media="print")

    # The white around the code, which no reader needs on white paper, lies in the margin.
    outside = page.locator(".sheet :not(.sheet__qr, .sheet__qr *)").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )

    assert outside == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_visitor_saves_changes_shares_and_deletes_a_stack(visit, scripts):
    page = visit(f"/stacks/new/?{query(FIVE)}", java_script_enabled=scripts)
    page.get_by_role("button", name="Save the stack").click()
    expect(page.get_by_role("heading", name="Your stack is saved")).to_be_visible()
    shared = page.get_by_label("To share").input_value()
    secret = page.get_by_label("To change or delete it").input_value()
    assert page.url == secret

    page.get_by_label("Place of Valerian").select_option("1")
    page.get_by_label("Take Saffron out").check()
    page.get_by_role("textbox", name="Add a compound").fill("zinc")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()

    other = visit(shared, java_script_enabled=scripts)
    members = other.locator(".saved__list h3 a")
    expect(members).to_have_text(["Valerian", "Melatonin", "Ashwagandha", "Magnesium", "Zinc"])
    other.get_by_role("link", name="One page for a pharmacist").click()
    expect(other.get_by_role("heading", name="5 compounds")).to_be_visible()

    page.get_by_role("button", name="Delete the stack").click()
    expect(page.get_by_role("heading", name="The stack is deleted")).to_be_visible()
    other.goto(shared)
    expect(other.get_by_role("heading", name="There is no stack")).to_be_visible()
    other.problems.clear()  # Chromium logs an answer of 404 as an error
