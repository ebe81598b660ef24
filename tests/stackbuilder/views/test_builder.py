"""The builder: one address, as a page and as a fragment."""

import pytest
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from evidence.models import Finding
from evidence.publication import system_user, withdraw_compounds
from evidence.retractions import set_study_status
from stackbuilder import candidates
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)
from tests.pages import (
    bare_letters,
    element,
    elements,
    hrefs,
    inline_parts,
    page_of,
    ranked_names,
    repeated_ids,
    text_of,
)

pytestmark = pytest.mark.django_db

SWAP = {"HX-Request": "true"}
SLEEP = "/?goal=sleep:2"


def test_builder_without_goals_explains_the_idea(client, evidence):
    response = client.get("/")

    assertTemplateUsed(response, "base.html")
    assertTemplateUsed(response, "stackbuilder/_how_it_works.html")
    tree = page_of(response)
    assert "/?goal=sleep:1" in hrefs(tree)
    assert "One scale for all." in text_of(tree)


def test_builder_of_an_empty_site_opens(client):
    assert client.get("/").status_code == 200


def test_builder_ranks_for_the_goals_in_the_address(client, evidence):
    tree = page_of(client.get(SLEEP))

    assert ranked_names(tree) == ["Melatonin", "Valerian"]
    assert text_of(element(tree, "title")) == "Sleep, ranked by evidence · Stackbuilder"
    assert "2 compounds ranked" in text_of(tree)


def test_builder_lists_apart_what_cannot_be_counted(client, evidence):
    (apart,) = elements(page_of(client.get(SLEEP)), "section", class_="apart")

    assert "Zinc – Sleep no placebo-controlled evidence 1 animal study: harm" in text_of(apart)
    assert "That is not the same as no effect." in text_of(apart)


def test_builder_gives_a_swap_the_fragment_at_the_same_address(client, evidence):
    response = client.get(SLEEP, headers=SWAP)

    assertTemplateUsed(response, "stackbuilder/_builder.html")
    assertTemplateNotUsed(response, "base.html")
    assert ranked_names(page_of(response)) == ["Melatonin", "Valerian"]


@pytest.mark.parametrize(
    "headers",
    [{}, {**SWAP, "HX-Boosted": "true"}, {**SWAP, "HX-History-Restore-Request": "true"}],
)
def test_builder_gives_visits_boosts_and_restores_the_page(client, evidence, headers):
    response = client.get(SLEEP, headers=headers)

    assertTemplateUsed(response, "base.html")
    assert elements(page_of(response), "main")


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_builder_names_the_headers_that_it_depends_on(client, evidence, headers):
    response = client.get(SLEEP, headers=headers)

    named = {name.strip() for name in response["Vary"].split(",")}
    assert named == {
        "HX-Request",
        "HX-Boosted",
        "HX-History-Restore-Request",
        "Accept-Encoding",
        "Cookie",
    }


def test_fragment_holds_what_the_page_shows(client, evidence):
    page = page_of(client.get(SLEEP))
    fragment = page_of(client.get(SLEEP, headers=SWAP))

    assert str(element(fragment, id="builder")) == str(element(page, id="builder"))


@pytest.mark.parametrize(
    "url, status",
    [
        ("/", "No goal chosen"),
        (SLEEP, "2 compounds ranked; first is Melatonin"),
        ("/?goal=mood", "0 compounds ranked"),
        ("/?goal=flying", "There is no goal called “flying”."),
    ],
)
def test_fragment_carries_title_and_words_for_the_live_region(client, evidence, url, status):
    page = page_of(client.get(url))
    fragment = page_of(client.get(url, headers=SWAP))

    (spoken,) = [p for p in elements(fragment, "p") if "hx-swap-oob" in dict(p.attributes)]
    assert dict(spoken.attributes)["hx-swap-oob"].endswith(":#status")
    assert text_of(spoken) == status
    assert dict(element(page, id="status").attributes)["role"] == "status"
    assert text_of(element(fragment, "title")) == text_of(element(page, "title"))


def test_every_htmx_control_is_a_working_link_to_the_same_place(client, evidence):
    tree = page_of(client.get(f"{SLEEP}&why=melatonin"))

    controls = [
        dict(link.attributes) for link in elements(tree) if "hx-get" in dict(link.attributes)
    ]
    assert controls
    for control in controls:
        # A form names by `action` what a link names by `href`.
        address = control.get("href") or control["action"]
        assert address.partition("#")[0] == control["hx-get"]
        assert client.get(address).status_code == 200


def test_why_opens_the_reasons_of_one_place(client, evidence):
    closed = page_of(client.get(SLEEP))
    opened = page_of(client.get(f"{SLEEP}&why=valerian"))

    assert not elements(closed, class_="why")
    (card,) = [card for card in elements(opened, class_="card") if elements(card, class_="why")]
    assert text_of(element(card, "h3")).startswith("Valerian")
    close = dict(element(card, "a", id="why-valerian").attributes)
    assert (close["hx-get"], close["aria-expanded"]) == (SLEEP, "true")


