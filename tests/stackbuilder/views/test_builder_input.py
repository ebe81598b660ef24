"""What the builder answers to an address that somebody mistyped, or meant to harm."""

import pytest

from tests.pages import elements, inline_parts, page_of, ranked_names, text_of

pytestmark = pytest.mark.django_db

SWAP = {"HX-Request": "true"}
SLEEP = "/?goal=sleep:2"


@pytest.mark.parametrize(
    "query, message",
    [
        ("goal=flying", "There is no goal called “flying”."),
        ("goal=", "There is no goal called “”."),
        ("goal=sleep:0", "The weight of sleep must be 1, 2 or 3, not “0”."),
        ("goal=mood:4", "The weight of mood must be 1, 2 or 3, not “4”."),
        ("goal=mood:99", "The weight of mood must be 1, 2 or 3, not “99”."),
        ("goal=mood:abc", "The weight of mood must be 1, 2 or 3, not “abc”."),
        ("goal=sleep:1", "The goal sleep is given twice."),
        ("goal=%ff", "There is no goal called “�”."),
        ("goal=" + "a" * 5000, f"There is no goal called “{'a' * 40}…”."),
        ("&".join(["goal=sleep:2"] * 1000), "And 997 more like these."),
        ("page=0", "page: "),
        ("page=-1", "page: "),
        ("page=abc", "page: "),
        ("page=999999999999999999999", "page: "),
        ("why=../../x", "why: "),
        ("why=%ff", "why: "),
        ("why=" + "a" * 61, "why: "),
    ],
)
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_bad_input_is_named_and_the_good_goals_are_ranked(
    client, evidence, headers, query, message
):
    response = client.get(f"{SLEEP}&{query}", headers=headers)

    assert response.status_code == 400
    tree = page_of(response)
    (problems,) = elements(tree, class_="problems")
    assert dict(problems.attributes)["role"] == "alert"
    assert message in text_of(problems)
    assert ranked_names(tree) == ["Melatonin", "Valerian"]


@pytest.mark.parametrize(
    "query",
    ["goal=sleep:", "page=2", "page=100000", "why=", "page=", "colour=red", "&&", "%ff=%ff"],
)
def test_harmless_input_is_taken_as_meant(client, evidence, query):
    rest = query if query.startswith("goal=") else f"goal=sleep&{query}"

    response = client.get(f"/?{rest}")

    assert response.status_code == 200
    assert ranked_names(page_of(response)) == ["Melatonin", "Valerian"]


def test_more_fields_than_any_visitor_has_are_refused(client, evidence):
    response = client.get("/?" + "&".join(["goal=sleep"] * 10_000))

    assert response.status_code == 400
    assert b"Traceback" not in response.content


@pytest.mark.parametrize("headers", [{}, SWAP])
@pytest.mark.parametrize(
    "attack",
    [
        "goal=%3Cscript%3Ealert(1)%3C/script%3E",
        "goal=sleep:%3Cscript%3Ealert(1)%3C/script%3E",
        "goal=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "why=%3Cscript%3Ealert(1)%3C/script%3E",
        "page=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_hostile_input_stays_text(client, evidence, headers, attack):
    response = client.get(f"/?goal=mood&{attack}", headers=headers)

    assert response.status_code == 400
    assert not inline_parts(response)
    assert not elements(page_of(response), "img")
    assert b"<script>" not in response.content


def test_hostile_input_is_shown_as_it_was_given(client, evidence):
    response = client.get("/?goal=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "There is no goal called “&lt;script&gt;alert(1)&lt;/script&gt;”." in (
        response.content.decode()
    )
