"""What a visitor says of their health is in their browser's cookie, and nowhere else."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect

from tests.journeys.site_traces import kept_files, log_lengths, logged, stored

pytestmark = pytest.mark.browser

START = "/?goal=sleep:2&goal=stress-anxiety:1"
# What the canary answers: their codes, their names, and what was typed to find one of them.
CANARY = re.compile(r"pregnan|epilep|anticoag|blood.thin|warfarin|coumadin", re.IGNORECASE)
# Let back in, and never a member: its slug may stand in no address either.
LET_IN = "lavender-oil"
COOKIE = "about-you"
# Pages that hold nothing about the visitor, whatever cookie comes along.
SAME_FOR_ALL = re.compile("/compounds/|/print/|/stacks/")


def found(text):
    """Return what of the canary stands in a text."""
    return sorted(set(CANARY.findall(unquote_plus(text))))


def tell(page, has_javascript=True):
    """Answer as the canary: two conditions by ticking, a medicine by its name."""
    page.locator("#about-you").click()
    page.get_by_label("Pregnant or trying to be").check()
    page.get_by_label("Epilepsy", exact=False).first.check()
    page.get_by_role("searchbox", name="Search a medicine").fill("warfarin")
    if not has_javascript:
        page.get_by_role("button", name="Look up").click()
    page.get_by_role("button", name="Add warfarin").click()
    expect(page.locator("#about-you-added")).to_contain_text("ticked below")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#left-out")).to_be_visible()


def use_every_page(page):
    """Go wherever the answers matter: let in, stack, suggestion, comparison, saving, leaving."""
    page.locator(f"#out-{LET_IN}").get_by_role("button").click()
    expect(page.locator(f"#place-{LET_IN}")).to_contain_text("Let back in by you")
    page.locator(".card:not(.card--in) .card__add a").last.click()
    expect(page.locator("#stack .stack__members > li")).to_have_count(1)
    state = page.url
    page.get_by_role("button", name="Suggest the best stack").click()
    expect(page.locator("#suggestion .suggestion__result")).not_to_be_empty()
    origin, query = state.split("/?")
    for path in ("/compare/", "/print/", "/suggest/curve/", "/stacks/new/"):
        page.goto(f"{origin}{path}?{query}")
        expect(page.locator("main h1")).to_be_visible()
    page.get_by_role("button", name=re.compile("Save")).click()
    expect(page.locator("main h1")).to_be_visible()
    page.goto(f"{origin}/compounds/melatonin/")
    page.goto(f"{origin}/?{query}&goal=unheard-of")
    page.problems.clear()  # the refusal, which the console names


@dataclass
class Watched:
    """What a browser asked for, with where it came from, and what it was answered."""

    addresses: list
    answers: list

    @classmethod
    def of(cls, page):
        """Watch a page from now on."""
        watched = cls([], [])
        page.on("request", lambda one: watched.addresses.append(one.url))
        page.on("request", lambda one: watched.addresses.append(one.headers.get("referer", "")))
        page.on("response", lambda one: watched.answers.append(one))
        return watched

    @property
    def text(self):
        """Return every address, those of redirects too."""
        redirects = [one.headers.get("location", "") for one in self.answers]
        return "\n".join([*self.addresses, *redirects])

    def told(self):
        """Return the pages for which the browser sent its answers along."""
        pages = [one for one in self.answers if "text/html" in one.headers.get("content-type", "")]
        return [one for one in pages if COOKIE in one.request.all_headers().get("cookie", "")]


def cookie_of(page):
    """Return the cookie that holds the answers, and check how the browser keeps it."""
    (cookie,) = [one for one in page.context.cookies() if one["name"] == COOKIE]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["expires"] == -1  # it goes when the browser closes
    return cookie["value"]


@pytest.mark.parametrize("has_javascript", [True, False])
def test_answers_are_in_the_cookie_and_nowhere_else(site, visit, has_javascript):
    rows_before, log_before = stored(site), log_lengths(site)
    page = visit(START, java_script_enabled=has_javascript)
    watched = Watched.of(page)

    tell(page, has_javascript)
    use_every_page(page)

    # The same search finds the canary where it should be, so it can find it elsewhere.
    value = cookie_of(page)
    assert {"pregnan", "epilep", "anticoag"} <= set(found(value))
    assert LET_IN in value
    new_rows = "\n".join(stored(site) - rows_before)
    log = "\n".join(logged(site, since=log_before))
    assert "stackbuilder_savedstack" in new_rows  # a stack was saved, so new rows are seen
    assert "POST /about-you/" in log
    places = {"rows": new_rows, "logs": log, "addresses": watched.text, **kept_files(site)}
    for name, text in places.items():
        assert (name, found(text)) == (name, [])
        assert (name, LET_IN in text, value in text) == (name, False, False)


def test_no_cache_may_keep_a_page_made_with_answers(visit):
    page = visit(START)
    tell(page)
    watched = Watched.of(page)

    use_every_page(page)

    told = [one for one in watched.told() if not SAME_FOR_ALL.search(one.url)]
    assert len(told) > 5
    for answer in told:
        assert (answer.url, answer.headers["cache-control"]) == (answer.url, "private, no-store")
        assert "etag" not in answer.headers


@pytest.mark.parametrize("has_javascript", [True, False])
def test_forget_me_takes_every_answer_back(visit, has_javascript):
    page = visit(START, java_script_enabled=has_javascript)
    tell(page, has_javascript)
    page.locator("#about-you").click()

    page.get_by_role("button", name="Forget me").click()

    expect(page.locator(".you__answers")).to_contain_text("not set")
    assert COOKIE not in {one["name"] for one in page.context.cookies()}
    expect(page.locator("#left-out")).to_have_count(0)


def test_shared_link_shows_the_stack_without_any_answer(visit):
    first = visit(START)
    tell(first)
    first.locator(".card:not(.card--in) .card__add a").last.click()
    expect(first.locator("#stack .stack__members > li")).to_have_count(1)
    link = first.get_by_role("link", name=re.compile("^Share")).get_attribute("href")
    member = first.locator("#stack .stack__members a").first.inner_text()

    other = visit(link)

    expect(other.locator("#stack .stack__members > li")).to_have_count(1)
    expect(other.locator("#stack .stack__members")).to_contain_text(member)
    expect(other.locator(".pinned")).to_contain_text("pinned to evidence version")
    expect(other.locator(".you__answers")).to_contain_text("not set")
    expect(other.locator("#left-out")).to_have_count(0)
    assert other.locator("text=You said").count() == 0
