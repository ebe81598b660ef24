"""The page of a comparison, as readers and screen readers meet it."""

import pytest
from django.http import HttpResponse
from pytest_django.asserts import assertTemplateUsed

from stackbuilder.engine.person import Person
from stackbuilder.visitor.about_you import COOKIE, keep
from tests.factories import (
    make_article,
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_interaction,
    make_study,
    publish_all,
)
from tests.made_profiles import make_profile, make_profiles, new_version
from tests.pages import (
    bare_letters,
    element,
    elements,
    hrefs,
    inline_parts,
    page_of,
    repeated_ids,
    text_of,
)
from tests.vendor_factories import make_listing, make_protocol, make_status

pytestmark = pytest.mark.django_db

URL = "/compare/?in=melatonin&in=valerian"


@pytest.fixture
def site():
    """Melatonin and valerian, of which something of everything is recorded."""
    make_finding()
    melatonin, valerian = make_compound(), make_compound("valerian")
    make_finding(
        compound=valerian, study=make_study("doi:10.1000/v", design="rct", title="A trial")
    )
    pregnancy = make_condition("pregnancy", name="Pregnant")
    make_caution(melatonin, condition=pregnancy, level="contraindicated", reason="Listed")
    make_caution(valerian, condition=pregnancy, level="avoid", reason="Not studied")
    make_caution(valerian, other_condition="driving", level="caution", reason="Makes drowsy")
    make_interaction(melatonin, other_compound=valerian, with_text="valerian", medicine_classes=[])
    make_status()
    make_protocol()
    make_listing()
    make_article()
    publish_all()


@pytest.fixture
def pregnant(client):
    """A visitor whose browser keeps that they are pregnant."""
    response = HttpResponse()
    keep(response, Person(frozenset({"pregnancy"})))
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


def text(response):
    return text_of(page_of(response))


def cells(tree, row):
    """Return the texts of the cells of the row with this heading."""
    for one in elements(tree, "tr"):
        if (heads := elements(one, "th", scope="row")) and text_of(heads[0]).startswith(row):
            return [text_of(cell) for cell in elements(one, "td")]
    raise AssertionError(f"no row {row}")


def named(tree, tag, name):
    """Return the fields of a form that have this name."""
    return [one for one in elements(tree, tag) if dict(one.attributes).get("name") == name]


def test_page_shows_each_in_a_column_of_real_tables(client, site):
    response = client.get(URL)

    assertTemplateUsed(response, "stackbuilder/compare.html")
    assert response.status_code == 200
    tree = page_of(response)
    assert text_of(element(tree, "title")) == (
        "Melatonin or valerian: evidence compared · Stackbuilder"
    )
    tables = elements(tree, "table", class_="sides")
    assert len(tables) == 5
    for table in tables:
        heads = [text_of(head) for head in elements(table, "th", scope="col")]
        assert heads[1:] == ["Melatonin", "Valerian"]
        for row in elements(element(table, "tbody"), "tr"):
            assert len(elements(row, "th", scope="row")) == 1
            labels = [dict(cell.attributes)["data-label"] for cell in elements(row, "td")]
            assert labels == ["Melatonin", "Valerian"]


def test_page_keeps_the_rules_of_a_page(client, site):
    response = client.get(URL)

    assert not bare_letters(response)
    assert not inline_parts(response)
    assert not repeated_ids(response)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_page_says_what_is_recorded_of_each(client, site):
    tree = page_of(client.get(URL))

    assert cells(tree, "Counted") == [
        "1 review, 1,683 participants Every study of Melatonin for Sleep",
        "1 study, 1,683 participants Every study of Valerian for Sleep",
    ]
    assert cells(tree, "Routes") == ["By mouth", "By mouth"]
    dose, no_dose = cells(tree, "Doses used in trials")
    assert dose.startswith("2 mg , once daily, 1-2 h before bedtime")
    assert no_dose == "none recorded here"
    cost, no_cost = cells(tree, "Cost a month")
    assert cost.startswith("3.00 USD the cheapest listing, Melatonin 2 mg from Example Shop")
    assert no_cost.startswith("Unknown")
    assert cells(tree, "United States")[0].startswith("Dietary supplement")
    assert cells(tree, "Weigh most")[1].startswith("A trial , 2013 Randomised trial")


def test_page_says_safety_once_where_it_is_shared(client, site):
    tree = page_of(client.get(URL))

    assert cells(tree, "Pregnant") == ["Contraindicated. Listed.", "Avoid. Not studied."]
    assert text_of(element(tree, id="safety")).count("Pregnant") == 1
    assert cells(tree, "For everyone to read") == [
        "none recorded here",
        "Driving: caution. Makes drowsy.",
    ]
    assert "Melatonin with Valerian: moderate. May raise the risk of bleeding." in text_of(tree)


