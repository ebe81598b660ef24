"""The acts that changed what the public reads."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from evidence.changes import acts
from evidence.changes.acts import Scope, acts_of
from evidence.models import Finding
from evidence.publication import (
    publish_change,
    publish_findings,
    system_user,
    withdraw_compounds,
)
from tests.curators import delete
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_user,
    publish_all,
)

pytestmark = pytest.mark.django_db

NEWEST = 1_000_000


def told(number=NEWEST, **scope):
    scope = Scope(number, **scope)
    return acts_of(scope, list(scope.versions()))


def whys(**scope):
    return [act.why for act in told(**scope)]


def act_on(*compounds, why="An act"):
    return publish_change(
        by=system_user(), why=why, compounds={compound.pk for compound in compounds}
    )


@pytest.fixture
def story():
    """Melatonin on sleep, then valerian on mood, then a caution of melatonin, then a goal."""
    first = make_finding(published=False)
    mood = make_outcome("mood-score", goal=make_goal("mood"))
    second = make_finding(published=False, compound=make_compound("valerian"), outcome=mood)
    publish_findings([first], by=system_user(), why="First")
    publish_findings([second], by=system_user(), why="Second")
    act_on(first.compound, why="Caution")
    act_on(why="Goal")


def test_acts_of_everything_come_newest_first(story):
    assert whys() == ["Goal", "Caution", "Second", "First"]


@pytest.mark.parametrize(
    "compound, goal, expected",
    [
        ("melatonin", None, ["Caution", "First"]),
        ("valerian", None, ["Second"]),
        (None, "sleep", ["First"]),
        (None, "mood", ["Second"]),
        ("melatonin", "sleep", ["First"]),
        ("melatonin", "mood", []),
    ],
)
def test_acts_of_a_scope_are_those_that_touched_it(compound, goal, expected, story):
    scope = {}
    if compound:
        scope["compound"] = make_compound(compound)
    if goal:
        scope["goal"] = make_goal(goal)

    assert whys(**scope) == expected


def test_acts_end_at_the_version_asked_for(story):
    assert [act.number for act in told(2)] == [2, 1]


def test_act_that_moved_profiles_tells_each(story):
    act = told()[-1]

    (step,) = act.steps
    assert (step.compound.slug, step.moved.goal.slug) == ("melatonin", "sleep")
    assert act.tally.in_words == "1 compound, 1 profile for 1 goal"
    assert (act.is_summed_up, act.is_start, act.about) == (False, False, ())


def test_act_that_moved_nothing_names_what_it_is_about(story):
    goal, caution, *_ = told()

    assert (caution.about, caution.about_count) == ((make_compound(),), 1)
    assert (caution.tally, caution.steps) == (None, ())
    assert (goal.about, goal.about_count) == ((), 0)


def test_act_tells_only_the_part_in_its_scope():
    make_finding()
    make_finding(outcome=make_outcome("mood-score", goal=make_goal("mood")))
    publish_all()

    (act,) = told(goal=make_goal("mood"))

    assert [step.moved.goal.slug for step in act.steps] == ["mood"]
    assert act.tally.profiles == 1


def test_act_that_moved_much_is_summed_up_and_the_first_is_the_start(monkeypatch):
    monkeypatch.setattr(acts, "MOST_TOLD", 1)
    for slug in ("melatonin", "valerian"):
        make_finding(compound=make_compound(slug))
    publish_all()
    Finding.objects.update(estimate=-8)
    publish_all()

    newer, first = told()

    assert (newer.is_summed_up, newer.is_start, newer.steps) == (True, False, ())
    assert (first.is_summed_up, first.is_start, first.steps) == (True, True, ())
    assert first.tally.in_words == "2 compounds, 2 profiles for 1 goal"


def test_act_on_many_compounds_counts_them(monkeypatch):
    monkeypatch.setattr(acts, "MOST_TOLD", 1)
    act_on(make_compound(), make_compound("valerian"))

    (act,) = told()

    assert (act.about, act.about_count) == ((), 2)


def test_act_on_a_draft_compound_is_not_told():
    draft = make_compound("secret", published=False)
    make_finding(compound=draft)
    publish_all(why="Finding secret-01")
    act_on(draft, why="Caution of Secret")

    assert told() == []


def test_act_on_a_withdrawn_compound_is_told_without_what_it_came_to():
    finding = make_finding()
    publish_all(why="Loaded")
    withdraw_compounds([finding.compound], by=make_user(), why="Wrong molecule")

    withdrawn, loaded = told()

    assert (withdrawn.why, loaded.why) == ("Wrong molecule", "Loaded")
    assert loaded.about == withdrawn.about == (finding.compound,)
    assert loaded.steps == ()


def test_act_on_a_compound_that_was_deleted_is_told():
    finding = make_finding()
    publish_all(why="Loaded")
    compound = finding.compound
    finding.delete()
    delete(compound, by=make_user())

    assert "Loaded" in whys()


def test_day_of_an_act_is_that_of_the_site(story, settings):
    version = Scope(NEWEST).versions()[0]
    version.at = datetime(2025, 3, 1, 23, 30, tzinfo=UTC)

    with timezone.override("Europe/Berlin"):
        (act,) = acts_of(Scope(NEWEST), [version])
        assert act.day == date(2025, 3, 2)


@pytest.mark.parametrize("compounds", [1, 9])
def test_acts_take_seven_queries_for_any_number(compounds, django_assert_num_queries):
    for number in range(compounds):
        row = make_compound(f"compound-{number}")
        make_finding(compound=row)
        publish_all()
        act_on(row)
    Finding.objects.update(estimate=-8)
    publish_all()

    with django_assert_num_queries(7):
        assert len(told()) == 2 * compounds + 1


def test_query_of_a_scope_names_what_was_chosen():
    scope = Scope(1, make_compound(), make_goal())

    assert (scope.query, Scope(1).query) == ("compound=melatonin&goal=sleep", "")
