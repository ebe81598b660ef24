"""Changes to what is public: proposed, then accepted by a second person or declined."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from evidence.models import EvidenceVersion, Finding, Profile, Proposal
from evidence.proposing import accept, check, conflicts_of, decline, propose
from evidence.workflow import Refused, publish, withdraw
from tests.curators import edit
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_user,
    publish_all,
)
from tests.stored_rows import changes, stored_rows

pytestmark = pytest.mark.django_db

NEW = {"estimate": -8.0, "ci_low": -9.9}


@pytest.fixture
def alice():
    return make_user("alice")


@pytest.fixture
def bob():
    return make_user("bob")


@pytest.fixture
def finding():
    """Melatonin's public finding, and its profile: version 1."""
    finding = make_finding()
    publish_all()
    return finding


def refused(act, *args, **kwargs):
    """Return what an act is refused with, having changed nothing."""
    before = stored_rows()
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert changes(before, stored_rows()) == {}
    return refusal.value.messages


def test_proposal_changes_nothing_public(finding, alice):
    before = stored_rows()

    proposal = propose(finding, NEW, by=alice, why="Misread")

    assert set(changes(before, stored_rows())) == {"evidence.Proposal"}
    proposal.refresh_from_db()
    assert (proposal.row, proposal.values, proposal.why) == (finding, NEW, "Misread")
    assert (proposal.by, proposal.state, proposal.decided_by) == (alice, "open", None)
    assert proposal.base_history_id == finding.history.first().history_id


def test_accepted_proposal_is_written_published_and_recorded(finding, alice, bob):
    proposal = propose(finding, NEW, by=alice, why="Misread")

    done = accept(proposal, by=bob)

    finding.refresh_from_db()
    assert (finding.estimate, finding.ci_low, finding.state) == (-8.0, -9.9, "published")
    assert [row.version_id for row in done.profiles] == [2]
    assert (done.version.by, list(done.version.compounds.all())) == (bob, [finding.compound])
    assert done.version.why == "Changed estimate, lower bound: Finding melatonin-01. Misread"
    record = finding.history.first()
    assert (record.history_user, record.history_change_reason) == (alice, done.version.why)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", bob)


def test_proposer_cannot_accept(finding, alice):
    proposal = propose(finding, NEW, by=alice, why="Misread")

    assert refused(accept, proposal, by=alice) == ["It needs a second person: you proposed it."]


def test_proposal_is_accepted_at_once_where_one_person_runs_the_site(finding, alice, settings):
    settings.TWO_PERSON_REVIEW = False

    proposal = propose(finding, NEW, by=alice, why="Misread")

    finding.refresh_from_db()
    assert finding.estimate == -8.0
    assert (proposal.state, proposal.decided_by) == ("accepted", alice)
    assert EvidenceVersion.objects.current_number() == 2


def test_changed_figure_needs_a_reason_and_other_words_do_not(finding, alice):
    assert refused(propose, finding, NEW, by=alice, why=" ") == [
        "Say why this changes: estimate, lower bound."
    ]
    assert propose(finding, {"note": "Read again"}, by=alice).why == ""


def test_reason_too_long_to_keep_is_refused(finding, alice):
    assert refused(propose, finding, NEW, by=alice, why="x" * 501) == [
        "Give the reason in at most 500 characters."
    ]


def test_next_review_is_planned_at_once_and_opens_no_version(finding, alice):
    day = date(2030, 1, 1)

    proposal = propose(finding, {"next_review_on": day, "dose": finding.dose}, by=alice)

    finding.refresh_from_db()
    assert proposal is None
    assert finding.next_review_on == day
    assert finding.history.first().history_user == alice
    assert not Proposal.objects.exists()
    assert EvidenceVersion.objects.current_number() == 1


def test_nothing_new_is_no_proposal(finding, alice):
    assert propose(finding, {"estimate": -7.06, "outcome": finding.outcome}, by=alice) is None


@pytest.mark.parametrize("column", ["state", "published_by", "published_at", "id"])
def test_where_a_row_stands_cannot_be_proposed(column, finding, alice):
    with pytest.raises(ValueError, match=f"cannot be proposed: {column}"):
        propose(finding, {column: 1}, by=alice, why="Misread")


def test_draft_is_edited_and_not_proposed(alice):
    draft = make_finding(published=False)

    assert refused(propose, draft, NEW, by=alice, why="Misread") == [
        "melatonin-01 is not published: edit it itself."
    ]


@pytest.mark.parametrize(
    "values, field",
    [
        ({"estimate": -1.0}, "ci_high"),
        ({"measure": "RR"}, "estimate"),
        ({"n_participants": 1}, "n_participants"),
        ({"result": "splendid"}, "result"),
        ({"i2": 140.0}, "__all__"),
    ],
)
def test_impossible_values_are_refused_beside_their_field(values, field, finding, alice):
    with pytest.raises(ValidationError) as refusal:
        propose(finding, values, by=alice, why="Misread")

    assert field in refusal.value.message_dict
    assert not Proposal.objects.exists()


def test_check_accepts_what_is_stored(finding):
    check(finding)


def test_links_are_proposed_by_row_and_move_both_places(finding, alice, bob):
    mood = make_outcome("depressive-symptoms", goal=make_goal("mood"))
    proposal = propose(finding, {"outcome": mood}, by=alice, why="Another outcome")

    done = accept(proposal, by=bob)

    assert proposal.values == {"outcome": mood.pk}
    assert {row.goal.slug: row.n_findings for row in done.profiles} == {"sleep": 0, "mood": 1}