def test_page_without_a_recorded_interaction_never_says_that_there_is_none(client):
    make_profiles()

    words = text(client.get("/compare/?in=strong&in=weak"))

    assert "No interaction between them is recorded here." in words
    assert "“None recorded here” never means none." in words


def test_page_leads_to_each_compound_and_to_the_builder(client, site):
    links = hrefs(element(page_of(client.get(f"{URL}&goal=sleep:2")), "main"))

    for slug in ("melatonin", "valerian"):
        assert f"/compounds/{slug}/" in links
        assert f"/compounds/{slug}/vendors/" in links
        assert f"/compounds/{slug}/#goal-sleep" in links
    assert "/?goal=sleep:2&in=melatonin&in=valerian" in links
    assert "/articles/melatonin-for-sleep/" in links
    assert "https://pubmed.ncbi.nlm.nih.gov/23691095/" in links
    assert "https://doi.org/10.1000/v" in links
    assert "/compare/?goal=sleep:2&in=valerian" in links


def test_words_tell_apart_what_can_be_told_apart(client):
    make_profiles()

    words = text(client.get("/compare/?in=weak&in=close&in=strong"))

    assert "Strong has the largest dependable benefit: we are 80 % sure of at least 0.50." in words
    assert "Strong does more than Weak (chance 84 % )." in words
    assert "Strong cannot be told apart from Close (chance that it does more 55 % )" in words
    assert "no benefit to depend on" not in words


def test_words_say_when_the_best_of_them_is_no_benefit_to_depend_on(client):
    make_profile(make_compound("a", name="First"), 0.2, 0.5)
    make_profile(make_compound("b", name="Second"), 0.0, 0.5)

    words = text(client.get("/compare/?in=a&in=b"))

    assert "First has the larger dependable benefit" in words
    assert "That is no benefit to depend on" in words


def test_words_say_that_equals_are_equal(client):
    make_profile(make_compound("a", name="First"), 1, 0.5)
    make_profile(make_compound("b", name="Second"), 1, 0.5)

    assert "First and Second have the same dependable benefit" in text(
        client.get("/compare/?in=a&in=b")
    )


def test_tested_without_effect_never_looks_like_untested(client):
    make_profile(make_compound("null"), 0.1, 0.2, letter="F", verdict="no benefit that matters")
    make_profile(make_compound("odd"), None, None)
    make_compound("untried")

    response = client.get("/compare/?in=null&in=odd&in=untried")

    tree = page_of(response)
    assert cells(tree, "Verdict") == [
        "F no benefit that matters",
        "– studied, no usable figure",
        "– no study recorded",
    ]
    assert cells(tree, "Benefit")[1:] == [
        "studied, but nothing can be counted",
        "untested, as far as is recorded here",
    ]
    words = text(response)
    assert "Only Null has figures that count" in words
    assert "Null was tested and has no benefit that matters, which is not the same as" in words
    assert "Studied, with nothing that can be counted: Odd." in words
    assert "No study recorded here: Untried." in words


def test_bars_of_all_compounds_have_one_axis(client):
    make_profiles()

    bars = elements(page_of(client.get("/compare/?in=weak&in=strong")), "svg", class_="bar")

    lines = [dict(element(bar, "path", class_="bar__matters").attributes)["d"] for bar in bars]
    assert len(bars) == 2
    assert len(set(lines)) == 1


def test_visitor_with_answers_sees_them_only_in_words(pregnant, site):
    response = pregnant.get(URL)

    tree = page_of(response)
    mine = cells(tree, "For you")
    assert mine[0].startswith("Left out for you. Pregnant: contraindicated.")
    assert mine[1].startswith("Left out for you, unless you let it back in. Pregnant: avoid.")
    assert not [link for link in hrefs(tree) if "pregnan" in (link or "")]
    fields = [dict(one.attributes) for one in elements(tree) if one.name in ("input", "option")]
    assert not [one for one in fields if "pregnan" in (one.get("value") or "")]


def test_visitor_without_answers_has_no_row_of_their_own(client, site):
    assert "For you" not in text_of(element(page_of(client.get(URL)), id="safety"))


def test_answers_that_cannot_be_read_are_told_and_dropped(client, site):
    client.cookies[COOKIE] = "pregnancy~~:forged"

    response = client.get(URL)

    assert response.status_code == 200
    assert "could not be read" in text(response)
    assert "For you" not in text_of(element(page_of(response), id="safety"))
    assert response.cookies[COOKIE]["max-age"] == 0


