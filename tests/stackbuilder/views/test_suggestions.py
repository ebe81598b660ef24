"""The best stack as a page and as a fragment of the panel: one address, with and without htmx."""

from decimal import Decimal

import pytest
from django.http import HttpResponse
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from evidence.models import Compound, Finding
from stackbuilder.engine.assembly import Assembly
from stackbuilder.engine.person import Person
from stackbuilder.suggesting.work_limits import Buckets, Turns
from stackbuilder.views import suggestions
from stackbuilder.visitor.about_you import COOKIE, keep
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_goal,
    make_interaction,
    make_outcome,
    make_study,
    publish_all,
)
from tests.pages import element, elements, hrefs, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

SWAP = {"HX-Request": "true"}
GOALS = "goal=sleep:2&goal=mood:1"
URL = f"/suggest/?{GOALS}"
CURVE = f"/suggest/curve/?{GOALS}"
SURE = {"risk_of_bias": "none", "inconsistency": "none", "publication_bias": "none"}


@pytest.fixture(autouse=True)
def turns(monkeypatch):
    """Each test asks as if it were the first of its process."""
    fresh = Turns(Buckets(burst=30, refill_seconds=2), at_once=2)
    monkeypatch.setattr(suggestions, "SOLVING", fresh)
    return fresh


@pytest.fixture
def served():
    """Melatonin and valerian serve sleep, saffron mood; melatonin has no price, the others do."""
    make_goal("sleep", position=0)
    make_goal("mood", position=1)
    mood = make_outcome("mood-score", goal=make_goal("mood"))
    for slug, changes in {
        "melatonin": {"estimate": -60, "ci_low": -62, "ci_high": -58},
        "valerian": {"estimate": -40, "ci_low": -42, "ci_high": -38},
        "saffron": {"estimate": -50, "ci_low": -52, "ci_high": -48, "outcome": mood},
    }.items():
        cost = Decimal({"melatonin": 0, "valerian": 8, "saffron": 20}[slug])
        priced = {"cost_low": cost, "cost_high": cost, "cost_currency": "USD"} if cost else {}
        compound = make_compound(slug, name=slug.capitalize(), **priced)
        make_finding(compound=compound, study=make_study(f"untraced:{slug}"), **SURE, **changes)
    publish_all()


def proposed(tree):
    return [text_of(element(one, "a")) for one in elements(tree, class_="proposed__name")]


def inputs(tree, name):
    """Return the attributes of the inputs of that name."""
    found = [dict(one.attributes) for one in elements(tree, "input")]
    return [attributes for attributes in found if attributes.get("name") == name]


def answers(**told):
    """Return the header of a visitor who told us something."""
    response = HttpResponse()
    keep(response, Person(**{name: frozenset(codes) for name, codes in told.items()}))
    return {"Cookie": f"{COOKIE}={response.cookies[COOKIE].value}"}


def test_page_proposes_the_best_stack_and_says_that_it_is_proven(client, served):
    response = client.get(URL)

    assertTemplateUsed(response, "base.html")
    tree = page_of(response)
    assert proposed(tree) == ["Melatonin", "Saffron"]
    assert "Proven: no stack under these limits is worth more." in text_of(tree)
    assert text_of(element(tree, "h1")) == "The best stack under your limits"


def test_page_says_what_each_member_is_for(client, served):
    first, second = elements(page_of(client.get(URL)), class_="proposed__member")

    assert "Here for Sleep (" in text_of(first)
    assert "Without it the stack would be worth" in text_of(first)
    assert "Here for Mood (" in text_of(second)


def test_page_leads_back_to_the_builder_and_takes_the_stack_there(client, served):
    tree = page_of(client.get(URL))

    assert f"/?{GOALS}" in hrefs(tree)
    take = dict(element(tree, "a", id="take-stack").attributes)
    assert take["href"] == f"/?{GOALS}&in=melatonin&in=saffron"
    assert "hx-get" not in take


def test_fragment_is_what_the_panel_swaps_in(client, served):
    response = client.get(URL, headers=SWAP)

    assertTemplateNotUsed(response, "base.html")
    tree = page_of(response)
    panel = dict(element(tree, id="suggestion").attributes)
    assert (panel["hx-target"], panel["hx-push-url"]) == ("#suggestion", "false")
    assert proposed(tree) == ["Melatonin", "Saffron"]
    (spoken,) = [p for p in elements(tree, "p") if "hx-swap-oob" in dict(p.attributes)]
    assert text_of(spoken) == "The best stack: Melatonin, Saffron"


