"""The form of a finding refuses what cannot be, beside the field, and asks why."""

import pytest

from evidence.admin.finding_form import GUIDANCE
from evidence.models import Finding
from evidence.synthesis import Domain
from tests.admin_pages import address
from tests.factories import make_compound, make_finding, make_outcome, make_study

NEW = {"comparator": "placebo", "result": "benefit"}


@pytest.fixture
def draft(db):
    """A draft on melatonin that says the same as the public finding."""
    return make_finding(published=False)


def errors(response):
    return dict(response.context["adminform"].form.errors)


def test_each_concern_has_one_sentence_of_guidance_and_its_reason(draft, admin):
    form = admin.get(address(draft, "change", draft.pk)).context["adminform"].form

    for domain in Domain:
        assert form.fields[domain.value].help_text == GUIDANCE[domain.value]
        assert GUIDANCE[domain.value].count(". ") == 0
        assert form.fields[f"{domain}_reason"].widget.attrs["placeholder"]


@pytest.mark.parametrize("doubt", ["serious", "very-serious"])
@pytest.mark.parametrize("domain", [domain.value for domain in Domain])
def test_doubt_without_its_reason_is_refused_beside_the_reason(domain, doubt, draft, change):
    refused = change(draft, **{domain: doubt})
    accepted = change(draft, **{domain: doubt, f"{domain}_reason": "Open label"})

    words = domain.replace("_", " ")
    assert errors(refused) == {f"{domain}_reason": [f"Say why {words} is a concern."]}
    assert accepted.status_code == 302
    draft.refresh_from_db()
    assert getattr(draft, f"{domain}_reason") == "Open label"


def test_reason_that_is_taken_away_is_missed(change, db):
    draft = make_finding(published=False, imprecision="serious", imprecision_reason="Few people")

    response = change(draft, imprecision_reason="")

    assert list(errors(response)) == ["imprecision_reason"]


def test_doubt_that_a_file_brought_without_reason_may_stay(change, db):
    draft = make_finding(published=False, imprecision="serious")

    response = change(draft, dose="2 mg")

    draft.refresh_from_db()
    assert (response.status_code, draft.dose) == (302, "2 mg")


def test_new_finding_gets_the_next_key_of_its_compound(draft, add):
    make_finding("melatonin-07", published=False)
    make_finding("melatonin-extra", published=False)
    rows = {"compound": draft.compound.pk, "outcome": draft.outcome.pk, "study": draft.study.pk}

    response = add(Finding, **NEW, **rows)

    assert response.status_code == 302
    assert Finding.objects.latest("pk").key == "melatonin-08"


def test_first_finding_of_a_compound_is_number_one(db, add):
    compound, outcome, study = make_compound("valerian"), make_outcome(), make_study()

    add(Finding, **NEW, compound=compound.pk, outcome=outcome.pk, study=study.pk)

    assert Finding.objects.get().key == "valerian-01"


def test_key_that_is_taken_is_refused(draft, add):
    rows = {"compound": draft.compound.pk, "outcome": draft.outcome.pk, "study": draft.study.pk}

    response = add(Finding, **NEW, **rows, key=draft.key)

    assert list(errors(response)) == ["key"]


def test_units_of_the_outcome_stand_beside_the_unit(draft, admin):
    text = admin.get(address(draft, "change", draft.pk)).content.decode()

    assert "<code>min</code> matters from −20" in text
    assert "<strong>Sleep onset latency</strong>: lower is better." in text
    assert '<option value="min">' in text


def test_units_follow_the_outcome_that_was_sent(draft, change):
    pain = make_outcome("pain<b>", unit="points<i>", mid=-2.0)

    response = change(draft, outcome=pain.pk, estimate="")

    text = response.content.decode()
    assert "<code>points&lt;i&gt;</code> matters from −2" in text
    assert "<i>" not in text


def test_outcome_that_is_not_there_is_refused_and_lists_no_units(draft, change):
    response = change(draft, outcome="999")

    assert list(errors(response)) == ["outcome"]
    assert "Choose the outcome to see them" in response.content.decode()
