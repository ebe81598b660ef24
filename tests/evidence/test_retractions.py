"""A study that no longer stands as printed: what its new status moves."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence.models import EvidenceVersion, Profile, Study
from evidence.retractions import set_study_status
from evidence.workflow import Refused
from tests.factories import make_compound, make_finding, make_study, make_user, publish_all
from tests.stored_rows import changes, profile_values, stored_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user()


@pytest.fixture
def study():
    """A study behind public findings of two compounds, and a draft."""
    make_finding()
    make_finding(compound=make_compound("zinc"))
    make_finding(compound=make_compound("zinc"), published=False)
    publish_all()
    return make_study()


def test_retracted_study_leaves_every_profile_in_one_act(study, alice):
    done = set_study_status(study, "retracted", by=alice, why="Notice of 1 May 2025")

    study.refresh_from_db()
    assert study.status == "retracted"
    assert done.publication.version.number == EvidenceVersion.objects.current_number() == 2
    assert done.publication.version.why == (
        f"Marked as retracted: Study {study}. Notice of 1 May 2025"
    )
    assert set(Profile.objects.current().values_list("mean", flat=True)) == {None}
    assert study.history.first().history_change_reason == done.publication.version.why
    assert {one.slug for one in done.publication.version.compounds.all()} == {"melatonin", "zinc"}


def test_retraction_lists_what_moved_and_what_rested_on_it(study, alice):
    done = set_study_status(study, "retracted", by=alice, why="Notice")

    assert [(one.compound.slug, one.before.place, one.after.place) for one in done.movements] == [
        ("melatonin", 1, None),
        ("zinc", 2, None),
    ]
    assert [one.key for one in done.findings] == ["melatonin-01", "zinc-01", "zinc-02"]


def test_retraction_taken_back_leaves_everything_as_before(study, alice):
    before = profile_values()

    set_study_status(study, "retracted", by=alice, why="Notice")
    done = set_study_status(study, "published", by=alice, why="The notice was about another study")

    assert profile_values() == before
    assert len(done.movements) == 2


def test_corrected_study_moves_nothing_and_its_findings_are_due_for_review(study, alice):
    done = set_study_status(study, "corrected", by=alice, why="Erratum")

    today = timezone.localdate()
    due = {one.key: one.next_review_on for one in study.findings.all()}
    assert done.movements == []
    assert due == {"melatonin-01": today, "zinc-01": today, "zinc-02": None}
    assert len(done.findings) == 3


def test_review_that_is_overdue_stays_so(study, alice):
    finding = study.findings.get(key="zinc-01")
    long_ago = date(2020, 1, 1)
    study.findings.filter(pk=finding.pk).update(next_review_on=long_ago)

    set_study_status(study, "corrected", by=alice, why="Erratum")

    finding.refresh_from_db()
    assert finding.next_review_on == long_ago


def test_review_that_was_far_off_comes_nearer(study, alice):
    later = timezone.localdate() + timedelta(days=300)
    study.findings.update(next_review_on=later)

    set_study_status(study, "corrected", by=alice, why="Erratum")

    assert study.findings.get(key="zinc-01").next_review_on == timezone.localdate()


@pytest.mark.parametrize("status, why", [("retracted", "  "), ("published", "Because")])
def test_status_without_a_reason_or_a_change_is_refused(status, why, study, alice):
    before = stored_rows()

    with pytest.raises(Refused):
        set_study_status(study, status, by=alice, why=why)

    assert changes(before, stored_rows()) == {}


def test_unknown_status_is_refused(study, alice):
    with pytest.raises(ValueError, match="burnt"):
        set_study_status(study, "burnt", by=alice, why="Notice")

    assert Study.objects.get().status == "published"
