"""The list of goals and the page of one."""

import pytest
from django.urls import reverse

from evidence.models import Goal
from tests.factories import make_goal
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

pytestmark = pytest.mark.django_db


def test_goal_list_names_every_goal(catalogue, client):
    response = client.get(reverse("stackbuilder:goal_list"))

    text = text_of(page_of(response))
    assert all(goal.name in text for goal in Goal.objects.all())
    assert not inline_parts(response)


def test_goal_page_keeps_verdicts_apart(catalogue, client):
    response = client.get(reverse("stackbuilder:goal_detail", args=["sleep"]))

    headings = [text_of(h).rsplit(" ", 1)[0] for h in elements(page_of(response), "h2")]
    assert "Unclear" in headings
    assert "Studied, no usable figure" in headings
    assert not bare_letters(response)
    assert not repeated_ids(response)


def test_goal_page_says_where_each_mid_comes_from(catalogue, client):
    text = text_of(page_of(client.get(reverse("stackbuilder:goal_detail", args=["sleep"]))))

    assert "−20 min published MID" in text
    assert "defaults only" in text


def test_goal_page_leads_to_the_builder_with_the_goal_chosen(catalogue, client):
    page = page_of(client.get(reverse("stackbuilder:goal_detail", args=["sleep"])))

    (button,) = elements(page, "a", class_="button")
    assert dict(button.attributes)["href"] == "/?goal=sleep:1"


@pytest.mark.parametrize("slug", ["anti-inflammation", "sleep", "longevity"])
def test_goal_page_takes_few_queries(catalogue, client, slug, django_assert_max_num_queries):
    url = reverse("stackbuilder:goal_detail", args=[slug])
    client.get(url)

    with django_assert_max_num_queries(4):
        client.get(url)


def test_goal_page_of_every_goal_opens(catalogue, client):
    for goal in Goal.objects.all():
        response = client.get(reverse("stackbuilder:goal_detail", args=[goal.slug]))
        assert response.status_code == 200


def test_goal_page_of_an_unknown_goal_is_404(client):
    assert client.get("/goals/nothing/").status_code == 404


def test_goal_leads_to_what_changed_for_it_and_to_its_feed(client):
    make_goal("sleep")

    tree = page_of(client.get("/goals/sleep/"))

    assert {"/changes/?goal=sleep", "/goals/sleep/feed/"} <= set(hrefs(tree))
    assert element(tree, "link", rel="alternate", href="/goals/sleep/feed/")
