"""The method page: numbers in force, tables, and the worked example with and without data."""

import pytest
from django.urls import reverse

from evidence.figures import printed
from evidence.synthesis import CONSTANTS, METHOD_VERSION, constants
from stackbuilder.engine import assembly, person, places, ranking
from stackbuilder.method_page import EXAMPLE, constants_in_force
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)
from tests.pages import (
    element,
    elements,
    hrefs,
    page_of,
    text_of,
)

pytestmark = pytest.mark.django_db

URL = "/method/"
ODD = 0.4321  # no number of the method, nor is its rounding
OWNERS = (constants, places, ranking, assembly, person)
QUERIES = 7  # the version, the MIDs, the profile, its reasons, and the facts of its compound


def page(client):
    response = client.get(URL)
    assert response.status_code == 200
    return page_of(response)


def prose_of(tree):
    """The text of every part of the method but the list of its constants."""
    sections = elements(tree, "section", class_="method")
    return " ".join(
        text_of(section) for section in sections if dict(section.attributes)["id"] != "constants"
    )


def make_example(**finding):
    """Publish the example's compound and goal with one finding, to be varied by keyword."""
    compound, goal = make_compound(EXAMPLE[0]), make_goal(EXAMPLE[1])
    outcome = finding.pop("outcome", None) or make_outcome("severity", goal=goal)
    made = make_finding(compound=compound, outcome=outcome, **finding)
    publish_all()
    return made


def test_method_page_opens_without_any_evidence(client):
    response = client.get(reverse("stackbuilder:method"))

    tree = page_of(response)
    assert (response.status_code, response.request["PATH_INFO"]) == (200, URL)
    assert "is not loaded into this database" in text_of(element(tree, id="example"))
    assert not elements(tree, id="steps")
    assert not elements(tree, class_="forest-table")


def test_method_page_names_its_version_and_its_history(client):
    tree = page(client)

    assert f"Method version {METHOD_VERSION}," in text_of(element(tree, class_="lead"))
    history = text_of(element(tree, id="history"))
    assert all(f"Version {one.version}" in history for one in constants.METHOD_HISTORY)


def test_contents_lead_to_every_section_in_order(client):
    tree = page(client)

    links = hrefs(element(tree, "nav", class_="contents"))
    ids = [dict(one.attributes)["id"] for one in elements(tree, "section", class_="method")]
    assert links == [f"#{one}" for one in ids]
    assert len(links) == 18


@pytest.mark.parametrize("name", sorted(set(constants_in_force()) - {"WEIGHTS"}))
def test_prose_prints_each_constant_that_is_in_force(client, monkeypatch, name):
    owner = next(module for module in OWNERS if hasattr(module, name))
    before = prose_of(page(client))

    monkeypatch.setattr(owner, name, ODD)

    after = prose_of(page(client))
    assert "0.4321" not in before
    assert "43 %" not in before
    assert "0.4321" in after or "43 %" in after


def test_prose_prints_the_weights_that_are_in_force(client, monkeypatch):
    monkeypatch.setattr(ranking, "WEIGHTS", (1, 5, 7))

    assert "with 1, 5 or 7." in prose_of(page(client))


def test_table_holds_every_constant_with_its_value_and_source(client):
    table = element(page(client), "table", id="constant-table")
    rows = [text_of(row) for row in elements(table, "tr")[1:]]

    for one, row in zip(CONSTANTS, rows, strict=False):
        assert one.meaning.lower() in row.lower()
        assert f"{printed(one.value)} {one.unit}" in row
        assert ("DOI" in row) is bool(one.source)
    assert "4000 number" in " ".join(rows[len(CONSTANTS) :])


def test_sources_are_linked_by_doi(client):
    links = hrefs(element(page(client), id="sources"))

    assert "https://doi.org/10.1016/j.jclinepi.2012.08.001" in links
    assert "https://doi.org/10.1016/j.jclinepi.2019.10.014" in links


def test_every_verdict_is_shown_by_its_badge_with_what_it_does_not_mean(client):
    tree = page(client)

    rows = elements(element(tree, "table", id="verdict-table"), "tr")[1:]
    assert len(rows) == 9
    for row in rows:
        assert elements(row, class_="badge__verdict")
        given, does_not_mean = elements(row, "td")
        assert text_of(given)
        assert text_of(does_not_mean).startswith("That ")


def test_letters_and_verdicts_come_together_as_in_the_table_of_verdicts(client):
    tree = page(client)

    letters, verdicts = (
        {text_of(badge) for badge in elements(element(tree, "table", id=one), class_="badge")}
        for one in ("letter-table", "verdict-table")
    )
    assert letters == verdicts
    assert len(letters) == 9


def test_example_with_nothing_to_count_is_not_shown(client):
    make_example(comparator_kind="none")

    assert "is not loaded" in text_of(element(page(client), id="example"))


@pytest.mark.parametrize(
    "finding, expected",
    [
        ({}, "A difference stays as it is."),
        ({"ci_low": None, "ci_high": None, "p": 0.01}, "the p-value tells the error"),
        (
            {"measure": "RR", "estimate": 0.5, "ci_low": 0.4, "ci_high": 0.6, "unit": ""},
            "A ratio becomes its logarithm.",
        ),
        ({"risk_of_bias": "unknown"}, "0.5 for risk of bias: not assessed"),
        ({"estimate": -400, "ci_low": -401, "ci_high": -399}, ", held at 5.000"),
        ({"estimate": 90, "ci_low": 89, "ci_high": 91}, "harm on such a level makes it F"),
    ],
)
def test_steps_tell_how_the_finding_was_read(client, finding, expected):
    make_example(**{"risk_of_bias": "none", **finding})

    assert expected in text_of(element(page(client), id="steps"))


@pytest.mark.parametrize(
    "finding, expected",
    [
        ({"unit": "litres"}, "the effect was standardised from the study’s own participants"),
        (
            {
                "measure": "",
                "estimate": None,
                "ci_low": None,
                "ci_high": None,
                "result": "no-clear-difference",
            },
            "(2 ÷ √100) ÷ 0.2 = 1.000",
        ),
    ],
)
def test_steps_tell_how_a_trial_without_a_mid_or_a_figure_was_read(client, finding, expected):
    trial = make_study("pmid:1", design="rct")
    make_example(**{"study": trial, "n_participants": 100, **finding})

    assert expected in text_of(element(page(client), id="steps"))


def test_steps_of_a_cohort_name_its_start(client):
    make_example(study=make_study("pmid:1", design="cohort"))

    steps = text_of(element(page(client), id="steps"))
    assert "1.5 for a design that starts at low certainty" in steps


def test_steps_follow_every_finding_of_the_heaviest_study(client):
    goal = make_goal(EXAMPLE[1])
    make_example()
    make_example(outcome=make_outcome("other", goal=goal))

    steps = text_of(element(page(client), id="steps"))
    assert "Its 2 findings average to" in steps


def test_method_page_takes_the_same_few_queries_however_much_there_is(
    client, django_assert_num_queries
):
    make_example()
    with django_assert_num_queries(QUERIES):
        client.get(URL)
    goal = make_goal(EXAMPLE[1])
    for number in range(4):
        outcome = make_outcome(f"outcome-{number}", goal=goal)
        make_example(outcome=outcome, study=make_study(f"pmid:{number + 1}", design="rct"))

    with django_assert_num_queries(QUERIES):
        client.get(URL)


def test_method_page_is_not_sent_twice_while_nothing_changed(client):
    etag = client.get(URL).headers["ETag"]
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 304

    make_example()

    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_method_page_refuses_to_be_posted_to(client):
    assert client.post(URL).status_code == 405
