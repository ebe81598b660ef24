"""Proposed changes are read and accepted in the admin, by somebody who may publish."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from evidence.differences import proposed_row
from evidence.models import Finding, Profile, Proposal
from evidence.movements import effect_of
from evidence.publication import VALUES
from tests.admin_pages import address
from tests.factories import make_article, make_proposal, make_user, publish_all


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def proposal(db):
    """Bob's proposal about melatonin's only public finding."""
    proposal = make_proposal(by=make_user("bob"))
    publish_all()
    return proposal


@pytest.fixture
def decide(admin):
    """Return a function that sends Alice's decision about a proposal."""

    def decide(proposal, decision, why=""):
        url = address(proposal, "decide", proposal.pk)
        return admin.post(url, {"decision": decision, "why": why}, follow=True)

    return decide


def test_page_says_what_it_would_change_and_move(proposal, admin):
    response = admin.get(address(proposal, "change", proposal.pk))

    [change] = response.context["changes"]
    [(sentence, movement)] = response.context["effects"]
    text = response.content.decode()
    assert (change.label, change.before, change.after) == ("Estimate", "−7.06", "−8")
    assert sentence == (
        "This would move Melatonin for Sleep from D no benefit that matters (place 1 of 1) "
        "to D unclear (place 1 of 1)."
    )
    assert movement.after.profile.mean > movement.before.profile.mean
    assert sentence in text and "<ins>−8</ins>" in text and "Misread" in text


def test_page_of_an_article_shows_its_text_line_by_line(proposal, admin):
    article = make_article()
    body = article.body.replace("Overview", "In short")
    changed = make_proposal(finding=None, article=article, values={"body": body})

    response = admin.get(address(changed, "change", changed.pk))

    text = response.content.decode()
    assert "<del># Overview</del>" in text and "<ins># In short</ins>" in text
    assert "What it would move" not in text
    assert f"{address(article, 'preview', article.pk)}?proposal={changed.pk}" in text


def test_decided_proposal_says_what_it_asked_for_and_offers_nothing(proposal, admin, decide):
    decide(proposal, "accept")

    response = admin.get(address(proposal, "change", proposal.pk))

    assert [one.after for one in response.context["changes"]] == ["−8"]
    assert response.context["effects"] == []
    assert "Accept and publish" not in response.content.decode()


def test_second_person_accepts_on_the_page(proposal, decide, alice):
    foretold = effect_of(changed=[proposed_row(proposal)])[0].after.profile

    response = decide(proposal, "accept")

    proposal.refresh_from_db()
    stored = Profile.objects.newest().get()
    assert words(response) == ["Accepted and public: change to melatonin-01."]
    assert (proposal.state, proposal.decided_by) == ("accepted", alice)
    assert [getattr(stored, name) for name in VALUES] == [getattr(foretold, n) for n in VALUES]


def test_declining_needs_a_reason_which_is_kept(proposal, decide):
    refused = decide(proposal, "decline")
    declined = decide(proposal, "decline", why="The paper says 7.06")

    proposal.refresh_from_db()
    assert words(refused) == ["Say why you decline it."]
    assert words(declined) == ["Declined: change to melatonin-01."]
    assert (proposal.state, proposal.decided_why) == ("declined", "The paper says 7.06")
    assert "The paper says 7.06" in declined.content.decode()


def test_author_may_take_back_but_not_accept(proposal, decide, alice):
    Proposal.objects.update(by=alice)

    accepted, taken_back = decide(proposal, "accept"), decide(proposal, "decline")

    assert words(accepted) == ["It needs a second person: you proposed it."]
    assert "Take it back" in accepted.content.decode()
    assert "Accept and publish" not in accepted.content.decode()
    assert words(taken_back) == ["Declined: change to melatonin-01."]


def test_proposal_that_others_overtook_is_refused_and_says_so(proposal, admin, decide):
    finding = proposal.finding
    finding.estimate = -9.0
    finding.save()

    page = admin.get(address(proposal, "change", proposal.pk)).content.decode()
    response = decide(proposal, "accept")

    assert "The row has changed in the same fields since" in page
    assert words(response) == ["Meanwhile estimate of melatonin-01 went from −7.06 to −9."]
    assert Finding.objects.get().estimate == -9.0


@pytest.mark.parametrize("decision", ["", "burn"])
def test_decision_that_is_none_is_refused(decision, proposal, decide):
    response = decide(proposal, decision)

    assert words(response) == ["Choose whether to accept or to decline it."]


def test_reason_too_long_to_be_kept_is_refused(proposal, decide):
    response = decide(proposal, "decline", why="x" * 501)

    proposal.refresh_from_db()
    assert proposal.state == "open"
    assert "at most 500 characters" in words(response)[0]


def test_waiting_proposals_stand_first(proposal, admin, decide):
    decide(proposal, "accept")
    waiting = make_proposal(by=proposal.by)

    rows = admin.get(address(Proposal, "changelist")).context["cl"].result_list

    assert [row.pk for row in rows] == [waiting.pk, proposal.pk]


def test_decisions_are_for_those_who_may_publish_what_it_is_about(proposal, client):
    carol = make_user("carol")
    wanted = ("view_proposal", "publish_article")
    carol.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    client.force_login(carol)
    url = address(proposal, "decide", proposal.pk)

    decided = client.post(url, {"decision": "accept"})
    asked = client.get(url)
    page = client.get(address(proposal, "change", proposal.pk))
    missing = client.post(address(Proposal, "decide", 999), {"decision": "accept"})

    assert [one.status_code for one in (decided, asked, page, missing)] == [403, 405, 200, 404]
    assert "Accept and publish" not in page.content.decode()


def test_second_person_accepts(proposal, act, alice):
    response = act("accept_changes", proposal)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", alice)
    assert Finding.objects.get().estimate == -8.0
    assert words(response) == ["Accepted: change to melatonin-01."]


def test_proposer_is_refused_in_words(proposal, act, alice):
    Proposal.objects.update(by=alice)

    response = act("accept_changes", proposal)

    assert words(response) == ["change to melatonin-01: It needs a second person: you proposed it."]
    assert Finding.objects.get().estimate == -7.06


def test_reader_is_offered_no_way_to_accept(proposal, client):
    reader = make_user("carol")
    reader.user_permissions.add(Permission.objects.get(codename="view_proposal"))
    client.force_login(reader)

    response = client.get(address(proposal, "changelist"))

    assert response.status_code == 200
    assert response.context["action_form"] is None
