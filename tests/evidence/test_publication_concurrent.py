"""Acts of publication at the same time, each in a transaction on a connection of its own."""

import pytest
from django.db import transaction

from evidence.models import Compound, EvidenceVersion, Finding, Outcome, Profile
from evidence.publication import (
    all_pairs,
    pairs_touched_by,
    publish_change,
    publish_findings,
    system_user,
    wait_for_turn,
)
from tests.data_folders import copy_data, load
from tests.factories import make_finding, make_goal, make_outcome, make_study, publish_all

pytestmark = pytest.mark.django_db(transaction=True)

# As many at once as the pool of one PostgreSQL process has connections.
AT_ONCE = 4


def assert_profiles_are_fresh():
    """Making everything again finds nothing to correct."""
    done = publish_change(by=system_user(), why="To see", pairs=all_pairs())

    assert done.profiles == []


def test_findings_published_at_once_are_all_counted(all_at_once):
    findings = [
        make_finding(published=False, study=make_study(f"pmid:{i}"), n_participants=100 + i)
        for i in range(1, AT_ONCE + 1)
    ]

    done = all_at_once(
        *(
            lambda one=one: publish_findings([one], by=system_user(), why=one.key)
            for one in findings
        )
    )

    numbers = [publication.version.number for publication in done]
    assert sorted(numbers) == list(range(1, AT_ONCE + 1))
    assert EvidenceVersion.objects.current_number() == AT_ONCE
    assert Finding.objects.published().count() == AT_ONCE
    assert Profile.objects.current().get().n_findings == AT_ONCE
    # Each saw all that was published before it.
    assert [profile.n_findings for profile in Profile.objects.order_by("version_id")] == list(
        range(1, AT_ONCE + 1)
    )
    assert_profiles_are_fresh()


def test_outcome_that_moves_while_a_finding_on_it_is_published_takes_it_along(all_at_once):
    make_finding(study=make_study("pmid:1"))
    draft = make_finding(published=False, study=make_study("pmid:2"))
    mood = make_goal("mood")
    publish_all()

    def move():
        with transaction.atomic():
            wait_for_turn()
            outcome = Outcome.objects.get()
            before = pairs_touched_by(outcome)
            outcome.goal = mood
            outcome.save()
            pairs = before | pairs_touched_by(outcome)
            publish_change(by=system_user(), why="Moved", pairs=pairs)

    def publish():
        publish_findings([draft], by=system_user(), why="Checked")

    all_at_once(move, publish)

    profile = Profile.objects.current().get()
    assert (profile.goal, profile.n_findings) == (mood, 2)
    assert_profiles_are_fresh()


def test_edits_of_one_finding_at_once_lose_none(all_at_once):
    make_finding(note="")
    publish_all()

    def add_a_line(line):
        with transaction.atomic():
            wait_for_turn()
            finding = Finding.objects.get()
            finding.note += line
            finding.save()
            publish_change(by=system_user(), why=line, pairs=pairs_touched_by(finding))

    all_at_once(*(lambda line=line: add_a_line(line) for line in "abcd"))

    assert sorted(Finding.objects.get().note) == ["a", "b", "c", "d"]
    assert EvidenceVersion.objects.count() == 5


def test_loads_of_one_folder_at_once_are_one_load(all_at_once, tmp_path):
    folder = copy_data(tmp_path / "two", "plant-sterols", "semax")
    system_user()  # so that neither waits for the other to make it

    loads = all_at_once(*[lambda: load(folder)] * 2)

    assert sorted(loaded.tally.wrote for loaded in loads) == [False, True]
    assert Compound.objects.count() == 2
    assert EvidenceVersion.objects.count() == 1
    assert_profiles_are_fresh()


def test_load_beside_a_publication_leaves_fresh_profiles(all_at_once, tmp_path):
    folder = copy_data(tmp_path / "one", "plant-sterols")
    drafts = [
        make_finding(published=False, outcome=make_outcome("sleep-quality", mid=-3.0), unit="")
    ]
    publish_all()

    all_at_once(
        lambda: load(folder), lambda: publish_findings(drafts, by=system_user(), why="Checked")
    )

    assert Profile.objects.current().filter(compound__slug="melatonin").exists()
    assert Profile.objects.current().filter(compound__slug="plant-sterols").exists()
    assert_profiles_are_fresh()
