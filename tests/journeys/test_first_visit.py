"""The first visit: from a goal to a study, an article, a place to find it, and back to the goals.

Each way of getting about must do for all of it: live, without JavaScript, and by keyboard alone.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.builder_page import card_of, query_of, ranking_of
from tests.journeys.visitor import follow_by_keyboard, follow_by_mouse

pytestmark = pytest.mark.browser

GOAL, SLUG = "Anti-Inflammation", "thymosin-alpha-1"
# The finding that counts most for the goal, what it says, and where its study can be read.
FINDING = "thymosin-alpha-1-03"
REPORTED = "OR 0.82 (95 % CI 0.65 to 1.03), p 0.09"
SOURCE = "https://doi.org/10.3389/fcimb.2025.1673959"
REGISTER, REGISTER_HOST = "Hong Kong Drug Office", "www.drugoffice.gov.hk"
WAYS = {
    "live": (True, follow_by_mouse),
    "plain": (False, follow_by_mouse),
    "keyboard": (True, follow_by_keyboard),
}


@pytest.fixture(params=WAYS, ids=str)
def way(request):
    """Whether JavaScript is on, and how to follow a link."""
    return WAYS[request.param]


def link_to(place, name):
    """Return the link of exactly this name."""
    return place.get_by_role("link", name=name, exact=True)


def title(page):
    """Return the heading of a page."""
    return page.get_by_role("heading", level=1)


def leave_by(follow, link):
    """Follow a link that leads away, and return the answer without going there."""
    page = link.page
    page.route("**/go/*/", lambda route: route.fulfill(status=204))
    with page.expect_request("**/go/*/") as asked:
        follow(link)
    assert asked.value.is_navigation_request()
    # Asked once more, beside the page: so nothing leaves this machine.
    return page.request.get(asked.value.url, max_redirects=0)


def test_visitor_goes_from_a_goal_to_its_evidence_and_back_with_the_goal_chosen(visit, way):
    has_javascript, follow = way
    page = visit("/", java_script_enabled=has_javascript)
    follow(link_to(page, GOAL))
    expect(link_to(page, f"Remove {GOAL}")).to_be_visible()
    first = ranking_of(page)

    follow(link_to(card_of(page, SLUG), "Evidence on Thymosin alpha-1"))
    expect(title(page)).to_have_text("Thymosin alpha-1")
    row = page.locator(f"tr#{FINDING}")
    expect(row).to_contain_text(REPORTED)

    follow(row.locator("a.study"))
    expect(title(page)).to_contain_text("Efficacy of thymosin α1 for sepsis")
    expect(page.locator(f"tr#{FINDING}")).to_contain_text(REPORTED)
    assert SOURCE in [link.get_attribute("href") for link in page.locator(".lead .links a").all()]
    counts = link_to(page.locator(f"tr#{FINDING}"), GOAL)
    assert counts.get_attribute("href") == f"/compounds/{SLUG}/#goal-anti-inflammation"
    page.go_back()

    follow(link_to(page, f"Deep dive: {GOAL}"))
    expect(title(page)).to_have_text(
        "Thymosin Alpha-1 for Anti-Inflammation: what the research says"
    )

    follow(link_to(page, "Find a vendor"))
    expect(title(page)).to_have_text("Find a vendor: Thymosin alpha-1")
    expect(page.locator(".disclosure, .leave").first).to_contain_text("No link below pays us")
    out = link_to(page, f"Look for Thymosin alpha-1 in {REGISTER}")
    assert out.get_attribute("rel") == "nofollow noopener"
    answer = leave_by(follow, out)
    there = urlsplit(answer.headers["location"])
    assert (answer.status, there.scheme, there.hostname) == (302, "https", REGISTER_HOST)
    assert answer.headers["referrer-policy"] == "no-referrer"
    page.go_back()

    follow(link_to(page, f"Build your stack for {GOAL}"))
    expect(link_to(page, f"Remove {GOAL}")).to_be_visible()
    assert query_of(page) == [("goal", "anti-inflammation")]
    assert ranking_of(page) == first


def test_list_of_goals_leads_through_a_goal_to_the_builder(visit, way):
    has_javascript, follow = way
    page = visit("/", java_script_enabled=has_javascript)

    follow(link_to(page, "Goals"))
    row = page.get_by_role("row").filter(has=link_to(page, "Sleep"))
    studied = int(row.locator("td.num").inner_text())
    follow(link_to(row, "Sleep"))
    expect(title(page)).to_have_text("Sleep")
    compounds = page.locator(".overview tbody th a")
    assert compounds.count() == studied
    ranked = page.locator(".overview--places tbody th a").all_inner_texts()
    expect(page.get_by_role("row").filter(has_text="Time to fall asleep")).to_contain_text("20 min")
    follow(link_to(page, "Build your stack for Sleep"))

    expect(link_to(page, "Remove Sleep")).to_be_visible()
    assert page.locator(".card h3 a").all_inner_texts() == ranked
