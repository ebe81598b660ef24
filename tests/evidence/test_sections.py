"""The sections of a compound's page."""

import pytest

from evidence.models import Profile
from evidence.sections import goal_sections, grade_of, unranked_findings
from evidence.synthesis import Certainty
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)

pytestmark = pytest.mark.django_db


def sections():
    """Publish what was made and return the sections of its profiles."""
    publish_all()
    return goal_sections(Profile.objects.current().order_by("goal__position", "goal__slug"))


def test_goal_section_draws_its_profile():
    make_finding()

    (section,) = sections()

    assert section.bar.mean == section.profile.mean > 0
    assert section.bar.dependable == pytest.approx(section.profile.dependable)
    assert [line.key for cluster in section.reasons.clusters for line in cluster.lines] == [
        "melatonin-01"
    ]


def test_goal_section_without_a_usable_figure_has_no_bar():
    make_finding(study=make_study(design="animal"))

    (section,) = sections()

    assert section.bar is None
    assert section.reasons.clusters == ()
    assert len(section.reasons.not_counted) == 1


def test_goal_sections_keep_the_order_given():
    for place, slug in enumerate(("sleep", "mood", "digestion")):
        goal = make_goal(slug, position=place)
        make_finding(outcome=make_outcome(f"{slug}-score", goal=goal))

    found = sections()

    assert [section.profile.goal.slug for section in found] == ["sleep", "mood", "digestion"]


def test_goal_section_names_the_outcomes_that_reviews_dispute():
    make_finding(outcome=make_outcome("latency", name="Time until asleep"))
    other = make_study("pmid:8", title="An older review", n_studies=3, year=2001)
    make_finding(study=other, outcome=make_outcome("latency"), estimate=9, ci_low=6, ci_high=12)

    (section,) = sections()

    assert section.profile.reviews_disagree_on == ["latency"]
    assert section.disputed == ["Time until asleep"]


def test_goal_section_names_a_disputed_outcome_by_its_slug_once_its_rows_are_gone():
    make_finding()
    (section,) = sections()

    section.profile.reviews_disagree_on = ["deleted-since"]

    assert section.disputed == ["deleted-since"]


@pytest.mark.parametrize(
    "kind, goal", [("safety", "sleep"), ("safety", None), ("patient-reported", None)]
)
def test_unranked_findings_are_those_that_no_ranking_reads(kind, goal):
    make_finding()
    outcome = make_outcome("headache", kind=kind, goal=goal and make_goal(goal))
    apart = make_finding(outcome=outcome)

    (found,) = unranked_findings(make_compound())

    assert found.finding == apart
    assert found.grade.certainty is Certainty.MODERATE  # bias of its study was not assessed


def test_unranked_findings_leave_out_drafts_and_other_compounds():
    outcome = make_outcome("headache", kind="safety", goal=None)
    make_finding(outcome=outcome, published=False)
    make_finding(outcome=outcome, compound=make_compound("valerian"))

    assert unranked_findings(make_compound()) == []


def test_grade_of_a_finding_counts_what_was_judged_and_what_follows_by_rule():
    marker = make_outcome("cortisol", kind="surrogate")
    finding = make_finding(outcome=marker, risk_of_bias="none", inconsistency="serious")

    found = grade_of(finding)

    assert found.certainty is Certainty.LOW
    assert [str(one.domain) for one in found.downgrades] == ["inconsistency", "indirectness"]
