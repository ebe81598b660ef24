"""What the builder prints, as values."""

from types import SimpleNamespace

import pytest

from evidence.models import Finding
from stackbuilder.candidates import snapshot
from stackbuilder.cards import apart_cards, goal_chips, ranked_cards, shared_cautions
from stackbuilder.links import State
from stackbuilder.visitor.screened import Screened
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def goals():
    return [make_goal("sleep", position=0), make_goal("mood", position=1)]


def cards(weights=None, places=range(1, 2), **choices):
    """Publish what was made and return the cards of those places."""
    publish_all()
    return ranked_cards(snapshot(), State(weights=weights or {"sleep": 1}, **choices), places)


def apart(weights=None):
    """Publish what was made and return what is listed apart."""
    publish_all()
    return apart_cards(snapshot(), weights or {"sleep": 1})


def card_with(**cautions):
    return SimpleNamespace(cautions={level: list(names) for level, names in cautions.items()})


def test_chip_of_a_goal_not_chosen_adds_it(goals):
    _, mood = goal_chips(snapshot(), State(weights={"sleep": 2}))

    assert mood.weight == 0
    assert mood.toggle_url == "/?goal=sleep:2&goal=mood:1"


def test_chip_of_a_chosen_goal_removes_or_weighs_it(goals):
    sleep, _ = goal_chips(snapshot(), State(weights={"sleep": 2, "mood": 1}))

    assert sleep.weight == 2
    assert sleep.toggle_url == "/?goal=mood:1"
    assert sleep.weight_urls == (
        (1, "/?goal=sleep:1&goal=mood:1", True),
        (2, "/?goal=sleep:2&goal=mood:1", True),
        (3, "/?goal=sleep:3&goal=mood:1", False),
    )


def test_ranked_card_holds_place_figures_and_badges(goals):
    make_finding()

    (card,) = cards({"sleep": 2, "mood": 1})

    assert (card.ranked.place, card.ranked.slug, card.name) == (1, "melatonin", "Melatonin")
    assert card.low <= 1 <= card.high
    assert card.bar.mean == card.ranked.mean
    assert [(badge.goal, badge.letter, badge.verdict) for badge in card.badges] == [
        ("Sleep", "D", "no benefit that matters"),
        ("Mood", "", ""),
    ]


def test_ranked_card_opens_its_reasons_on_its_own_page(goals):
    make_finding()

    (card,) = cards(page=3)

    assert card.why is None
    assert card.why_url == "/?goal=sleep:1&why=melatonin&page=3"


def test_ranked_card_with_open_reasons_closes_them_on_its_own_page(goals):
    make_finding()

    (card,) = cards(page=3, why="melatonin")

    assert card.why is not None
    assert card.why_url == "/?goal=sleep:1&page=3"


def test_reasons_of_a_place_add_up_goal_by_goal(goals):
    make_finding()
    make_finding(study=make_study("pmid:7", design="rct"), estimate=-2, ci_low=-9, ci_high=5)
    make_finding(
        outcome=make_outcome("mood-score", goal=goals[1]), estimate=-30, ci_low=-50, ci_high=-12
    )

    (card,) = cards({"sleep": 2, "mood": 1}, why="melatonin")

    assert [(goal.name, goal.share) for goal in card.why] == [
        ("Sleep", pytest.approx(2 / 3)),
        ("Mood", pytest.approx(1 / 3)),
    ]
    for goal in card.why:
        assert sum(study.term for study in goal.studies) == pytest.approx(goal.term)
    assert sum(goal.term for goal in card.why) == pytest.approx(card.ranked.mean)


def test_reasons_of_a_study_are_as_certain_as_its_least_certain_finding(goals):
    make_finding()
    make_finding(outcome=make_outcome("cortisol", kind="surrogate"), inconsistency="serious")

    (card,) = cards(why="melatonin")

    ((study,),) = (goal.studies for goal in card.why)
    levels = [line.values["certainty"] for line in study.cluster.lines]
    assert levels == ["moderate", "low"]
    assert study.certainty == "low"


