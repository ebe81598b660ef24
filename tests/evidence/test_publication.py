"""Acts of publication: what each opens, stores, records, and leaves behind when it fails."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.utils import timezone

from evidence import publication
from evidence.models import (
    Compound,
    EvidenceVersion,
    Finding,
    Profile,
    PublicationLock,
)
from evidence.publication import (
    SYSTEM_USERNAME,
    all_pairs,
    compounds_touched_by,
    pairs_touched_by,
    publish_change,
    publish_compounds,
    publish_findings,
    system_user,
    withdraw_compounds,
    withdraw_findings,
)
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_goal,
    make_study,
    make_user,
    publish_all,
)
from tests.stored_rows import changes, profile_values, stored_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user()


def pair_of(finding):
    return finding.compound_id, finding.outcome.goal_id


def current(finding):
    """Return the current profile of a finding's pair."""
    compound, goal = pair_of(finding)
    return Profile.objects.current().get(compound=compound, goal=goal)


# The system user


def test_system_user_is_one_account_that_nobody_can_log_in_with():
    user = system_user()

    assert system_user() == user
    assert user.username == SYSTEM_USERNAME == "catalogue-loader"
    assert not user.is_active
    assert not user.is_staff
    assert not user.has_usable_password()
    assert not user.check_password("")
    assert not user.check_password("!")


@pytest.mark.parametrize("password", ["", "!", "catalogue-loader"])
def test_system_user_is_refused_at_the_door(password):
    system_user()

    # Whoever counts failures asks where they come from.
    request = RequestFactory().post("/admin/login/")
    assert authenticate(request, username=SYSTEM_USERNAME, password=password) is None


# Versions


def test_versions_are_numbered_one_after_the_other(alice):
    opened = [publish_change(by=alice, why=f"Act {i}").version.number for i in range(3)]

    assert opened == [1, 2, 3]
    assert EvidenceVersion.objects.current_number() == 3


def test_version_says_when_by_whom_and_why(alice):
    before = timezone.now()

    version = publish_change(by=alice, why="A caution was added").version

    stored = EvidenceVersion.objects.get()
    assert stored == version
    assert (stored.by, stored.why) == (alice, "A caution was added")
    assert before <= stored.at <= timezone.now()


def test_versions_are_put_in_their_order_by_one_row(alice):
    publish_change(by=alice, why="First")
    publish_change(by=alice, why="Second")

    assert PublicationLock.objects.count() == 1


# Profiles


def test_unchanged_synthesis_stores_no_row(alice):
    make_finding()
    publish_all()

    done = publish_change(by=alice, why="Nothing that counts", pairs=all_pairs())

    assert done.profiles == []
    assert Profile.objects.count() == 1
    assert done.version.number == 2


def test_unchanged_synthesis_of_real_figures_stores_no_row(alice):
    # Numbers with many digits, far apart and negative: they must come back as they went in.
    make_finding(estimate=-7.123456789012345, ci_low=-9.999999999999, ci_high=-1e-9)
    make_finding(estimate=0.1 + 0.2, ci_low=-1 / 3, ci_high=2 / 3, study=make_study("pmid:2"))
    make_finding(measure="", estimate=None, ci_low=None, ci_high=None, study=make_study("pmid:3"))
    publish_all()

    assert publish_change(by=alice, why="Again", pairs=all_pairs()).profiles == []


def test_changed_synthesis_stores_a_new_row_and_keeps_the_old(alice):
    finding = make_finding()
    publish_all()
    before = stored_rows()["evidence.Profile"]
    finding.estimate = -8.0
    finding.save()

    done = publish_change(by=alice, why="A figure was mended", pairs=pairs_touched_by(finding))

    after = stored_rows()["evidence.Profile"]
    assert before.items() < after.items()
    assert [profile.version for profile in done.profiles] == [done.version]
    assert current(finding).version == done.version


def test_only_the_pairs_named_are_made_again(alice):
    finding = make_finding()
    other = make_finding(compound=make_compound("magnesium"))
    publish_all()
    Finding.objects.update(estimate=-8.0)

    done = publish_change(by=alice, why="One of two", pairs={pair_of(finding)})

    assert [(row.compound_id, row.goal_id) for row in done.profiles] == [pair_of(finding)]
    assert current(other).version.number == 1


def test_profile_keeps_what_was_counted_and_what_was_not_as_values():
    counted = make_finding()
    uncounted = make_finding(study=make_study("pmid:2"), comparator_kind="none")

    publish_all()

    profile = current(counted)
    assert profile.n_findings == 2
    assert [entry["key"] for entry in profile.counted] == [counted.key]
    assert [(entry["key"], entry["why"]) for entry in profile.not_counted] == [
        (uncounted.key, "no comparison group")
    ]


def test_profile_without_a_counted_finding_has_no_figures():
    finding = make_finding(comparator_kind="none")

    publish_all()

    profile = current(finding)
    assert (profile.letter, profile.verdict) == ("–", "no placebo-controlled evidence")
    assert {profile.mean, profile.sd, profile.dependable, profile.scale} == {None}
    assert (profile.certainty, profile.body_level, profile.is_only_markers) == ("", "", False)


def test_profiles_are_made_in_portions_with_progress(alice, monkeypatch):
    monkeypatch.setattr(publication, "COMPOUNDS_AT_A_TIME", 2)
    for i in range(5):
        make_finding(compound=make_compound(f"compound-{i}"))
    done = []

    published = publish_change(by=alice, why="Five", pairs=all_pairs(), progress=done.append)

    assert done == [2, 2, 1]
    assert len(published.profiles) == Profile.objects.current().count() == 5