def test_every_htmx_control_of_the_fragment_is_a_working_link(client, served):
    tree = page_of(client.get(f"{URL}&in=valerian", headers=SWAP))

    controls = [dict(one.attributes) for one in elements(tree) if "hx-get" in dict(one.attributes)]
    links = [one for one in controls if "href" in one]
    assert len(links) >= 6
    for one in controls:
        assert one["hx-get"] == one.get("href", one.get("action"))
    for one in links:
        if one["hx-get"].startswith("/suggest/"):
            assert client.get(one["href"]).status_code == 200


def test_form_holds_the_limits_and_carries_the_rest(client, served):
    tree = page_of(client.get(f"{URL}&in=valerian&region=US&size=3&budget=12.5&must=valerian"))

    form = element(tree, "form", class_="suggest")
    hidden = [
        (dict(one.attributes)["name"], dict(one.attributes)["value"])
        for one in elements(form, "input", type="hidden")
    ]
    assert hidden == [
        ("goal", "sleep:2"),
        ("goal", "mood:1"),
        ("in", "valerian"),
        ("region", "US"),
    ]
    assert [one["value"] for one in inputs(form, "budget")] == ["12.5"]
    (kept,) = inputs(form, "must")
    assert (kept["value"], "checked" in kept) == ("valerian", True)
    assert text_of(element(form, "select", id="suggest-currency")) == "USD"


def test_form_of_the_fragment_carries_the_currency_hidden(client, served):
    tree = page_of(client.get(f"{URL}&currency=EUR", headers=SWAP))

    assert not elements(tree, "select", id="suggest-currency")
    assert [one["value"] for one in inputs(tree, "currency")] == ["EUR"]
    assert "Budget a month, EUR" in text_of(tree)


def test_every_field_has_a_label(client, served):
    form = element(page_of(client.get(f"{URL}&in=valerian&not=saffron")), "form", class_="suggest")

    labelled = {dict(label.attributes).get("for") for label in elements(form, "label")}
    wrapped = [one for label in elements(form, "label") for one in elements(label, "input")]
    named = [dict(one.attributes) for one in elements(form, "select")] + inputs(form, "budget")
    assert {one["id"] for one in named} == labelled - {None}
    assert len(wrapped) == 2


def test_budget_brings_prices_in_and_says_who_has_none(client, served):
    tree = page_of(client.get(f"{URL}&budget=30"))

    assert proposed(tree) == ["Valerian", "Saffron"]
    assert "up to 8.00 USD" in text_of(tree)
    assert "Together up to 28.00 USD a month, of 30.00." in text_of(tree)
    assert "no price in USD is known and there is a budget: Melatonin." in text_of(tree)


def test_budget_in_another_currency_converts_nothing(client, served):
    tree = page_of(client.get(f"{URL}&budget=30&currency=EUR"))

    assert proposed(tree) == []
    assert "no price in EUR is known" in text_of(tree)


def test_present_stack_is_compared_and_the_best_one_left_as_it_is(client, served):
    other = page_of(client.get(f"{URL}&in=valerian&in=saffron"))
    best = page_of(client.get(f"{URL}&in=saffron&in=melatonin"))

    assert "Your stack is worth" in text_of(other)
    assert "This is the stack that you have: change nothing." in text_of(best)
    assert not elements(best, "a", id="take-stack")


def test_nothing_to_add_is_said_in_words(client, evidence):
    make_goal("bone-health", name="Bones")
    publish_all()

    tree = page_of(client.get("/suggest/?goal=bone-health"))

    assert text_of(elements(tree, "h2")[0]) == "Add nothing"
    assert proposed(tree) == []


def test_next_best_and_one_more_are_told(client, served):
    text = text_of(page_of(client.get(f"{URL}&size=1")))

    assert "Next best Valerian in place of Melatonin: worth" in text
    assert "One more member Saffron would add" in text
    assert "One more member Would add nothing, though there is room." in text_of(
        page_of(client.get(URL))
    )


def test_moderate_interaction_between_members_is_told(client, served):
    assert "no interaction is recorded here" in text_of(page_of(client.get(URL)))
    make_interaction(
        make_compound("melatonin"), medicine_classes=(), other_compound=make_compound("saffron")
    )
    publish_all()

    text = text_of(page_of(client.get(URL)))

    assert "Melatonin with Saffron: moderate. May raise the risk of bleeding" in text


def test_major_interaction_keeps_two_apart_from_the_next_answer_on(client, served):
    make_interaction(
        make_compound("saffron"),
        medicine_classes=(),
        other_compound=make_compound("melatonin"),
        severity="major",
    )
    publish_all()

    assert proposed(page_of(client.get(URL))) == ["Valerian", "Saffron"]


def test_who_is_left_out_for_the_visitor_is_not_proposed(client, served):
    make_caution()
    publish_all()

    response = client.get(URL, headers=answers(conditions=["epilepsy"]))

    tree = page_of(response)
    assert proposed(tree) == ["Valerian", "Saffron"]
    assert "1 compound that would serve a goal is left out for you" in text_of(tree)
    assert f"/?{GOALS}#left-out" in hrefs(tree)


