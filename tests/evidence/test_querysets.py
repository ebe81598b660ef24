from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from evidence.models import Compound, EvidenceVersion, Finding, Outcome, Profile, Study
from evidence.publication import (
    publish_change,
    publish_findings,
    system_user,
    withdraw_compounds,
    withdraw_findings,
)
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    make_user,
    publish_all,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def make_public_from(moment):
    """Return a compound and a finding that are public from a moment on."""
    stamp = {"published_at": moment, "published_by": system_user()}
    compound = make_compound("zinc", **stamp)
    return compound, make_finding(compound=compound, **stamp)


@pytest.mark.parametrize("model", [Compound, Finding])
@pytest.mark.parametrize(
    "at, is_public", [(NOON - SECOND, False), (NOON, True), (NOON + SECOND, True)]
)
def test_published_keeps_what_is_public_at_a_moment(model, at, is_public):
    make_public_from(NOON)

    assert model.objects.published(at).exists() is is_public


@pytest.mark.parametrize("model", [Compound, Finding])
@pytest.mark.parametrize("offset, is_public", [(-SECOND, True), (timedelta(hours=1), False)])
def test_published_means_now_unless_told(model, offset, is_public):
    make_public_from(timezone.now() + offset)

    assert model.objects.published().exists() is is_public


def test_published_leaves_out_drafts():
    make_finding(compound=make_compound("zinc", published=False), published=False)

    assert not Compound.objects.published().exists()
    assert not Finding.objects.published().exists()


def test_published_chains():
    make_finding()
    make_finding(compound=make_compound("zinc"))

    assert Finding.objects.filter(compound__slug="zinc").published().count() == 1
    assert Finding.objects.published().filter(compound__slug="zinc").count() == 1


def test_for_ranking_keeps_outcomes_of_a_goal_that_are_not_about_safety():
    make_outcome("sleep-quality", kind="surrogate")
    make_outcome("falls", kind="safety")
    make_outcome("body-weight", goal=None)

    assert [outcome.slug for outcome in Outcome.objects.for_ranking()] == ["sleep-quality"]


def test_for_references_is_what_the_published_findings_stand_on_newest_first():
    compound = make_compound()
    for key, year in (("pmid:1", 2001), ("pmid:2", None), ("pmid:3", 2020), ("pmid:4", 2001)):
        make_finding(study=make_study(key, year=year))
    make_finding(study=make_study("pmid:1"))
    make_finding(study=make_study("pmid:5"), published=False)
    make_finding(study=make_study("pmid:6"), compound=make_compound("zinc"))

    keys = [study.key for study in Study.objects.for_references(compound)]

    assert keys == ["pmid:3", "pmid:1", "pmid:4", "pmid:2"]


def test_public_studies_are_those_of_public_findings_on_public_compounds():
    make_finding(study=make_study("pmid:1"))
    make_finding(study=make_study("pmid:1"))
    make_finding(study=make_study("pmid:2"), published=False)
    make_finding(study=make_study("pmid:3"), compound=make_compound("zinc", published=False))
    make_study("pmid:4")

    assert [study.key for study in Study.objects.public()] == ["pmid:1"]


def test_for_table_fetches_a_row_of_the_table_in_one_query(django_assert_num_queries):
    for number in (2, 1):
        make_finding(f"melatonin-{number:02}", study=make_study(f"pmid:{number}"))

    with django_assert_num_queries(1):
        rows = [
            (finding.key, finding.outcome.goal.name, finding.study.key)
            for finding in Finding.objects.for_table()
        ]

    assert rows == [("melatonin-01", "Sleep", "pmid:1"), ("melatonin-02", "Sleep", "pmid:2")]


def test_current_number_is_0_before_anything_was_published():
    assert EvidenceVersion.objects.current_number() == 0


def test_current_number_is_the_newest_of_all_in_one_query(django_assert_num_queries):
    for why in ("First", "Second"):
        publish_change(by=make_user(why), why=why)

    with django_assert_num_queries(1):
        assert EvidenceVersion.objects.current_number() == 2


@pytest.fixture
def three_versions():
    """Version 1: melatonin and zinc for sleep. 2: melatonin's figure moves. 3: it is withdrawn."""
    alice = make_user()
    finding = make_finding()
    make_finding(compound=make_compound("zinc"))
    publish_all()
    finding.estimate = -8.0
    finding.save()
    publish_findings([finding], by=alice, why="The figure was mended")
    withdraw_findings([finding], by=alice, why="Under review")


def versions(profiles):
    return {profile.compound.slug: profile.version_id for profile in profiles}


@pytest.mark.parametrize(
    "number, newest, current",
    [
        (0, {}, {}),
        (1, {"melatonin": 1, "zinc": 1}, {"melatonin": 1, "zinc": 1}),
        (2, {"melatonin": 2, "zinc": 1}, {"melatonin": 2, "zinc": 1}),
        (3, {"melatonin": 3, "zinc": 1}, {"zinc": 1}),
        (None, {"melatonin": 3, "zinc": 1}, {"zinc": 1}),
    ],
)
def test_newest_and_current_are_as_of_a_version(three_versions, number, newest, current):
    assert versions(Profile.objects.newest(number)) == newest
    assert versions(Profile.objects.current(number)) == current


def test_newest_is_one_row_of_each_pair_even_in_a_part_of_them(three_versions):
    part = Profile.objects.filter(compound__slug="melatonin", version__lte=2)

    assert not part.newest().exists()
    assert versions(part.newest(2)) == {"melatonin": 2}


def test_newest_tells_goals_apart():
    mood = make_outcome("depressive-symptoms", goal=make_goal("mood"))
    make_finding()
    publish_all()
    make_finding(outcome=mood)
    publish_all()

    assert set(Profile.objects.newest().values_list("goal__slug", "version")) == {
        ("sleep", 1),
        ("mood", 2),
    }


def test_public_leaves_out_profiles_of_withdrawn_compounds(three_versions):
    withdraw_compounds([make_compound("zinc")], by=make_user("bob"), why="Incomplete")

    assert {row.compound.slug for row in Profile.objects.public()} == {"melatonin"}
