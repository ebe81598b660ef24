"""What changed on a compound's page, act by act."""

import pytest

from evidence.change_log import ALL, SHOWN, change_log
from evidence.models import EvidenceVersion, Goal
from evidence.publication import publish_change, publish_findings, system_user
from evidence.workflow import withdraw
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    make_user,
    publish_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def compound(db):
    """Melatonin, with one draft on sleep."""
    return make_finding("melatonin-01", published=False).compound


def publish(*keys):
    """Publish these findings as one act, and return its number."""
    findings = [row for key in keys for row in make_compound().findings.filter(key=key)]
    return publish_findings(findings, by=system_user(), why=f"Published {keys}").version.number


def log_of(compound, number=1_000_000, **options):
    return change_log(compound, number, **options)


def moves(act):
    return [(one.goal.slug, one.before, one.after) for one in act.moved]


def test_log_before_the_first_act_is_empty(compound):
    log = log_of(compound)

    assert (log.acts, log.others) == ((), 0)


def test_first_act_moves_from_nothing(compound):
    publish("melatonin-01")

    (act,) = log_of(compound).acts

    profile = compound.profiles.get()
    assert act.why == "Published ('melatonin-01',)"
    assert moves(act) == [("sleep", None, profile)]
    assert act.moved[0].after.dependable == profile.dependable


def test_each_act_moves_from_what_stood_before_newest_first(compound):
    trial = make_study("pmid:7", design="rct", year=2020)
    make_finding(
        "melatonin-02", published=False, study=trial, estimate=-30, ci_low=-44, ci_high=-16
    )
    first, second = publish("melatonin-01"), publish("melatonin-02")

    newer, older = log_of(compound).acts

    before, after = compound.profiles.order_by("version_id")
    assert (newer.number, older.number) == (second, first)
    assert moves(newer) == [("sleep", before, after)]
    assert moves(older) == [("sleep", None, before)]


def test_withdrawal_of_the_last_finding_moves_to_nothing(compound):
    publish("melatonin-01")
    withdraw(compound.findings.all(), by=make_user(), why="Misread")

    newest = log_of(compound).acts[0]

    assert newest.why.endswith("Misread")
    assert newest.moved[0].before is not None
    assert newest.moved[0].after is None


def test_act_between_two_of_the_pair_moves_from_nothing_again(compound):
    publish("melatonin-01")
    withdraw(compound.findings.all(), by=make_user(), why="Misread")
    publish("melatonin-01")

    assert log_of(compound).acts[0].moved[0].before is None


def test_verdict_is_kept_only_where_there_was_one(compound):
    publish("melatonin-01")
    compound.findings.update(ci_low=-9.74)
    publish_all()

    kept, new = (act.moved[0].is_verdict_kept for act in log_of(compound).acts)

    assert (kept, new) == (True, False)


def test_act_on_safety_moves_nothing_and_is_told(compound):
    caution = make_caution(compound)

    publish_change(by=system_user(), why="Caution added", compounds={caution.compound_id})

    (act,) = log_of(compound).acts
    assert (act.why, act.moved) == ("Caution added", ())


def test_act_on_another_compound_is_not_told(compound):
    make_finding(compound=make_compound("valerian"))
    publish_all()

    assert log_of(compound).acts == ()


def test_goals_of_an_act_come_in_their_order(compound):
    Goal.objects.update(position=5)
    stress = make_goal("stress", position=1)
    make_finding("melatonin-02", published=False, outcome=make_outcome("calm", goal=stress))

    publish("melatonin-01", "melatonin-02")

    (act,) = log_of(compound).acts
    assert [one.goal.slug for one in act.moved] == ["stress", "sleep"]


def test_version_that_named_no_compound_is_known_by_what_it_moved(compound):
    publish("melatonin-01")
    EvidenceVersion.compounds.through.objects.all().delete()

    assert len(log_of(compound).acts) == 1


def test_log_ends_at_the_version_asked_for(compound):
    first = publish("melatonin-01")
    publish_change(by=system_user(), why="Later", compounds={compound.pk})

    assert [act.number for act in log_of(compound, first).acts] == [first]


def test_log_shows_the_newest_and_counts_the_others(compound):
    for number in range(SHOWN + 3):
        publish_change(by=system_user(), why=f"Act {number}", compounds={compound.pk})

    short, whole = log_of(compound), log_of(compound, wish=ALL)

    assert (len(short.acts), short.others) == (SHOWN, 3)
    assert short.acts[0].why == f"Act {SHOWN + 2}"
    assert (len(whole.acts), whole.others) == (SHOWN + 3, 0)


def test_log_takes_three_queries_whatever_its_length(compound, django_assert_num_queries):
    publish("melatonin-01")
    for number in range(20):
        publish_change(by=system_user(), why=f"Act {number}", compounds={compound.pk})

    with django_assert_num_queries(3):
        for act in log_of(compound, wish=ALL).acts:
            moves(act)
