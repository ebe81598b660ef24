"""Where the findings of a study count and where not."""

import pytest

from evidence.models import EvidenceVersion
from evidence.standing import standings
from tests.factories import make_compound, make_finding, make_outcome, make_study, publish_all

pytestmark = pytest.mark.django_db


def standing_of(finding):
    (found,) = [
        one
        for one in standings(finding.study, EvidenceVersion.objects.current_number())
        if one.finding == finding
    ]
    return found


def test_counted_finding_has_its_benefit():
    finding = make_finding()  # -7.06 min, of which -20 min would matter
    publish_all()

    standing = standing_of(finding)

    assert standing.benefit == pytest.approx(7.06 / 20)
    assert standing.why == ""


def test_uncounted_finding_says_why():
    finding = make_finding(set_aside="Reported twice.")
    publish_all()

    standing = standing_of(finding)

    assert (standing.benefit, standing.why) == (None, "set aside")
    assert standing.detail == "Reported twice."


def test_finding_on_a_safety_outcome_is_in_no_ranking():
    finding = make_finding(outcome=make_outcome("serious-harm", kind="safety"))
    publish_all()

    standing = standing_of(finding)

    assert (standing.benefit, standing.why) == (None, "")
    assert standing.grade.certainty == "moderate"


def test_drafts_and_compounds_not_public_stay_out():
    make_finding()
    make_finding(published=False)
    make_finding(compound=make_compound("secret", published=False))
    publish_all()

    assert len(standings(make_study(), EvidenceVersion.objects.current_number())) == 1


@pytest.mark.parametrize("findings", [1, 12])
def test_standings_take_five_queries_for_any_number(findings, django_assert_num_queries):
    for number in range(findings):
        make_finding(compound=make_compound(f"compound-{number}"))
    publish_all()
    version = EvidenceVersion.objects.current_number()

    with django_assert_num_queries(5):
        standings(make_study(), version)
