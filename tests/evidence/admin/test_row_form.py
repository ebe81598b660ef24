"""Two people edit one row: the second is told what changed, and nothing is lost."""

import pytest

from evidence.admin.row_form import NOT_KEPT
from evidence.models import Finding, Proposal
from tests.admin_pages import address, posted
from tests.curators import edit
from tests.factories import make_article, make_finding, make_goal, make_outcome, make_user

TOLD = ["Somebody else saved it meanwhile: read what changed, then save again."]


@pytest.fixture
def bob(db):
    """Another curator."""
    return make_user("bob")


@pytest.fixture
def draft(db):
    """A draft that Alice and Bob work on."""
    return make_finding(published=False, dose="2 mg", is_independent=True)


def opened(admin, row):
    """Return the form as it is sent when untouched, from the page as it is now."""
    return posted(admin.get(address(row, "change", row.pk)))


def save(admin, row, data):
    return admin.post(address(row, "change", row.pk), data)


def form_of(response):
    return response.context["adminform"].form


def test_second_saver_is_told_field_by_field_and_nothing_is_written(draft, admin, bob):
    mine = opened(admin, draft) | {"dose": "4 mg"}
    edit(draft, by=bob, dose="3 mg", population="Adults", is_independent=False)

    response = save(admin, draft, mine)

    form, text = form_of(response), response.content.decode()
    draft.refresh_from_db()
    assert form.non_field_errors() == TOLD
    assert {(m.change.label, m.change.before, m.change.after, m.is_kept) for m in form.met} == {
        ("Dose", "2 mg", "3 mg", True),
        (
            "Population",
            "adults and children with primary sleep disorders",
            "Adults",
            False,
        ),
        ("Independent", "yes", "no", False),
    }
    assert "Meanwhile bob changed it" in text
    assert (draft.dose, draft.history.count()) == ("3 mg", 2)


def test_saved_again_knowingly_keeps_mine_and_takes_theirs_over(draft, admin, bob):
    mine = opened(admin, draft) | {"dose": "4 mg", "duration": "3 weeks"}
    edit(draft, by=bob, dose="3 mg", population="Adults", is_independent=False)
    shown = posted(save(admin, draft, mine))

    response = save(admin, draft, shown)

    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.dose, draft.duration) == ("4 mg", "3 weeks")
    assert (draft.population, draft.is_independent) == ("Adults", False)
    assert [record.dose for record in draft.history.all()] == ["4 mg", "3 mg", "2 mg"]


def test_every_kind_of_field_is_taken_over(draft, admin, bob):
    pain = make_outcome("pain", unit="points", goal=make_goal("pain"))
    mine = opened(admin, draft) | {"note": "Mine"}
    theirs = {
        "outcome": pain,
        "estimate": -8.25,
        "ci_low": -9.75,
        "n_participants": None,
        "measure": "SMD",
        "is_independent": False,
        "set_aside": "Twice",
    }
    edit(draft, by=bob, **theirs)

    save(admin, draft, posted(save(admin, draft, mine)))

    draft.refresh_from_db()
    assert draft.note == "Mine"
    assert {name: getattr(draft, name) for name in theirs} == theirs


def test_third_edit_in_between_is_met_too(draft, admin, bob):
    mine = opened(admin, draft) | {"dose": "4 mg"}
    edit(draft, by=bob, dose="3 mg")
    shown = posted(save(admin, draft, mine))
    edit(draft, by=None, population="Adults")

    response = save(admin, draft, shown)

    assert [m.change.label for m in form_of(response).met] == ["Population"]
    assert "Meanwhile somebody changed it" in response.content.decode()


def test_same_edit_by_both_is_no_conflict_of_values(draft, admin, bob):
    mine = opened(admin, draft) | {"dose": "3 mg"}
    edit(draft, by=bob, dose="3 mg")

    shown = save(admin, draft, mine)
    response = save(admin, draft, posted(shown))

    draft.refresh_from_db()
    assert [m.change.label for m in form_of(shown).met] == ["Dose"]
    assert (response.status_code, draft.dose, draft.history.count()) == (302, "3 mg", 2)


def test_record_without_a_change_of_content_disturbs_nobody(draft, admin, bob):
    mine = opened(admin, draft) | {"dose": "4 mg"}
    edit(draft, by=bob, state="in-review")

    response = save(admin, draft, mine)

    draft.refresh_from_db()
    assert (response.status_code, draft.dose, draft.state) == (302, "4 mg", "in-review")


def test_draft_that_was_published_meanwhile_asks_why_and_becomes_a_proposal(draft, admin, bob):
    mine = opened(admin, draft) | {"estimate": "-8"}
    edit(draft, by=bob, state="published", published_by=bob, published_at="2025-03-01T09:00Z")

    asked = save(admin, draft, mine)
    response = save(admin, draft, posted(asked) | {"why": "Misread"})

    draft.refresh_from_db()
    assert form_of(asked).errors == {"why": ["Say why this changes: Estimate."]}
    assert (response.status_code, draft.estimate) == (302, -7.06)
    assert Proposal.objects.get().values == {"estimate": -8.0}


def test_public_finding_that_others_changed_is_met_before_a_proposal(finding, admin, bob):
    mine = opened(admin, finding) | {"estimate": "-8", "why": "Misread"}
    edit(finding, by=bob, estimate=-9.0)

    shown = save(admin, finding, mine)
    response = save(admin, finding, posted(shown))

    assert [(m.change.label, m.is_kept) for m in form_of(shown).met] == [("Estimate", True)]
    assert posted(shown)["why"] == "Misread"
    assert response.status_code == 302
    assert Proposal.objects.get().values == {"estimate": -8.0}


def test_article_that_others_changed_keeps_both_texts(admin, bob):
    make_finding()
    article = make_article(published=False)
    mine = opened(admin, article) | {"body": "Mine.\r\n\r\nAll of it."}
    edit(article, by=bob, body="Theirs.", summary="Short.")

    shown = save(admin, article, mine)

    text = shown.content.decode()
    assert {(m.change.label, m.is_kept) for m in form_of(shown).met} == {
        ("Body", True),
        ("Summary", False),
    }
    assert "Mine." in text and "Theirs." in text and 'value="Short."' in text


@pytest.mark.parametrize("opened_at", ["999999", "9" * 30, "-1"])
def test_record_that_is_not_kept_is_refused(opened_at, draft, admin):
    response = save(admin, draft, opened(admin, draft) | {"opened_at": opened_at, "dose": "4 mg"})

    assert form_of(response).non_field_errors() == [NOT_KEPT]
    assert Finding.objects.get().dose == "2 mg"


def test_nonsense_for_a_record_is_refused(draft, admin):
    response = save(admin, draft, opened(admin, draft) | {"opened_at": "x", "dose": "4 mg"})

    assert "opened_at" in form_of(response).errors
    assert "Enter a whole number" in response.content.decode()
    assert Finding.objects.get().dose == "2 mg"


def test_reason_alone_is_no_change(finding, admin):
    response = save(admin, finding, opened(admin, finding) | {"why": "Just so"})

    assert response.status_code == 302
    assert not Proposal.objects.exists()
    assert finding.history.count() == 1


def test_draft_is_not_asked_why(draft, admin):
    assert "why" not in form_of(admin.get(address(draft, "change", draft.pk))).fields