def test_finding_that_moves_to_another_compound_is_told_to_both(finding, alice, bob):
    proposal = propose(finding, {"compound": make_compound("zinc")}, by=alice, why="Mistaken")

    done = accept(proposal, by=bob)

    assert {one.slug for one in done.version.compounds.all()} == {"melatonin", "zinc"}
    assert Profile.objects.current().get().compound.slug == "zinc"


# Two at once


def test_second_to_change_the_same_column_is_told_what_changed_and_loses_nothing(
    finding, alice, bob
):
    first = propose(finding, {"estimate": -8.0}, by=alice, why="Misread")
    second = propose(finding, {"estimate": -9.0}, by=bob, why="Misread otherwise")
    accept(first, by=bob)

    assert refused(accept, second, by=alice) == [
        "Meanwhile estimate of melatonin-01 went from −7.06 to −8."
    ]
    assert [(one.before, one.after) for one in conflicts_of(second)] == [("−7.06", "−8")]
    assert Finding.objects.get().estimate == -8.0
    assert second.values == {"estimate": -9.0}


def test_changes_of_different_columns_are_both_kept(finding, alice, bob):
    first = propose(finding, {"estimate": -8.0}, by=alice, why="Misread")
    second = propose(finding, {"n_participants": 1700}, by=bob, why="Misread too")

    accept(first, by=bob)
    accept(second, by=alice)

    stored = Finding.objects.get()
    assert (stored.estimate, stored.n_participants) == (-8.0, 1700)


def test_same_change_by_two_is_no_conflict(finding, alice, bob):
    first = propose(finding, {"estimate": -8.0}, by=alice, why="Misread")
    second = propose(finding, {"estimate": -8.0}, by=bob, why="Misread")
    accept(first, by=bob)

    assert accept(second, by=alice).profiles == []


def test_stale_form_takes_nothing_back_that_it_did_not_touch(finding, alice, bob):
    read = finding.history.first().history_id
    accept(propose(finding, {"estimate": -8.0}, by=alice, why="Misread"), by=bob)
    form = {"estimate": -7.06, "n_participants": 1700}

    proposal = propose(finding, form, by=bob, why="Counted again", base_history_id=read)

    assert proposal.values == {"n_participants": 1700}


def test_version_that_is_not_the_rows_own_is_refused(finding, alice):
    assert len(refused(propose, finding, NEW, by=alice, why="Misread", base_history_id=10**6)) == 1


def test_change_that_became_impossible_is_refused(finding, alice, bob):
    lower = propose(finding, {"ci_low": -7.5}, by=alice, why="Misread")
    accept(propose(finding, {"estimate": -9.0}, by=alice, why="Misread"), by=bob)

    assert refused(accept, lower, by=bob)
    assert Finding.objects.get().ci_low == -9.75


# Decided


def test_decided_proposal_is_not_decided_again(finding, alice, bob):
    proposal = propose(finding, NEW, by=alice, why="Misread")
    decline(proposal, by=bob, why="It is as printed")

    assert refused(accept, proposal, by=bob) == ["It was declined already by bob."]
    assert refused(decline, proposal, by=bob, why="Again") == ["It was declined already by bob."]
    assert Finding.objects.get().estimate == -7.06


def test_declining_needs_a_reason_but_taking_back_does_not(finding, alice, bob):
    proposal = propose(finding, NEW, by=alice, why="Misread")

    assert refused(decline, proposal, by=bob) == ["Say why you decline it."]
    decline(proposal, by=alice)
    assert (proposal.state, proposal.decided_why) == ("declined", "")


def test_proposal_about_what_was_withdrawn_is_refused(finding, alice, bob):
    proposal = propose(finding, NEW, by=alice, why="Misread")
    withdraw([finding], by=bob, why="Disputed")

    assert refused(accept, proposal, by=bob) == ["melatonin-01 is withdrawn now: edit it itself."]


# Articles


def test_article_is_changed_the_same_way_and_its_figures_noted(finding, alice, bob):
    article = make_article(published=False)
    publish([article], by=bob)
    cited = "Some [few minutes](/compounds/melatonin/#melatonin-01)."
    accept(propose(finding, NEW, by=alice, why="Misread"), by=bob)

    done = accept(propose(article, {"body": cited}, by=alice), by=bob)

    article.refresh_from_db()
    assert (article.body, article.state) == (cited, "published")
    assert article.figures_at_review["melatonin-01"][1] == -8.0
    assert list(done.version.compounds.all()) == [article.compound]


def test_article_that_would_cite_nothing_is_refused(finding, alice, bob):
    article = make_article()
    proposal = propose(article, {"body": "[?](/compounds/melatonin/#nothing)"}, by=alice)

    assert "Cites the finding nothing" in refused(accept, proposal, by=bob)[0]


def test_proposals_are_found_by_row_and_by_whether_they_wait(finding, alice, bob):
    open_one = propose(finding, NEW, by=alice, why="Misread")
    decline(propose(finding, {"note": "x"}, by=alice), by=alice)
    about_article = propose(make_article(), {"title": "Another"}, by=bob)

    assert list(Proposal.objects.about(finding).waiting()) == [open_one]
    assert set(Proposal.objects.waiting().for_desk()) == {open_one, about_article}


def test_earlier_edit_past_the_door_is_a_conflict_too(finding, alice, bob):
    proposal = propose(finding, NEW, by=alice, why="Misread")
    edit(finding, by=bob, estimate=-7.5)

    assert len(refused(accept, proposal, by=bob)) == 1