def test_reasons_of_a_goal_without_a_study_are_empty(goals):
    make_finding()

    (card,) = cards({"sleep": 1, "mood": 1}, why="melatonin")

    mood = card.why[1]
    assert (mood.term, mood.studies, mood.profile, mood.reasons) == (0, [], None, None)


def test_reasons_of_a_goal_without_a_figure_say_why(goals):
    make_finding()
    mood = make_outcome("mood-score", goal=goals[1])
    make_finding("melatonin-mice", outcome=mood, study=make_study("pmid:7", design="animal"))

    (card,) = cards({"sleep": 1, "mood": 1}, why="melatonin")

    assert (card.why[1].term, card.why[1].studies) == (0, [])
    assert [entry.why for entry in card.why[1].reasons.not_counted] == ["not in people"]


def test_reasons_survive_a_finding_that_was_deleted_since(goals):
    make_finding()
    publish_all()
    tables = snapshot()
    Finding.objects.all().delete()

    (card,) = ranked_cards(tables, State(weights={"sleep": 1}, why="melatonin"), range(1, 2))

    (study,) = card.why[0].studies
    assert study.term == pytest.approx(card.ranked.mean)
    assert [line.finding for line in study.cluster.lines] == [None]


@pytest.mark.parametrize("why, queries", [("", 0), ("valerian", 0), ("melatonin", 2)])
def test_ranked_cards_ask_the_database_only_for_open_reasons(
    goals, django_assert_num_queries, why, queries
):
    make_finding()
    make_caution()
    publish_all()
    tables = snapshot()

    with django_assert_num_queries(queries):
        ranked_cards(tables, State(weights={"sleep": 1}, why=why), range(1, 2))


def test_card_groups_cautions_from_the_firmest(goals):
    make_finding()
    for level in ("caution", "contraindicated", "avoid"):
        make_caution(condition=make_condition(f"condition-{level}"), level=level)

    (card,) = cards()

    assert card.cautions == {
        "contraindicated": ["Condition contraindicated"],
        "avoid": ["Condition avoid"],
        "caution": ["Condition caution"],
    }


def test_shared_cautions_are_said_once_and_taken_out_of_the_cards():
    shown = [
        card_with(avoid=["Pregnant", "Epilepsy"], caution=["Under 18"]),
        card_with(avoid=["Epilepsy", "Pregnant"]),
        card_with(avoid=["Pregnant"], caution=["Under 18"]),
    ]

    shared = shared_cautions(shown)

    assert shared == {"avoid": ["Pregnant"]}
    assert [card.cautions.get("avoid") for card in shown] == [["Epilepsy"], ["Epilepsy"], []]
    assert shown[0].cautions["caution"] == ["Under 18"]