@pytest.mark.parametrize("query, chosen", [("", None), ("?in=melatonin&goal=sleep", "melatonin")])
def test_fewer_than_two_are_asked_for(client, site, query, chosen):
    response = client.get(f"/compare/{query}")

    tree = page_of(response)
    assert response.status_code == 200
    assert text_of(element(tree, "title")) == "Compare compounds · Stackbuilder"
    selects = named(tree, "select", "in")
    assert len(selects) == 4
    for select in selects:
        names = [text_of(one) for one in elements(select, "option")]
        assert names == ["Choose one", "Melatonin", "Valerian"]
    marked = [dict(one.attributes)["value"] for one in elements(tree, "option", selected=None)]
    assert [one for one in marked if one] == ([chosen] if chosen else [])
    goals = named(element(tree, "form", class_="compare-choose"), "input", "goal")
    assert len(goals) == (1 if chosen else 0)


def test_form_that_chooses_leads_to_the_comparison(client, site):
    response = client.get("/compare/?in=melatonin&in=valerian&in=&in=")

    assert response.status_code == 200
    assert elements(page_of(response), "table", class_="sides")


def test_form_that_adds_keeps_those_compared(client, site):
    make_compound("zinc")
    new_version()

    form = element(page_of(client.get(f"{URL}&region=US")), class_="sides-tools")

    hidden = [dict(one.attributes)["value"] for one in named(form, "input", "in")]
    assert hidden == ["melatonin", "valerian"]
    offered = elements(named(form, "select", "in")[0], "option")
    assert [text_of(one) for one in offered] == ["none", "Zinc"]
    chosen = elements(named(form, "select", "region")[0], "option", selected=None)
    assert [text_of(one) for one in chosen] == ["United States"]


def test_fourth_is_the_last_that_can_be_added(client):
    for slug in "abcde":
        make_compound(slug)
    new_version()

    four = page_of(client.get("/compare/?in=a&in=b&in=c&in=d"))

    assert len(elements(elements(four, "table", class_="sides")[0], "th", scope="col")) == 5
    assert not named(four, "select", "in")


def test_fifth_is_refused_and_the_first_four_are_shown(client):
    for slug in "abcde":
        make_compound(slug)
    new_version()

    response = client.get("/compare/?in=a&in=b&in=c&in=d&in=e")

    assert response.status_code == 400
    assert "At most 4 compounds fit here" in text(response)
    heads = elements(elements(page_of(response), "table", class_="sides")[0], "th", scope="col")
    assert [text_of(head) for head in heads[1:]] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    "query, problem",
    [
        ("in=unobtainium", "no compound called “unobtainium”"),
        ("in=%1B", "no compound called “�”"),
        ("goal=flying", "no goal called “flying”"),
        ("region=Atlantis", "There is no such choice."),
        ("budget=-3", "budget:"),
        ("evidence=999", "The newest evidence version is"),
        ("evidence=none", "evidence:"),
    ],
)
def test_slip_in_the_address_is_named_and_the_rest_shown(client, site, query, problem):
    response = client.get(f"{URL}&{query}")

    assert response.status_code == 400
    assert problem in text_of(element(page_of(response), class_="problems"))
    assert elements(page_of(response), "table", class_="sides")


def test_slip_that_leaves_one_compound_asks_for_another(client, site):
    response = client.get("/compare/?in=melatonin&in=unobtainium")

    assert response.status_code == 400
    assert len(named(page_of(response), "select", "in")) == 4


def test_compound_given_twice_stands_once(client, site):
    response = client.get(f"{URL}&in=melatonin")

    heads = elements(elements(page_of(response), "table", class_="sides")[0], "th", scope="col")
    assert response.status_code == 200
    assert len(heads) == 3


def test_draft_cannot_be_compared(client, site):
    make_compound("secret", published=False)
    new_version()

    response = client.get(f"{URL}&in=secret")

    assert response.status_code == 400
    assert "no compound called “secret”" in text(response)


def test_pinned_page_says_so_and_shows_safety_of_today(client, site):
    version = new_version().number
    make_caution(make_compound("valerian"), level="avoid", reason="Found since")
    new_version()

    words = text(client.get(f"{URL}&evidence={version}"))

    assert f"These figures are pinned to evidence version {version}" in words
    assert "There is newer evidence since." in words
    assert "Found since." in words


def test_only_reading_is_allowed(client, site):
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200
