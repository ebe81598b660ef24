"""From a paper to a published finding and back, as a curator and a reviewer do it in a day."""

import re

import pytest
from playwright.sync_api import expect

from stackbuilder.accounts.roles import CURATOR, REVIEWER
from tests.journeys.back_office import (
    Administrator,
    assert_accessible,
    choose,
    enter,
    give_role,
    make_member,
    pile,
)
from tests.journeys.builder_page import place_of, ranking_of
from tests.journeys.foretold import foretold_on, public_state, read_publicly

pytestmark = pytest.mark.browser

COMPOUND, GOAL = "bacopa", "cognition"
# In the title of each made-up study and of no other.
NOWHERE = "Nowhere"
TRIAL = "Bacopa and the attention of adults in Nowhere: a randomised trial that never was"
# No such paper exists, and no such PMID.
NBIB = f"""\
PMID- 999000301
DP  - 2024 Mar
TI  - {TRIAL}.
FAU - Nobody, Ann
FAU - Noone, Ben
PT  - Journal Article
PT  - Randomized Controlled Trial
JT  - Journal of Invented Results
MH  - Double-Blind Method
AID - 10.9999/nowhere.1 [doi]
SO  - J Invented Results. 2024 Mar.

PMID- 999000302
DP  - 2023 Jun 1
TI  - Bacopa and the memory of students in Nowhere: a meta-analysis of
      trials that never were.
FAU - Noone, Ben
PT  - Journal Article
PT  - Meta-Analysis
JT  - Journal of Invented Results
AID - 10.9999/nowhere.2 [doi]
SO  - J Invented Results. 2023 Jun 1.

PMID- 999000303
DP  - 2022
TI  - Bacopa in the dish: cells of a mouse from Nowhere.
FAU - Nobody, Ann
PT  - Journal Article
JT  - Journal of Invented Results
SO  - J Invented Results. 2022.
"""
# 8.4 points are 2.4 times what matters on this scale.
TYPED = {
    "dose": "300 mg a day",
    "duration": "12 weeks",
    "population": "adults who were made up",
    "unit": "SDMT points",
    "estimate": "8.4",
    "ci_low": "5.6",
    "ci_high": "11.2",
    "p": "0.0001",
    "imprecision_reason": "One trial of fewer than 400 people",
    "n_participants": "212",
}
CHOSEN = {
    "measure": "MD",
    "result": "benefit",
    "risk_of_bias": "none",
    "inconsistency": "none",
    "indirectness": "none",
    "imprecision": "serious",
    "publication_bias": "none",
}
WHY, WHY_NOT = "The first trial large enough to tell", "Its authors do not exist"


@pytest.fixture
def site_as_found(site):
    """The site, from which all that the day made up is gone afterwards."""
    yield site

    administrator = Administrator(site)
    administrator.log_in()
    administrator.clear("finding", NOWHERE, "withdraw", "delete_selected")
    administrator.clear("study", NOWHERE, "delete_selected")