def test_shared_cautions_keep_levels_apart():
    shown = [
        card_with(avoid=["Pregnant"]),
        card_with(caution=["Pregnant"]),
        card_with(avoid=["Pregnant"]),
    ]

    assert shared_cautions(shown) == {}
    assert shown[1].cautions["caution"] == ["Pregnant"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_shared_cautions_of_few_cards_stay_with_them(number):
    shown = [card_with(avoid=["Pregnant"]) for _ in range(number)]

    assert shared_cautions(shown) == {}
    assert all(card.cautions["avoid"] == ["Pregnant"] for card in shown)


def test_cards_taken_apart_leave_the_kept_tables_whole(goals):
    for slug in ("melatonin", "valerian", "zinc"):
        make_finding(compound=make_compound(slug))
        make_caution(make_compound(slug))
    places = range(1, 4)
    first = cards(places=places)

    shared_cautions(first)
    second = ranked_cards(snapshot(), State(weights={"sleep": 1}), places)

    assert [card.cautions["avoid"] for card in first] == [[], [], []]
    assert [card.cautions["avoid"] for card in second] == [["Epilepsy"]] * 3


def test_apart_lists_what_was_studied_and_cannot_be_counted(goals):
    make_finding()
    make_finding(compound=make_compound("valerian"), study=make_study("pmid:7", design="animal"))
    make_compound("zinc")

    (valerian,) = apart()

    assert (valerian.slug, valerian.name) == ("valerian", "Valerian")
    assert [badge.verdict for badge in valerian.badges] == ["no placebo-controlled evidence"]


@pytest.mark.parametrize(
    "design, one, two",
    [
        ("rct", "1 trial: harm", "2 trials: harm"),
        ("crossover-rct", "1 trial: harm", "2 trials: harm"),
        ("single-arm-trial", "1 trial: harm", "2 trials: harm"),
        ("network-meta-analysis", "1 review: harm", "2 reviews: harm"),
        ("animal", "1 animal study: harm", "2 animal studies: harm"),
        ("in-vitro", "1 laboratory study: harm", "2 laboratory studies: harm"),
        ("cohort", "1 other study: harm", "2 other studies: harm"),
    ],
)
def test_apart_says_what_studies_reported_in_plain_words(goals, design, one, two):
    for slug, number in (("melatonin", 1), ("valerian", 2)):
        for n in range(number):
            study = make_study(f"pmid:{slug}{n}", pmid="", design=design)
            make_finding(
                compound=make_compound(slug), study=study, result="harm", set_aside="A test."
            )

    assert [compound.reports for compound in apart()] == [(one,), (two,)]


def test_apart_counts_a_study_once_for_each_result(goals):
    study = make_study("pmid:7", design="rct")
    for outcome in ("latency", "duration"):
        make_finding(study=study, outcome=make_outcome(outcome), set_aside="A test.")
    make_finding(
        study=study,
        outcome=make_outcome("quality"),
        result="no-clear-difference",
        set_aside="A test.",
    )

    (melatonin,) = apart()

    assert melatonin.reports == ("1 trial: benefit", "1 trial: no clear difference")


def test_apart_reports_neither_drafts_nor_other_goals_nor_safety(goals):
    mouse = make_study("pmid:7", design="animal")
    make_finding(study=mouse)
    make_finding(study=make_study("pmid:8"), result="harm", published=False)
    make_finding(study=mouse, outcome=make_outcome("mood-score", goal=goals[1]), result="harm")
    make_finding(study=mouse, outcome=make_outcome("headache", kind="safety"), result="harm")

    (melatonin,) = apart()

    assert melatonin.reports == ("1 animal study: benefit",)


def test_apart_takes_one_query_however_many(goals, django_assert_num_queries):
    for n in range(5):
        study = make_study(f"pmid:{n}", design="animal")
        make_finding(compound=make_compound(f"compound-{n}"), study=study)
    publish_all()
    tables = snapshot()

    with django_assert_num_queries(1):
        found = apart_cards(tables, {"sleep": 1, "mood": 3})

    assert [compound.slug for compound in found] == [f"compound-{n}" for n in range(5)]


def test_card_of_a_compound_joins_the_stack_or_leaves_it(goals):
    make_finding()
    publish_all()
    tables, state = snapshot(), State(weights={"sleep": 1}, members=("zinc",), page=2)

    (outside,) = ranked_cards(tables, state, [1])
    (member,) = ranked_cards(tables, state.adding("melatonin"), [1])

    assert (outside.is_member, outside.stack_url) == (
        False,
        "/?goal=sleep:1&in=zinc&in=melatonin&page=2",
    )
    assert (member.is_member, member.stack_url) == (True, "/?goal=sleep:1&in=zinc&page=2")


def test_compound_left_out_is_not_listed_apart(goals):
    make_finding(study=make_study("pmid:7", design="animal"))
    publish_all()
    tables = snapshot()

    (listed,) = apart_cards(tables, {"sleep": 1})

    assert listed.slug == "melatonin"
    assert apart_cards(tables, {"sleep": 1}, Screened(too_uncertain={"melatonin"})) == []
