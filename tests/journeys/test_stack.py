"""Building a stack: add, move, remove, let one be suggested, compare; by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import query_of
from tests.journeys.visitor import follow_by_keyboard, follow_by_mouse

pytestmark = pytest.mark.browser

START = "/?goal=sleep:2&goal=stress-anxiety:1"
WAYS = pytest.mark.parametrize(
    "follow, has_javascript",
    [(follow_by_mouse, True), (follow_by_mouse, False), (follow_by_keyboard, True)],
    ids=["mouse", "without JavaScript", "keyboard"],
)


def members_of(page):
    """Return the names in the panel, in its order."""
    return page.locator(".stack__members > li h3 a").all_inner_texts()


def in_address(page):
    """Return the members that the address names."""
    return [value for name, value in query_of(page) if name == "in"]


def go_to_the_stack(page, follow):
    """By keyboard take the short way past the ranking; a mouse needs none."""
    if follow is follow_by_keyboard:
        follow(page.locator(".jump a"))


def expect_members(page, count):
    expect(page.locator(".stack__members > li")).to_have_count(count)


@WAYS
def test_visitor_adds_moves_and_removes_members(visit, follow, has_javascript):
    page = visit(START, java_script_enabled=has_javascript)

    follow(page.locator("#add-saffron"))
    expect_members(page, 1)
    follow(page.locator("#add-valerian"))
    expect_members(page, 2)
    assert members_of(page) == ["Saffron", "Valerian"]
    assert in_address(page) == ["saffron", "valerian"]
    expect(page.locator("#stack")).to_contain_text("Adds nothing: Saffron does more for Sleep")

    follow(page.locator("#up-valerian"))
    expect(page.locator(".stack__members > li").first).to_contain_text("Valerian")
    assert in_address(page) == ["valerian", "saffron"]

    follow(page.locator("#remove-valerian"))
    expect_members(page, 1)
    assert in_address(page) == ["saffron"]
    expect(page.locator("#add-saffron")).to_contain_text("In your stack")


def test_address_of_a_stack_shows_the_same_stack_again(visit):
    page = visit(START)
    page.locator("#add-saffron").click()
    expect_members(page, 1)
    page.locator("#add-ashwagandha").click()
    expect_members(page, 2)

    again = visit(page.url)

    assert members_of(again) == members_of(page)
    assert again.locator("#stack").inner_text() == page.locator("#stack").inner_text()


def test_second_press_while_the_first_is_on_its_way_breaks_nothing(visit):
    page = visit(START)

    page.evaluate(
        "for (const id of ['saffron', 'valerian']) document.getElementById(`add-${id}`).click()"
    )

    expect_members(page, 1)
    assert in_address(page) == ["saffron"]


@WAYS
def test_visitor_takes_the_stack_that_is_suggested(visit, follow, has_javascript):
    page = visit(START, java_script_enabled=has_javascript)

    go_to_the_stack(page, follow)
    follow(page.locator("#suggest-button"))

    result = page.locator(".suggestion__result")
    expect(result).to_contain_text("Proven: no stack under these limits is worth more")
    proposed = result.locator(".proposed__name a").all_inner_texts()
    assert proposed
    follow(page.get_by_role("link", name="Take this stack"))
    expect_members(page, len(proposed))
    assert members_of(page) == proposed
    assert len(in_address(page)) == len(proposed)


def test_visitor_rules_one_out_and_gets_the_best_without_it(visit):
    page = visit(START)
    page.locator("#suggest-button").click()
    result = page.locator(".suggestion__result")
    expect(result).to_contain_text("Saffron")

    result.locator("li", has_text="Saffron").get_by_role("link", name="Not this one").click()

    expect(result).not_to_contain_text("Saffron")
    expect(page.locator("#suggestion")).to_contain_text("Without: 1")
    # The panel proposes; the address is the visitor's until they take the proposal.
    assert query_of(page) == [("goal", "sleep:2"), ("goal", "stress-anxiety:1")]


def test_curve_is_worked_out_only_when_asked_for(visit):
    page = visit(START)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#suggest-button").click()
    expect(page.locator(".suggestion__result")).to_contain_text("Proven")
    assert not [url for url in asked if "/suggest/curve/" in url]

    page.get_by_role("link", name="How does the benefit grow").click()

    expect(page.locator("#suggestion")).to_contain_text("By the number of members")
    assert [url for url in asked if "/suggest/curve/" in url]


@pytest.mark.parametrize("has_javascript", [True, False])
def test_limits_that_clash_are_named(visit, has_javascript):
    page = visit(f"{START}&in=saffron&budget=1", java_script_enabled=has_javascript)
    page.get_by_text("Keep what I have").click()
    page.locator("#suggestion").get_by_label("Saffron").check()

    page.locator("#suggest-button").click()

    expect(page.locator("#suggestion, main").first).to_contain_text(re.compile("budget", re.I))
    expect(page.locator(".suggestion__result")).to_contain_text(re.compile("Saffron"))
    page.problems.clear()  # the refusal, which the console names


@WAYS
def test_visitor_compares_the_members(visit, follow, has_javascript):
    page = visit(f"{START}&in=saffron&in=valerian", java_script_enabled=has_javascript)

    go_to_the_stack(page, follow)
    follow(page.locator("#stack-compare"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Saffron or valerian")
    follow(page.get_by_role("link", name="Build a stack with these"))
    expect_members(page, 2)


@pytest.mark.parametrize("has_javascript", [True, False])
def test_preferences_leave_out_and_stay_in_the_address(visit, has_javascript):
    page = visit(START, java_script_enabled=has_javascript)
    page.locator("#preferences summary").click()
    page.get_by_label("Least certainty").select_option("moderate")
    if not has_javascript:
        page.get_by_role("button", name="Apply").click()

    expect(page.locator("#left-out")).to_contain_text("left out by what you prefer")

    assert ("certainty", "moderate") in query_of(page)
    if has_javascript:
        # htmx keeps the plain address, without the fields that were left empty.
        assert query_of(page) == [
            ("goal", "sleep:2"),
            ("goal", "stress-anxiety:1"),
            ("certainty", "moderate"),
        ]
    place = page.locator(".card__number").first.inner_text()
    assert int(place) > 1
