"""The page of specimens: for staff only, made of the partials themselves, with nothing inline."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects, assertTemplateUsed

from tests.factories import make_user
from tests.pages import (
    bare_letters,
    element,
    elements,
    inline_parts,
    page_of,
    repeated_ids,
    text_of,
)

pytestmark = pytest.mark.django_db
URL = "/style/"
PARTS = (
    "evidence/_badge.html",
    "evidence/_bar_legend.html",
    "evidence/_benefit_bar.html",
    "evidence/_certainty.html",
    "evidence/_doses.html",
    "evidence/_forest.html",
    "evidence/_forest_row.html",
    "evidence/_goal_section.html",
    "evidence/_not_counted.html",
    "evidence/_references.html",
    "evidence/_safety.html",
    "evidence/_status.html",
    "evidence/_unranked.html",
    "stackbuilder/_card.html",
    "stackbuilder/_error_report_form.html",
    "stackbuilder/_goal_chips.html",
    "stackbuilder/_ranking.html",
    "stackbuilder/_why.html",
    "_field.html",
)


@pytest.fixture
def shown(client):
    """The page as staff see it."""
    client.force_login(make_user())
    return client.get(URL)


def test_style_guide_asks_strangers_to_sign_in(client):
    response = client.get(URL)

    assertRedirects(response, f"{reverse('admin:login')}?next={URL}")


def test_style_guide_is_not_for_an_account_that_is_not_staff(client):
    client.force_login(make_user(is_staff=False))

    assert client.get(URL).status_code == 302


def test_style_guide_is_drawn_by_the_partials_of_the_pages(shown):
    assert shown.status_code == 200
    for name in PARTS:
        assertTemplateUsed(shown, name)


def test_style_guide_needs_nothing_inline_and_names_each_place_once(shown):
    assert inline_parts(shown) == []
    assert repeated_ids(shown) == []
    assert bare_letters(shown) == []


def test_style_guide_shows_each_colour_in_both_themes(shown):
    page = page_of(shown)

    fills = [
        dict(rect.attributes)["fill"] for rect in elements(page, "rect") if rect_is_swatch(rect)
    ]
    assert len(fills) == 2 * len(shown.context["colours"]) > 20
    assert "#0a6a6a" in fills


def rect_is_swatch(rect):
    """Tell a swatch from a part of a drawing, which has its colour from a class."""
    return "fill" in dict(rect.attributes)


def test_style_guide_shows_every_state_of_what_varies(shown):
    page = page_of(shown)

    classes = {
        name for one in elements(page) for name in dict(one.attributes).get("class", "").split()
    }
    assert {f"certainty--{level}" for level in ("high", "moderate", "low", "very-low")} <= classes
    assert {f"caution--{level}" for level in ("contraindicated", "avoid", "caution")} <= classes
    assert {f"caution--{severity}" for severity in ("major", "moderate", "minor")} <= classes
    assert {"tag--retracted", "tag--corrected", "untraced", "empty", "chip--on", "fold"} <= classes
    assert {"badge--harm", "badge--possible-benefit", "badge--nothing-recorded"} <= classes
    assert {"card", "why", "problems", "field--wrong", "button", "apart", "pages"} <= classes


def test_style_guide_shows_the_form_with_a_mistake_in_each_field(shown):
    page = page_of(shown)

    wrong = elements(page, "div", class_="field--wrong")
    assert len(wrong) == len(elements(page, "div", class_="field")) / 2 == 5
    assert all(text_of(element(field, "p", class_="field__error")) for field in wrong)


def test_style_guide_leaves_links_plain_and_takes_no_focus(shown):
    page = page_of(shown)

    assert "hx-disable" in dict(element(page, "div", class_="specimens").attributes)
    assert [one for one in elements(page) if "autofocus" in dict(one.attributes)] == []
