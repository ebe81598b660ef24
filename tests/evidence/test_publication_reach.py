"""How far a row reaches: the pairs whose profile it may change, and whether the public reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.models import Finding, Profile, UnitSynonym
from evidence.publication import (
    all_pairs,
    is_public,
    pairs_touched_by,
    publish_change,
    withdraw_findings,
)
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_goal,
    make_interaction,
    make_outcome,
    make_study,
    make_user,
    publish_all,
)
from tests.stored_rows import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user()


def pair_of(finding):
    return finding.compound_id, finding.outcome.goal_id


@pytest.fixture
def two_pairs():
    """Melatonin for sleep and for mood, in two studies; magnesium has only a draft."""
    mood = make_outcome("depressive-symptoms", goal=make_goal("mood"))
    sleep = make_finding()
    other = make_finding(outcome=mood, study=make_study("pmid:2"))
    make_finding(compound=make_compound("magnesium"), published=False)
    return sleep, other


def test_finding_touches_its_own_pair(two_pairs):
    for finding in two_pairs:
        assert pairs_touched_by(finding) == {pair_of(finding)}


def test_draft_touches_no_pair(two_pairs):
    assert pairs_touched_by(Finding.objects.get(state="draft")) == set()


def test_finding_that_is_public_only_later_touches_no_pair_yet():
    finding = make_finding(published_at=timezone.now() + timedelta(days=1))

    assert pairs_touched_by(finding) == set()


def test_study_touches_the_pairs_of_its_findings(two_pairs):
    sleep, other = two_pairs

    assert pairs_touched_by(sleep.study) == {pair_of(sleep)}
    assert pairs_touched_by(other.study) == {pair_of(other)}
    assert pairs_touched_by(make_study("pmid:3")) == set()


def test_study_touches_the_pairs_of_the_review_that_pools_it(two_pairs):
    sleep, other = two_pairs
    sleep.study.includes.add(other.study)

    assert pairs_touched_by(other.study) == {pair_of(sleep), pair_of(other)}


def test_outcome_and_its_mid_touch_the_pairs_of_its_findings(two_pairs):
    for finding in two_pairs:
        assert pairs_touched_by(finding.outcome) == {pair_of(finding)}
        assert pairs_touched_by(finding.outcome.mids.get()) == {pair_of(finding)}


def test_goal_touches_the_pairs_of_its_outcomes(two_pairs):
    for finding in two_pairs:
        assert pairs_touched_by(finding.outcome.goal) == {pair_of(finding)}


@pytest.mark.parametrize("kind, goal", [("safety", "sleep"), ("clinical", None)])
def test_outcome_that_ranks_nothing_touches_no_pair(kind, goal):
    outcome = make_outcome("falls", kind=kind, goal=goal and make_goal(goal))
    finding = make_finding(outcome=outcome)

    for row in (finding, finding.study, outcome, outcome.mids.get()):
        assert pairs_touched_by(row) == set()
    assert all_pairs() == set()


def test_rows_that_no_synthesis_reads_touch_no_pair(two_pairs):
    compound = make_compound()

    for row in (compound, make_caution(compound), make_interaction(compound)):
        assert pairs_touched_by(row) == set()


def test_row_that_is_not_stored_yet_touches_no_pair(two_pairs):
    for finding in two_pairs:
        outcome = finding.outcome

        assert pairs_touched_by(type(outcome.mids.get())(outcome=outcome)) == set()
        assert pairs_touched_by(Finding(outcome=outcome)) == set()


def test_all_pairs_are_those_with_a_finding_and_those_that_had_one(two_pairs, alice):
    sleep, other = two_pairs
    publish_all()

    withdraw_findings([other], by=alice, why="Under review")

    assert all_pairs() == {pair_of(sleep), pair_of(other)}


def move_finding(finding, goal):
    finding.outcome = make_outcome("depressive-symptoms", goal=goal)
    return finding


def move_outcome(finding, goal):
    finding.outcome.goal = goal
    return finding.outcome


@pytest.mark.parametrize("move", [move_finding, move_outcome])
def test_move_to_another_goal_is_made_again_at_both_its_places(alice, move):
    finding = make_finding()
    publish_all()
    sleep, mood = finding.outcome.goal, make_goal("mood")
    before = pairs_touched_by(finding)
    row = move(finding, mood)
    row.save()

    done = publish_change(by=alice, why="Moved", pairs=before | pairs_touched_by(row))

    assert {row.goal: row.n_findings for row in done.profiles} == {sleep: 0, mood: 1}
    assert Profile.objects.current().get().goal == mood


def test_row_is_public_when_it_or_its_owner_has_been_published():
    draft, public = make_compound("zinc", published=False), make_compound("iron")

    assert is_public(public)
    assert not is_public(draft)
    assert is_public(make_caution(public))
    assert not is_public(make_caution(draft))
    assert is_public(make_finding(compound=public))
    assert not is_public(make_finding(compound=public, published=False))
    assert is_public(make_outcome())
    assert not is_public(UnitSynonym(printed="minutes", stored="min"))


def test_nothing_is_stored_by_a_question(two_pairs):
    before = counts()

    pairs_touched_by(two_pairs[0])
    all_pairs()
    is_public(two_pairs[0])

    assert counts() == before
