"""What acts moved, and by which findings."""

import pytest

from evidence.changes.causes import Turn
from evidence.changes.steps import CAUSES_NAMED, steps_by_version
from evidence.models import Compound, Finding, Profile
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)

pytestmark = pytest.mark.django_db


def steps(number):
    return steps_by_version(Profile.objects.filter(version=number)).get(number, [])


def named(step):
    return [(one.cause.key, one.cause.turn) for one in step.causes]


def test_first_step_of_a_pair_comes_from_nothing_by_its_findings():
    finding = make_finding()
    publish_all()

    (step,) = steps(1)

    assert (step.moved.before, step.moved.after) == (None, Profile.objects.get())
    assert step.compound == finding.compound
    assert step.causes[0].finding == finding
    assert (named(step), step.others) == ([("melatonin-01", Turn.COUNTED)], 0)


def test_step_comes_from_the_profile_before_it_not_from_the_newest():
    make_finding()
    for estimate in (-7, -6, -5):
        Finding.objects.update(estimate=estimate)
        publish_all()

    (step,) = steps(2)

    rows = {row.version_id: row for row in Profile.objects.all()}
    assert (step.moved.before, step.moved.after) == (rows[1], rows[2])
    assert named(step) == [("melatonin-01", Turn.EFFECT)]


def test_step_of_a_lost_finding_names_it_by_its_key():
    make_finding()
    publish_all()
    Finding.objects.all().delete()
    publish_all()

    (step,) = steps(2)

    assert step.moved.after is None
    assert step.causes[0].cause.key == "melatonin-01"
    assert step.causes[0].finding is None


@pytest.mark.parametrize("hidden", [Finding, Compound])
def test_step_leads_to_no_finding_that_the_public_cannot_see(hidden):
    make_finding()
    publish_all()
    state = {"state": "draft"} if hidden is Finding else {}
    hidden.objects.update(published_at=None, published_by=None, **state)

    (step,) = steps(1)

    assert step.causes[0].finding is None


def test_step_names_a_few_causes_and_counts_the_others():
    for number in range(CAUSES_NAMED + 2):
        make_finding(study=make_study(f"pmid:{number + 1}"))
    publish_all()

    (step,) = steps(1)

    assert (len(step.causes), step.others) == (CAUSES_NAMED, 2)


def test_step_without_a_cause_says_whether_the_method_changed():
    make_finding()
    publish_all()
    Profile.objects.update(method_version="0")
    publish_all()

    (step,) = steps(2)

    assert (step.causes, step.is_new_method) == ((), True)


def test_steps_come_by_compound_then_goal():
    Compound.objects.all().delete()
    for slug in ("valerian", "melatonin"):
        for goal in ("sleep", "mood"):
            row = make_goal(goal)
            row.position = goal == "sleep"
            row.save()
            outcome = make_outcome(f"{slug}-{goal}", goal=row)
            make_finding(compound=make_compound(slug), outcome=outcome)
    publish_all()

    assert [(one.compound.slug, one.moved.goal.slug) for one in steps(1)] == [
        ("melatonin", "mood"),
        ("melatonin", "sleep"),
        ("valerian", "mood"),
        ("valerian", "sleep"),
    ]


@pytest.mark.parametrize("compounds", [1, 9])
def test_steps_take_three_queries_for_any_number(compounds, django_assert_num_queries):
    for number in range(compounds):
        make_finding(compound=make_compound(f"compound-{number}"))
    publish_all()
    Finding.objects.update(estimate=-8)
    publish_all()

    with django_assert_num_queries(3):
        assert len(steps(2)) == compounds