def test_pair_that_lost_its_last_finding_is_stored_as_such_and_is_current_no_longer(alice):
    finding = make_finding()
    publish_all()

    withdraw_findings([finding], by=alice, why="Under review")

    newest = Profile.objects.newest().get()
    assert (newest.n_findings, newest.letter, newest.mean) == (0, "–", None)
    assert newest.version.number == 2
    assert not Profile.objects.current().exists()
    assert Profile.objects.current(1).get().n_findings == 1


def test_pair_that_lost_its_last_finding_is_stored_as_such_only_once(alice):
    finding = make_finding()
    publish_all()
    withdraw_findings([finding], by=alice, why="Under review")

    publish_change(by=alice, why="Again", pairs=all_pairs())

    assert Profile.objects.count() == 2


def test_pair_that_never_had_a_finding_gets_no_row(alice):
    pair = make_compound().pk, make_goal().pk

    assert publish_change(by=alice, why="Nothing", pairs={pair}).profiles == []


def test_pair_whose_finding_comes_back_is_current_again(alice):
    finding = make_finding()
    publish_all()
    before = profile_values()
    withdraw_findings([finding], by=alice, why="Under review")

    publish_findings([finding], by=alice, why="It was right")

    assert profile_values() == before
    assert current(finding).version.number == 3


# Findings and compounds in and out


def test_published_findings_say_by_whom_and_when_and_so_does_their_history(alice):
    finding = make_finding(published=False)
    at = timezone.now() - timedelta(hours=1)

    done = publish_findings([finding], by=alice, why="Checked", at=at)

    finding.refresh_from_db()
    assert (finding.state, finding.published_by, finding.published_at) == ("published", alice, at)
    record = finding.history.first()
    assert (record.history_user, record.history_type, record.state) == (alice, "~", "published")
    assert [(row.compound_id, row.goal_id) for row in done.profiles] == [pair_of(finding)]


def test_published_findings_are_one_act(alice):
    findings = [
        make_finding(published=False, compound=make_compound(slug)) for slug in ("zinc", "iron")
    ]

    done = publish_findings(findings, by=alice, why="Checked")

    assert EvidenceVersion.objects.count() == 1
    assert len(done.profiles) == 2


def test_publishing_writes_no_column_that_somebody_else_has_changed_meanwhile(alice):
    finding = make_finding(published=False)
    Finding.objects.filter(pk=finding.pk).update(note="Read again.")

    publish_findings([finding], by=alice, why="Checked")

    assert Finding.objects.get().note == "Read again."


def test_withdrawn_finding_says_so_and_its_history_says_who_did_it_and_why(alice):
    finding = make_finding()
    publish_all()

    withdraw_findings([finding], by=alice, why="Under review")

    finding.refresh_from_db()
    assert (finding.state, finding.published_by, finding.published_at) == ("withdrawn", None, None)
    record = finding.history.first()
    assert (record.history_user, record.history_change_reason) == (alice, "Under review")


def test_compound_goes_public_and_back_without_a_new_profile(alice):
    compound = make_compound(published=False)
    make_finding(compound=compound)
    publish_all()

    done = publish_compounds([compound], by=alice, why="Complete")
    was_public = Compound.objects.published().exists()
    undone = withdraw_compounds([compound], by=alice, why="Incomplete")

    assert was_public
    assert not Compound.objects.published().exists()
    assert done.profiles == undone.profiles == []
    assert [record.history_user for record in compound.history.all()[:2]] == [alice, alice]
    assert undone.version.number == 3


def test_version_is_told_of_the_compounds_that_moved_and_of_those_named(alice):
    make_finding()
    zinc, iron, gone = (make_compound(slug) for slug in ("zinc", "iron", "boron"))
    number = gone.pk
    gone.delete()

    version = publish_change(
        by=alice, why="Several", pairs=all_pairs(), compounds={zinc.pk, number}
    ).version

    assert {one.slug for one in version.compounds.all()} == {"melatonin", "zinc"}
    assert not iron.versions.exists()


def test_row_names_the_compounds_whose_change_log_tells_of_it():
    finding = make_finding()
    other = make_finding(compound=make_compound("zinc"))
    compounds = {finding.compound_id, other.compound_id}

    assert compounds_touched_by(finding) == {finding.compound_id}
    assert compounds_touched_by(finding.compound) == {finding.compound_id}
    assert compounds_touched_by(make_caution(other.compound)) == {other.compound_id}
    for row in (finding.study, finding.outcome, finding.outcome.goal):
        assert compounds_touched_by(row) == compounds


# What a failure leaves


@pytest.mark.django_db(transaction=True)
def test_synthesis_that_fails_in_the_middle_leaves_everything_as_it_was(alice, monkeypatch):
    published = make_finding()
    publish_all()
    drafts = [
        make_finding(published=False, compound=make_compound(slug)) for slug in ("zinc", "iron")
    ]
    before = stored_rows()
    real, calls = publication.synthesise, []

    def fail_at_the_second(facts):
        calls.append(facts)
        if len(calls) == 2:
            raise ArithmeticError("in the middle")
        return real(facts)

    monkeypatch.setattr(publication, "synthesise", fail_at_the_second)

    with pytest.raises(ArithmeticError):
        publish_findings(drafts, by=alice, why="Checked")

    assert len(calls) == 2
    assert changes(before, stored_rows()) == {}
    assert Finding.objects.published().get() == published
    monkeypatch.undo()
    assert publish_findings(drafts, by=alice, why="Checked").version.number == 2


@pytest.mark.django_db(transaction=True)
def test_row_that_cannot_be_stored_leaves_everything_as_it_was(alice, monkeypatch):
    finding = make_finding()
    publish_all()
    before = stored_rows()
    monkeypatch.setattr(publication.Profile.objects, "bulk_create", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        withdraw_findings([finding], by=alice, why="Under review")

    assert changes(before, stored_rows()) == {}
