"""What an act would move, foretold by the real synthesis without storing anything."""

import pytest

from evidence.models import EvidenceVersion, Finding, Profile
from evidence.movements import effect_of, standings_of
from evidence.proposing import accept, propose
from evidence.publication import VALUES, pairs_touched_by, publish_findings, withdraw_findings
from evidence.workflow import publish, withdraw
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    make_user,
    publish_all,
)
from tests.stored_rows import changes, stored_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob():
    return make_user("bob")


@pytest.fixture
def ranking():
    """Three compounds ranked for sleep: valerian, melatonin, zinc."""
    for number, (slug, estimate) in enumerate(
        [("melatonin", -20.0), ("valerian", -30.0), ("zinc", -2.0)], start=1
    ):
        make_finding(
            compound=make_compound(slug),
            study=make_study(f"pmid:{number}"),
            estimate=estimate,
            ci_low=estimate - 3,
            ci_high=estimate + 3,
        )
    publish_all()


def better(**changes):
    """Return the values of a new finding by which melatonin spares 50 minutes."""
    values = {"study": make_study("pmid:8"), "estimate": -50.0, "ci_low": -52.0, "ci_high": -48.0}
    return {"compound": make_compound(), "outcome": make_outcome(), **values, **changes}


def figures(profile):
    return {name: getattr(profile, name) for name in VALUES}


def foretold(**acts):
    """Return the only movement that is foretold, having stored nothing."""
    before = stored_rows()
    (movement,) = effect_of(**acts)
    assert changes(before, stored_rows()) == {}
    return movement


def test_finding_that_is_stored_nowhere_is_foretold_to_the_last_digit(ranking, bob):
    unsaved = Finding(
        key="melatonin-02",
        comparator="placebo",
        measure="MD",
        unit="min",
        result="benefit",
        n_participants=333,
        indirectness="none",
        **better(estimate=-29.123456789),
    )
    unsaved.ci_low, unsaved.ci_high = -52.1, -11.3

    movement = foretold(published=[unsaved])
    unsaved.save()
    publish([unsaved], by=bob)

    stored = Profile.objects.current().get(compound=unsaved.compound)
    assert figures(movement.after.profile) == figures(stored)
    (now,) = standings_of(pairs_touched_by(unsaved)).values()
    assert (now.place, now.of) == (movement.after.place, movement.after.of) == (2, 3)
    assert movement.is_move


def test_draft_moves_up_and_the_places_are_those_of_the_ranking(ranking, bob):
    draft = make_finding(published=False, n_participants=5000, **better())

    movement = foretold(published=[draft])
    publish_findings([draft], by=bob, why="Checked")

    assert (movement.compound.slug, movement.goal.slug) == ("melatonin", "sleep")
    assert (movement.before.place, movement.after.place, movement.after.of) == (2, 1, 3)
    (now,) = standings_of(pairs_touched_by(draft)).values()
    assert (now.place, now.of) == (1, 3)
    assert figures(now.profile) == figures(movement.after.profile)


def test_withdrawal_is_foretold_and_the_place_is_lost(ranking, bob):
    finding = Finding.objects.get(compound__slug="valerian")

    movement = foretold(withdrawn=[finding])
    withdraw([finding], by=bob, why="Disputed")

    assert (movement.before.place, movement.after) == (1, None)
    assert movement.is_move
    assert not Profile.objects.current().filter(compound__slug="valerian").exists()


def test_change_of_a_public_finding_is_foretold(ranking, bob):
    finding = Finding.objects.get(compound__slug="zinc")
    proposal = propose(finding, {"estimate": -2.5}, by=make_user(), why="Misread")
    finding.estimate = -2.5

    movement = foretold(changed=[finding])
    accept(proposal, by=bob)

    stored = Profile.objects.current().get(compound__slug="zinc")
    assert figures(movement.after.profile) == figures(stored)
    assert movement.before.profile.mean != movement.after.profile.mean


def test_finding_that_would_move_to_another_goal_touches_both(ranking):
    finding = Finding.objects.get(compound__slug="zinc")
    finding.outcome = make_outcome("depressive-symptoms", goal=make_goal("mood", position=9))

    left, came = effect_of(changed=[finding])

    assert (left.goal.slug, left.before.place, left.after) == ("sleep", 3, None)
    assert (came.goal.slug, came.before, came.after.place, came.after.of) == ("mood", None, 1, 1)


def test_retraction_is_foretold(ranking):
    study = Finding.objects.get(compound__slug="valerian").study
    study.status = "retracted"

    movement = foretold(studies=[study])

    assert (movement.before.place, movement.after.place, movement.after.of) == (1, None, 2)
    assert movement.after.profile.mean is None


def test_compound_that_is_not_public_has_no_place(ranking):
    draft = make_finding(published=False, **better(compound=make_compound("iron", published=False)))

    movement = foretold(published=[draft])

    assert movement.before is None
    assert (movement.after.place, movement.after.of) == (None, 3)
    assert movement.after.profile.letter != "–"


def test_finding_that_nothing_ranks_moves_nothing(ranking):
    safety = make_outcome("falls", kind="safety")
    draft = make_finding(published=False, **better(outcome=safety))

    assert effect_of(published=[draft]) == []


@pytest.mark.parametrize("missing", ["compound", "outcome", "study"])
def test_form_that_is_not_filled_in_yet_moves_nothing(missing, ranking):
    values = better()
    del values[missing]

    assert effect_of(published=[Finding(**values, result="benefit")]) == []


def test_two_findings_without_a_key_are_both_counted(ranking):
    values = {"comparator": "placebo", "measure": "MD", "unit": "min", "result": "benefit"}
    rows = [
        Finding(**values, n_participants=100, **better(study=make_study(f"pmid:{number}")))
        for number in (71, 72)
    ]

    movement = foretold(published=rows)

    assert movement.after.profile.n_findings == 3
    assert [row.key for row in rows] == ["", ""]


def test_same_figures_are_no_move(ranking):
    finding = Finding.objects.get(compound__slug="zinc")
    finding.note = "Read again"

    assert not foretold(changed=[finding]).is_move


def test_places_break_ties_as_the_ranking_does():
    for slug in ("zinc", "iron", "boron"):
        make_finding(compound=make_compound(slug))
    publish_all()
    pairs = {(row.compound_id, row.outcome.goal_id) for row in Finding.objects.all()}

    placed = {one.profile.compound.slug: one.place for one in standings_of(pairs).values()}

    assert placed == {"boron": 1, "iron": 2, "zinc": 3}


def test_number_of_queries_does_not_grow_with_the_ranking(ranking, django_assert_max_num_queries):
    for number in range(20):
        make_finding(compound=make_compound(f"compound-{number}"))
    publish_all()
    draft = make_finding(published=False, **better())

    with django_assert_max_num_queries(18):
        effect_of(published=[draft])

    assert EvidenceVersion.objects.current_number() == 2


def test_withdrawn_and_published_again_is_as_before(ranking, bob):
    finding = Finding.objects.get(compound__slug="melatonin")
    (before,) = standings_of(pairs_touched_by(finding)).values()
    withdraw_findings([finding], by=bob, why="Disputed")

    movement = foretold(published=[finding])

    assert figures(movement.after.profile) == figures(before.profile)
    assert (movement.before, movement.after.place) == (None, before.place)