@pytest.mark.parametrize("url", [URL, CURVE])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_answers_make_the_page_private_and_stand_in_no_address(client, served, url, headers):
    make_caution()
    publish_all()

    response = client.get(url, headers={**headers, **answers(conditions=["epilepsy"])})

    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]
    addresses = [
        value
        for one in elements(page_of(response))
        for name, value in dict(one.attributes).items()
        if name in ("href", "hx-get", "action", "value")
    ]
    assert not [one for one in addresses if "epilepsy" in (one or "").lower()]


@pytest.mark.parametrize("url", [URL, CURVE])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_page_without_answers_is_public_and_compared_by_its_content(client, served, url, headers):
    first = client.get(url, headers=headers)
    again = client.get(url, headers={**headers, "If-None-Match": first["ETag"]})

    assert not first.cookies
    assert (again.status_code, again.content) == (304, b"")


def test_page_with_prices_changes_when_they_do(client, served):
    first = client.get(f"{URL}&budget=30")
    Compound.objects.filter(slug="valerian").update(cost_high=Decimal(10))

    again = client.get(f"{URL}&budget=30", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert "up to 10.00 USD" in text_of(page_of(again))


@pytest.mark.parametrize("url", [URL, CURVE])
def test_no_search_engine_is_sent_through_all_stacks(client, served, url):
    assert client.get(url)["X-Robots-Tag"] == "noindex, nofollow"


def test_unreadable_answers_are_said_to_be_dropped(client, served):
    response = client.get(URL, headers={"Cookie": f"{COOKIE}=nonsense"})

    assert "could not be read, so it was dropped" in text_of(page_of(response))


def test_proof_that_time_ran_out_for_is_not_claimed(client, served, monkeypatch):
    found = Assembly(members=(), value=0.0, bound=0.75, is_proven=False)
    monkeypatch.setattr(
        "stackbuilder.suggesting.suggestions.assemble", lambda problem, seconds: found
    )

    tree = page_of(client.get(URL))

    assert "Best found in 5 seconds, not proven." in text_of(tree)
    assert "none can be worth more than 0.75" in text_of(tree)
    assert "Proven:" not in text_of(tree)
    assert "There was no time left to prove what comes next." in text_of(tree)


def test_curve_is_a_page_of_its_own_and_a_fragment_below_the_stack(client, served):
    page = client.get(CURVE)
    fragment = client.get(CURVE, headers=SWAP)

    assertTemplateUsed(page, "base.html")
    assert text_of(element(page_of(page), "h1")) == "How the benefit grows"
    tree = page_of(fragment)
    by_size, by_budget = elements(element(tree, id="suggestion-curve"), "table")
    rows = [text_of(row) for row in elements(element(by_size, "tbody"), "tr")]
    assert rows[0].startswith("1 Melatonin cost unknown")
    assert rows[1].startswith("2 Melatonin, Saffron cost unknown")
    assert "10 USD Valerian up to 8.00 USD" in text_of(by_budget)
    assert not elements(tree, "h1")
    (spoken,) = [p for p in elements(tree, "p") if "hx-swap-oob" in dict(p.attributes)]
    assert "shown below the stack" in text_of(spoken)


def test_drawing_of_the_curve_is_hidden_from_those_who_have_the_table(client, served):
    drawings = elements(page_of(client.get(CURVE, headers=SWAP)), "svg")

    assert [dict(one.attributes)["aria-hidden"] for one in drawings] == ["true", "true"]
    assert all(elements(one, "path", class_="curve__steps") for one in drawings)


def test_curve_without_a_price_says_so(client, served):
    text = text_of(page_of(client.get(f"{CURVE}&currency=EUR", headers=SWAP)))

    assert "This cannot be told in EUR" in text


@pytest.mark.parametrize("url", [URL, CURVE, f"{URL}&budget=1&must=melatonin", "/suggest/"])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_suggestion_is_well_formed_and_holds_nothing_inline(client, served, url, headers):
    response = client.get(url, headers=headers)

    assert not inline_parts(response)
    assert not repeated_ids(response)


def test_pinned_figures_are_those_of_their_version(client, served):
    Finding.objects.filter(compound__slug="melatonin").update(estimate=-22, ci_low=-24, ci_high=-20)
    publish_all()

    pinned = page_of(client.get(f"{URL}&evidence=1"))

    assert proposed(pinned) == ["Melatonin", "Saffron"]
    assert "Benefits are pinned to evidence version 1" in text_of(pinned)
    assert proposed(page_of(client.get(URL))) == ["Valerian", "Saffron"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("url", [URL, CURVE])
def test_suggestion_is_only_read(client, served, url, method):
    assert getattr(client, method)(url).status_code == 405