def test_why_of_an_unknown_compound_opens_nothing(client, evidence):
    response = client.get(f"{SLEEP}&why=unobtainium")

    assert response.status_code == 200
    assert not elements(page_of(response), class_="why")


def test_why_says_what_was_not_counted_and_why(client, evidence):
    mice = make_study("pmid:7")
    make_finding(study=mice, result="harm")
    publish_all()

    (why,) = elements(page_of(client.get(f"{SLEEP}&why=melatonin")), class_="why")

    assert "Not counted for Sleep" in text_of(why)
    assert "not in people" in text_of(why)
    assert "https://pubmed.ncbi.nlm.nih.gov/7/" in hrefs(why)


def test_why_notes_a_correction_beside_the_figure(client, evidence):
    study = Finding.objects.get(key="melatonin-01").study
    set_study_status(study, "corrected", by=system_user(), why="The printed erratum")

    (why,) = elements(page_of(client.get(f"{SLEEP}&why=melatonin")), class_="why")

    assert text_of(element(why, class_="tag--corrected")) == "corrected"


def test_why_survives_rows_that_are_deleted_meanwhile(client, evidence):
    client.get(SLEEP)
    Finding.objects.all().delete()

    response = client.get(f"{SLEEP}&why=melatonin")

    assert response.status_code == 200
    assert "melatonin-01" in text_of(page_of(response))


def test_tested_without_effect_does_not_look_like_untested(client, evidence):
    none = {"risk_of_bias": "none", "inconsistency": "none", "publication_bias": "none"}
    null = {"estimate": 0, "ci_low": -2, "ci_high": 2, "result": "no-clear-difference", **none}
    mood = make_outcome("mood-score", goal=make_goal("mood"))
    make_finding(compound=make_compound("null"), **null)
    make_finding(compound=make_compound("untested"), outcome=mood)
    publish_all()

    tree = page_of(client.get("/?goal=sleep&goal=mood"))

    null_badge, _ = elements(element(tree, id="place-null"), class_="badge")
    untested_badge, _ = elements(element(tree, id="place-untested"), class_="badge")
    assert text_of(null_badge) == "D Sleep no benefit that matters"
    assert text_of(untested_badge) == "– Sleep no study recorded"
    assert dict(null_badge.attributes)["class"] != dict(untested_badge.attributes)["class"]


def test_cautions_that_all_share_are_said_once(client, evidence):
    make_finding(compound=make_compound("magnesium"))
    for slug in ("melatonin", "valerian", "magnesium"):
        make_caution(make_compound(slug))
        make_caution(make_compound(slug), other_condition="MEN 2")
    make_caution(make_compound("valerian"), condition=make_condition("surgery"))
    publish_all()

    tree = page_of(client.get(SLEEP))

    assert text_of(element(tree, class_="shared")) == "All 3 shown: Avoid: Epilepsy, MEN 2"
    cards = element(tree, "ol", class_="cards")
    assert "Epilepsy" not in text_of(cards)
    (own,) = elements(cards, class_="caution")
    assert text_of(own) == "Avoid: Surgery"


def test_compounds_that_are_withdrawn_leave_the_next_answer(client, evidence):
    assert ranked_names(page_of(client.get(SLEEP))) == ["Melatonin", "Valerian"]

    withdraw_compounds([make_compound("melatonin")], by=system_user(), why="A test")

    assert ranked_names(page_of(client.get(SLEEP))) == ["Valerian"]


def test_builder_survives_a_version_that_moves_during_the_request(client, evidence, monkeypatch):
    make_finding(compound=make_compound("magnesium"))

    def load_after_another_publication(version, load=candidates._load):
        publish_all()
        return load(version)

    monkeypatch.setattr(candidates, "_load", load_after_another_publication)

    during = client.get(SLEEP)
    monkeypatch.undo()
    after = client.get(SLEEP)

    assert ranked_names(page_of(during)) == ["Melatonin", "Valerian"]
    assert ranked_names(page_of(after)) == ["Melatonin", "Magnesium", "Valerian"]


@pytest.mark.parametrize("url", ["/", SLEEP, f"{SLEEP}&why=melatonin", "/?goal=flying"])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_builder_sets_no_cookie_and_says_that_one_could_change_it(client, evidence, url, headers):
    response = client.get(url, headers=headers)

    assert not response.cookies
    assert "Cookie" in response["Vary"]
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("url", ["/", SLEEP, f"{SLEEP}&why=melatonin", "/?goal=flying"])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_builder_is_well_formed_and_holds_nothing_inline(client, evidence, url, headers):
    make_caution()

    response = client.get(url, headers=headers)

    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)


def test_head_of_the_builder_has_the_headers_and_no_body(client, evidence):
    response = client.head(SLEEP)

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get(SLEEP)["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_builder_is_only_read(client, evidence, method):
    response = getattr(client, method)(SLEEP)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