def import_three_studies(page):
    """Read the file, look at what it holds, and store it."""
    page.get_by_role("link", name="Studies", exact=True).first.click()
    page.get_by_role("link", name="Get studies in").click()
    page.get_by_label("File:").set_input_files(
        {"name": "nowhere.nbib", "mimeType": "text/plain", "buffer": NBIB.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("3 new")).to_be_visible()
    expect(page.locator(".row__title")).to_contain_text([TRIAL, "students", "mouse"])
    page.locator("#row-3").get_by_label("How it was made").select_option("animal")
    assert_accessible(page)

    page.get_by_role("button", name="Store what is ticked").click()

    expect(page.locator(".tag--added")).to_have_count(3)


def type_finding(page):
    """Type the trial's result, and return what the preview says of it before it is saved."""
    page.goto("/admin/evidence/finding/add/")
    choose(page, "compound", "Bacopa")
    choose(page, "study", TRIAL)
    choose(page, "outcome", "Attention and reaction")
    for name, value in CHOSEN.items():
        page.locator(f"#id_{name}").select_option(value)
    for name, value in TYPED.items():
        page.locator(f"#id_{name}").fill(value)
    preview = page.locator("#finding-preview")
    expect(preview.locator(".reading__what")).to_contain_text("n 212")
    expect(preview).to_contain_text("Before it can be saved: Comparator: This field is required.")
    assert_accessible(page)
    page.locator("#id_comparator").fill("placebo")
    expect(preview).to_contain_text("Against placebo")
    expect(preview.locator(".preview__problems")).to_have_count(0)
    return foretold_on(page)


def save(page):
    """Save a new finding, and return its key."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    return re.search(rf"{COMPOUND}-\d+", page.locator(".messagelist").inner_text())[0]


def send_to_review(page, key):
    """Go on from the list to the review page of a draft, and send it."""
    page.get_by_role("link", name=key, exact=True).last.click()
    page.get_by_role("link", name="See it as readers will").click()
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator(".messagelist")).to_contain_text(f"Sent to review: {key}.")


def try_to_publish_alone(site, page, curator, key):
    """Have no button for it; with a reviewer's rights besides, be refused in words."""
    expect(page.locator(".decision__note")).to_have_text(
        "You wrote or last edited it: a second person publishes it."
    )
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    give_role(site, curator, REVIEWER)
    page.goto(f"/admin/evidence/finding/?q={key}")
    page.get_by_label(f"Select this object for an action - {key}").check()
    page.get_by_label("Action:").select_option("publish")
    page.get_by_role("button", name="Go").click()

    page.get_by_role("button", name="Publish").click()

    expect(page.locator(".messagelist")).to_contain_text(
        "needs a second person: you wrote or last edited it."
    )
    expect(page.locator("#result_list .field-state")).to_have_text("in review")


def review(page, key):
    """Come from the desk to the review page of the one finding that waits."""
    waiting = pile(page, "Findings waiting for your review")
    expect(waiting.get_by_role("cell")).to_have_text("1")
    assert_accessible(page)
    waiting.get_by_role("link").click()
    page.get_by_role("link", name=key, exact=True).click()
    page.get_by_role("link", name="Review it").click()
    assert_accessible(page)
    return foretold_on(page)


def decide(page, act, why):
    """Do an act of the review page, saying why."""
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name=act, exact=True).click()


def read_compound(page, key):
    """Return what a reader finds on the compound's page, and the newest line of its change log."""
    page.goto(f"/compounds/{COMPOUND}/")
    newest = page.locator("#changes .acts > li").first.locator("p")
    return *read_publicly(page, GOAL, key), newest.inner_text()


def place_now(page):
    """Return the compound's place in the builder's ranking for the goal."""
    page.goto(f"/?goal={GOAL}")
    return place_of(COMPOUND, ranking_of(page))


def test_finding_goes_from_a_paper_to_the_ranking_and_back(site_as_found, visit):
    site = site_as_found
    curator, reviewer = make_member(site, CURATOR), make_member(site, REVIEWER)
    public = visit("/")
    found, place_found = public_state(public, COMPOUND, GOAL), place_now(public)

    at_desk = enter(visit, curator)
    import_three_studies(at_desk)
    foretold = type_finding(at_desk)
    key = save(at_desk)
    send_to_review(at_desk, key)
    try_to_publish_alone(site, at_desk, curator, key)
    unpublished = public_state(public, COMPOUND, GOAL)
    reviewing = enter(visit, reviewer)
    reviewed = review(reviewing, key)
    decide(reviewing, "Publish", WHY)
    expect(reviewing.locator(".messagelist")).to_have_text(f"Published: {key}.")
    published, place_published = read_compound(public, key), place_now(public)
    decide(reviewing, "Withdraw", WHY_NOT)
    expect(reviewing.locator(".messagelist")).to_have_text(f"Withdrawn: {key}.")
    withdrawn, afterwards = read_compound(public, key), public_state(public, COMPOUND, GOAL)

    assert foretold == reviewed
    assert foretold.pair == "Bacopa monnieri for Cognition"
    assert foretold.place_after < foretold.place_before
    assert (foretold.place_before, foretold.place_after) == (place_found, place_published)
    shown, statement, finding, told = published
    assert (shown, statement, finding) == (foretold.after, foretold.statement, foretold.finding)
    assert told.endswith(f"Published: Finding {key}. {WHY}.")
    assert withdrawn[0] == foretold.before != foretold.after
    assert withdrawn[2] is None
    assert withdrawn[3].endswith(f"Withdrawn: Finding {key}. {WHY_NOT}.")
    assert unpublished == found
    assert afterwards == found
