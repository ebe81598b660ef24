"""What the index knows of each public thing."""

import pytest

from evidence.models import Alias
from evidence.searching.texts import Text, all_texts, outcomes_of, parts_of
from tests.factories import make_article, make_compound, make_finding, make_goal, make_outcome

pytestmark = pytest.mark.django_db


def texts():
    """Return all texts by kind and slug."""
    return {(text.kind, text.slug): text for text in all_texts()}


def test_compound_brings_its_aliases_summary_and_mechanisms():
    compound = make_compound(summary="For the evening.", mechanisms=["Tells the body of night"])
    Alias.objects.create(compound=compound, name="Circadin", position=0)

    text = texts()["compound", "melatonin"]

    assert (text.title, text.names) == ("Melatonin", ("Circadin",))
    assert text.values()["folded_body"] == "for the evening tells the body of night"
    assert ["circadin", "Circadin", 1] in text.values()["spellings"]


def test_goal_and_outcome_name_each_other():
    make_outcome(goal=make_goal())

    found = texts()

    assert found["goal", "sleep"].summary == "Sleep onset latency."
    assert found["outcome", "sleep-onset-latency"].goal == "sleep"


def test_goal_names_few_of_many_outcomes():
    for number in range(6):
        make_outcome(f"outcome-{number}")

    assert texts()["goal", "sleep"].summary.endswith("Outcome 3 and 2 more.")


def test_draft_compound_and_its_article_are_left_out():
    make_article(compound=make_compound(published=False))

    assert {kind for kind, _ in texts()} == {"goal"}


def test_draft_article_is_left_out():
    make_article(published=False)

    assert ("article", "melatonin-for-sleep") not in texts()


def test_article_is_known_by_its_prose_and_not_by_its_figures():
    make_article(body="By {{ finding:melatonin-01 estimate }} or [so](https://example.org/secret).")

    body = texts()["article", "melatonin-for-sleep"].values()["folded_body"]

    assert body.endswith("by or so")
    assert "finding" not in body
    assert "secret" not in body


def test_outcome_outside_all_goals_leads_to_no_page_but_to_its_compounds():
    stones = make_outcome("kidney-stones", goal=None)
    finding = make_finding(outcome=stones)
    make_finding(outcome=make_outcome("draft-outcome"), published=False)

    about = outcomes_of({finding.compound_id})

    assert about == {finding.compound_id: "Kidney stones"}
    assert ("outcome", "kidney-stones") not in texts()


def test_digest_tells_every_text_apart():
    one = Text("goal", "sleep", "Sleep", (), "")

    others = [
        Text("goal", "sleep", "Sleep!", (), ""),
        Text("goal", "sleep", "Sleep", ("nap",), ""),
        Text("goal", "sleep", "Sleep", (), "x"),
        Text("goal", "sleep", "Sleep", (), "", body="x"),
        Text("goal", "sleep", "Sleep", (), "", about="x"),
    ]

    assert len({text.digest for text in (one, *others)}) == 6
    assert one.digest == Text("goal", "sleep", "Sleep", (), "").digest


@pytest.mark.parametrize(
    "title, kind, parts",
    [
        ("Sleep quality (PSQI)", "outcome", ["PSQI"]),
        ("Omega-3 (EPA/DHA)", "compound", ["EPA", "DHA"]),
        ("Stress & Anxiety", "goal", ["Stress", "Anxiety"]),
        ("Sleep", "goal", []),
        ("Melatonin (oral): what is known", "article", []),
    ],
)
def test_parts_of_a_title_are_names_of_their_own(title, kind, parts):
    assert parts_of(title, kind) == parts
