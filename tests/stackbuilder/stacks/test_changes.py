"""What changed since a stack was pinned: which cells, from what to what, by which acts."""

import pytest

from evidence.models import Compound, Finding
from evidence.publication import publish_findings, system_user, withdraw_findings
from stackbuilder.candidates import snapshot_at
from stackbuilder.links import State
from stackbuilder.stacks.changes import Figures, changes_since
from tests.factories import make_goal, make_outcome, make_study, publish_all
from tests.stack_factories import edit_findings, make_sleepers

pytestmark = pytest.mark.django_db
STATE = State(weights={"sleep": 2}, members=("valerian", "melatonin"), evidence=1)


@pytest.fixture(autouse=True)
def sleepers():
    """Evidence version 1."""
    assert make_sleepers() == 1


def changes(newest, state=STATE):
    return changes_since(snapshot_at(1, newest), state, newest)


def profile(slug, number):
    compound = Compound.objects.get(slug=slug)
    return compound.profiles.newest(number).get()


def test_nothing_changed_in_the_version_that_is_pinned():
    assert changes(1) == ()


def test_change_goes_from_the_pinned_figures_to_todays_by_every_act_between():
    finding = Finding.objects.get(compound__slug="melatonin")
    edit_findings([finding], why="Once")
    finding.refresh_from_db()
    newest = edit_findings([finding], why="Twice")

    (change,) = changes(newest)

    before, now = profile("melatonin", 1), profile("melatonin", newest)
    assert (change.name, change.goal) == ("Melatonin", "Sleep")
    assert change.before == Figures(before.letter, before.verdict, before.dependable)
    assert change.now == Figures(now.letter, now.verdict, now.dependable)
    assert change.before != change.now
    assert [(act.number, act.why) for act in change.acts] == [(2, "Once"), (3, "Twice")]


def test_act_that_stored_no_other_profile_changed_nothing():
    newest = publish_all().version.number

    assert newest == 2
    assert changes(newest) == ()


def test_changes_come_in_the_order_of_the_stack():
    newest = edit_findings(Finding.objects.all())

    assert [change.slug for change in changes(newest)] == ["valerian", "melatonin"]
    swapped = STATE.having(members=("melatonin", "valerian"))
    assert [change.slug for change in changes(newest, swapped)] == ["melatonin", "valerian"]


def test_member_that_lost_its_findings_has_no_figures_today():
    findings = Finding.objects.filter(compound__slug="valerian")
    newest = withdraw_findings(findings, by=system_user(), why="Retracted").version.number

    (change,) = changes(newest)

    assert change.before.dependable is not None
    assert change.now == Figures()


def test_member_that_was_untested_then_says_so():
    outcome = make_outcome("mood-score", goal=make_goal("mood"))
    finding = Finding.objects.get(compound__slug="melatonin")
    finding.pk, finding.key, finding.outcome = None, "melatonin-09", outcome
    finding.study = make_study("pmid:77")
    finding.save()
    newest = publish_findings([finding], by=system_user(), why="New").version.number

    found = changes(newest, STATE.having(weights={"sleep": 1, "mood": 1}))

    assert [(change.slug, change.goal_slug) for change in found] == [("melatonin", "mood")]
    assert found[0].before == Figures()
    assert found[0].now.verdict


def test_change_that_was_taken_back_says_that_it_reads_the_same():
    findings = Finding.objects.filter(compound__slug="melatonin")
    edit_findings(findings.all(), by=2.0)
    newest = edit_findings(findings.all(), by=0.5)

    (change,) = changes(newest)

    assert [act.number for act in change.acts] == [2, 3]
    assert change.before == change.now
    assert change.is_same_to_the_eye


def test_changes_take_two_queries_for_any_number_of_members(django_assert_num_queries):
    newest = edit_findings(Finding.objects.all())
    tables = snapshot_at(1, newest)

    with django_assert_num_queries(2):
        changes_since(tables, STATE, newest)
