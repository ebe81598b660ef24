"""Eight people at once, each in a transaction on a connection of their own."""

import pytest

from evidence.models import EvidenceVersion, Finding, Profile, Proposal
from evidence.proposing import accept, propose
from evidence.publication import all_pairs, publish_change, system_user
from evidence.workflow import Refused, publish, send_to_review, withdraw
from tests.curators import edit
from tests.factories import make_finding, make_study, make_user, publish_all

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


def assert_profiles_are_fresh():
    """Making everything again finds nothing to correct."""
    done = publish_change(by=system_user(), why="To see", pairs=all_pairs())

    assert done.profiles == []


@pytest.fixture
def reviewers():
    return [make_user(f"reviewer-{number}") for number in range(WRITERS)]


@pytest.fixture
def in_review():
    """Eight findings of one compound that Alice wrote and sent to review."""
    alice = make_user("alice")
    findings = []
    for number in range(WRITERS):
        finding = make_finding(
            published=False, study=make_study(f"pmid:{number}"), n_participants=100 + number
        )
        finding.history.all().delete()
        edit(finding, by=alice)
        findings.append(finding)
    send_to_review(findings, by=alice)
    return findings


def test_eight_reviewers_of_one_compound_lose_nothing(in_review, reviewers, all_at_once):
    acts = zip(in_review, reviewers, strict=True)

    done = all_at_once(*(lambda one=one, by=by: publish([one], by=by) for one, by in acts))

    assert sorted(one.version.number for one in done) == list(range(1, WRITERS + 1))
    assert Finding.objects.published().count() == WRITERS
    # Each saw all that was published before it.
    counts = Profile.objects.order_by("version_id").values_list("n_findings", flat=True)
    assert list(counts) == list(range(1, WRITERS + 1))
    assert {one.published_by_id for one in Finding.objects.all()} == {one.pk for one in reviewers}
    assert_profiles_are_fresh()


def test_one_finding_published_by_eight_at_once_is_published_once(
    in_review, reviewers, all_at_once
):
    def try_to(by):
        try:
            return publish([Finding.objects.get(pk=in_review[0].pk)], by=by)
        except Refused as refusal:
            return refusal.messages

    done = all_at_once(*(lambda by=by: try_to(by) for by in reviewers))

    refusals = [one for one in done if isinstance(one, list)]
    assert refusals == [["melatonin-01 is published already."]] * (WRITERS - 1)
    assert EvidenceVersion.objects.count() == 1
    assert_profiles_are_fresh()


def test_publications_withdrawals_and_changes_at_once_leave_fresh_profiles(
    in_review, reviewers, all_at_once
):
    alice, *others = reviewers
    public = [make_finding(study=make_study(f"pmid:{number}")) for number in range(100, 104)]
    publish_all()
    proposals = [
        propose(one, {"estimate": -8.0 - place}, by=alice, why="Misread")
        for place, one in enumerate(public[2:])
    ]

    all_at_once(
        *(lambda one=one: publish([one], by=others[0]) for one in in_review[:4]),
        *(lambda one=one: withdraw([one], by=others[1], why="Disputed") for one in public[:2]),
        *(lambda one=one: accept(one, by=others[2]) for one in proposals),
    )

    assert EvidenceVersion.objects.count() == 9
    assert Profile.objects.current().get().n_findings == 6
    assert not Proposal.objects.waiting().exists()
    assert_profiles_are_fresh()


def test_proposals_of_one_figure_accepted_at_once_are_one_change(reviewers, all_at_once):
    finding = make_finding()
    publish_all()
    alice, bob, *_ = reviewers
    proposals = [
        propose(finding, {"estimate": -5.0 - place / 2}, by=alice, why="Misread")
        for place in range(4)
    ]

    def try_to(proposal):
        try:
            accept(proposal, by=bob)
        except Refused:
            return False
        return True

    accepted = all_at_once(*(lambda one=one: try_to(one) for one in proposals))

    assert sorted(accepted) == [False, False, False, True]
    won = proposals[accepted.index(True)]
    assert Finding.objects.get().estimate == won.values["estimate"]
    assert Proposal.objects.waiting().count() == 3
    assert_profiles_are_fresh()
