"""A draft is saved at once; what is public is changed by a proposal."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from evidence.models import Article, EvidenceVersion, Finding, Proposal
from tests.admin_pages import address
from tests.factories import make_article, make_compound, make_finding, make_goal, make_user


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_changed_figure_of_a_public_finding_is_proposed(finding, change, alice):
    response = change(finding, estimate="-8", note="Table 2", why="Misread table 2")

    proposal = Proposal.objects.get()
    finding.refresh_from_db()
    assert response.status_code == 302
    assert (finding.estimate, finding.note, finding.history.count()) == (-7.06, "", 1)
    assert proposal.values == {"estimate": -8.0, "note": "Table 2"}
    assert (proposal.by, proposal.why, proposal.state) == (alice, "Misread table 2", "open")
    assert proposal.base_history_id == finding.history.get().history_id
    assert EvidenceVersion.objects.count() == 1


def test_message_says_that_it_waits_and_links_to_it(finding, change):
    response = change(finding, estimate="-8", why="Misread")

    [message] = words(response)
    page = address(Proposal, "change", Proposal.objects.get().pk)
    assert message.startswith("melatonin-01 is public, so your change was proposed")
    assert f'<a href="{page}">it waits for a second person</a>' in message
    assert str(LogEntry.objects.get().get_change_message()) == "Proposed: estimate."


def test_changed_figure_needs_its_reason_beside_the_field(finding, change):
    response = change(finding, estimate="-8", result="harm", note="Table 2")

    errors = response.context["adminform"].form.errors
    assert errors == {"why": ["Say why this changes: Estimate and Result."]}
    assert not Proposal.objects.exists()


def test_note_of_a_public_finding_needs_no_reason(finding, change):
    change(finding, note="Table 2")

    assert Proposal.objects.get().values == {"note": "Table 2"}


def test_next_review_of_a_public_finding_is_planned_at_once(finding, change):
    response = change(finding, next_review_on="2030-01-01")

    finding.refresh_from_db()
    assert str(finding.next_review_on) == "2030-01-01"
    assert not Proposal.objects.exists()
    assert "changed successfully" in words(response)[0]


def test_one_person_changes_at_once_with_the_reason_in_the_version(finding, change, latest, alone):
    response = change(finding, estimate="-8", why="Misread table 2")

    finding.refresh_from_db()
    assert finding.estimate == -8.0
    assert latest().why == "Changed estimate: Finding melatonin-01. Misread table 2"
    assert words(response) == ["The change of melatonin-01 is public."]


def test_public_article_changed_is_proposed(change, db):
    make_finding()
    article = make_article()

    change(article, summary="Sooner asleep.")

    article.refresh_from_db()
    assert article.summary == "It shortens the wait for sleep by some minutes."
    assert Proposal.objects.get().article == article


def test_form_of_a_public_row_proposes_and_lists_what_waits(finding, change, admin):
    change(finding, estimate="-8", why="Misread")

    text = admin.get(address(finding, "change", finding.pk)).content.decode()

    assert 'value="Propose the change"' in text
    assert "Save and send to review" not in text
    assert "A change by alice waits for a decision" in text


def test_continue_editing_stays_on_the_form(finding, change):
    response = change(finding, estimate="-8", why="Misread", _continue="yes")

    assert response.url == address(finding, "change", finding.pk)


def test_draft_saved_and_sent_to_review_in_one_step(change, alice, db):
    draft = make_finding(published=False)

    response = change(draft, dose="2 mg", _to_review="yes")

    draft.refresh_from_db()
    assert (draft.dose, draft.state) == ("2 mg", "in-review")
    assert "melatonin-01 was sent to review." in words(response)
    assert draft.history.first().history_user == alice


def test_new_article_saved_and_sent_to_review_in_one_step(add, db):
    values = {"title": "T", "slug": "t", "summary": "S", "body": "B", "author": "A"}
    links = {"compound": make_compound().pk, "goal": make_goal().pk, "updated_on": "2025-03-01"}

    add(Article, **values, **links, _to_review="yes")

    assert Article.objects.get().state == "in-review"


def test_row_in_review_is_not_sent_there_again(change, db):
    draft = make_finding(published=False, state="in-review")

    response = change(draft, dose="2 mg", _to_review="yes")

    draft.refresh_from_db()
    assert draft.dose == "2 mg"
    assert "melatonin-01 is in review now." in words(response)


@pytest.mark.parametrize("state", ["draft", "in-review", "withdrawn"])
def test_form_says_where_the_row_stands(state, admin, db):
    row = make_finding(published=False, state=state)

    text = admin.get(address(row, "change", row.pk)).content.decode()

    assert f'<span class="state state--{state}">{row.get_state_display()}</span>' in text
    assert ("Save and send to review" in text) == (state != "in-review")
    assert address(row, "review", row.pk) in text


def test_reader_sees_a_public_row_without_a_field_for_a_reason(finding, client):
    bob = make_user("bob")
    bob.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(bob)

    response = client.get(address(finding, "change", finding.pk))

    assert response.status_code == 200
    assert 'name="why"' not in response.content.decode()
    assert "finding-preview" not in response.content.decode()


def test_list_counts_its_rows_once(finding, admin):
    response = admin.get(address(Finding, "changelist"))

    assert response.context["cl"].full_result_count is None
