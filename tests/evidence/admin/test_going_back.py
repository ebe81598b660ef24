"""Setting a row back to an earlier version, by the door of any edit."""

import pytest

from evidence.models import Caution, EvidenceVersion, Finding, Proposal
from tests.admin_pages import address
from tests.curators import edit
from tests.factories import make_article, make_caution, make_finding, make_study, publish_all
from tests.pages import element, elements, page_of, text_of

pytestmark = pytest.mark.django_db


def go_back_address(row, record):
    return address(row, "go_back", row.pk, record.pk)


@pytest.fixture
def go_back(admin):
    """Return a function that sets a row back to a record, for a reason."""

    def go_back(row, record, why="The source was right."):
        return admin.post(go_back_address(row, record), {"why": why}, follow=True)

    return go_back


@pytest.fixture
def alone(settings):
    """One person runs the site: what they change of the public is public at once."""
    settings.TWO_PERSON_REVIEW = False


def test_page_to_go_back_shows_what_would_change(admin, alice):
    finding = make_finding()
    first = finding.history.get()
    edit(finding, by=alice, estimate=-8.0, dose="5 mg")

    page = page_of(admin.get(go_back_address(finding, first)))

    labels = [text_of(row) for row in elements(element(page, "table", class_="changes"), "th")]
    assert labels[3:] == ["Dose", "Estimate"]


def test_going_back_makes_a_new_version_by_publication(finding, go_back, alone, alice, latest):
    first = finding.history.get()
    before = finding.compound.profiles.get()
    edit(finding, by=alice, estimate=-9.0)
    publish_all()
    records = finding.history.count()

    go_back(finding, first)

    finding.refresh_from_db()
    profile = finding.compound.profiles.newest().get()
    assert finding.estimate == first.estimate
    assert profile.mean == before.mean
    assert profile.version == latest()
    assert latest().why.endswith("The source was right.")
    assert "et back to how it was on" in latest().why
    assert finding.history.count() > records


def test_going_back_on_what_is_public_waits_for_a_second_person(finding, go_back, alice, latest):
    first = finding.history.get()
    edit(finding, by=alice, estimate=-9.0)
    number = latest().number

    response = go_back(finding, first)

    finding.refresh_from_db()
    proposal = Proposal.objects.get()
    assert finding.estimate == -9.0
    assert proposal.values == {"estimate": first.estimate}
    assert proposal.why.endswith("The source was right.")
    assert latest().number == number
    assert "second person" in text_of(page_of(response))


def test_going_back_on_an_article_waits_for_a_second_person_too(go_back, alice):
    article = make_article(body="No figure.")
    first = article.history.get()
    edit(article, by=alice, title="Other")

    go_back(article, first)

    article.refresh_from_db()
    assert article.title == "Other"
    assert Proposal.objects.get().values == {"title": first.title}


def test_going_back_on_what_is_public_needs_a_reason(finding, go_back, alice, latest):
    caution = make_caution(finding.compound)
    first = caution.history.get()
    edit(caution, by=alice, level="caution")
    number = latest().number

    response = go_back(caution, first, why=" ")

    caution.refresh_from_db()
    assert caution.level == "caution"
    assert latest().number == number
    assert "Say why" in text_of(element(page_of(response), class_="errornote"))


def test_going_back_of_a_compounds_caution_is_told_in_its_log(go_back, admin, alice, latest):
    caution = make_caution()
    first = caution.history.get()
    edit(caution, by=alice, level="caution")

    go_back(caution, first)

    caution.refresh_from_db()
    version = latest()
    assert caution.level == "avoid"
    assert list(version.compounds.all()) == [caution.compound]
    listed = page_of(admin.get(address(caution, "history", caution.pk)))
    newest = elements(element(listed, id="change-history"), "tr")[1]
    assert f"Version {version.number}" in text_of(newest)


def test_going_back_of_a_draft_opens_no_version_and_keeps_the_reason(go_back, alice):
    draft = make_finding(published=False)
    first = draft.history.get()
    edit(draft, by=alice, estimate=-9.0)

    go_back(draft, first, why="Misread")

    draft.refresh_from_db()
    assert draft.estimate == first.estimate
    assert not EvidenceVersion.objects.exists()
    assert draft.history.first().history_change_reason.endswith("Misread")


def test_going_back_restores_lists_of_rows(go_back, alone):
    review = make_study("doi:10.1000/1")
    review.includes.add(make_study("pmid:1"))
    full = review.history.first()
    review.includes.clear()

    go_back(review, full)

    assert [study.key for study in review.includes.all()] == ["pmid:1"]


def test_going_back_to_values_that_no_form_allows_is_refused(go_back, admin, alice, alone):
    finding = make_finding()
    finding.history.update(estimate=99.0)
    first = finding.history.get()
    edit(finding, by=alice, dose="5 mg")

    page = page_of(admin.get(go_back_address(finding, first)))
    go_back(finding, first)

    finding.refresh_from_db()
    assert finding.estimate == -7.06
    assert "cannot be brought back" in text_of(element(page, class_="errornote"))
    assert not elements(page, "textarea")


def test_version_that_is_the_present_one_has_nothing_to_go_back_on(admin, go_back, alone, latest):
    finding = make_finding()
    record = finding.history.get()

    page = page_of(admin.get(go_back_address(finding, record)))
    go_back(finding, record)

    assert "Nothing differs." in text_of(page)
    assert finding.history.count() == 1
    assert not EvidenceVersion.objects.exists()


def test_deleted_draft_is_brought_back_under_its_number(go_back, admin, alice):
    draft = make_finding(published=False)
    pk, record = draft.pk, draft.history.get()
    draft.delete()
    draft.pk = pk

    listed = admin.get(address(Finding, "history", pk))
    go_back(draft, record, why="Deleted by mistake")

    assert "It was deleted." in text_of(page_of(listed))
    stored = Finding.objects.get(pk=pk)
    assert (stored.key, stored.estimate, stored.state) == (draft.key, -7.06, "draft")


def test_caution_deleted_from_a_public_compound_is_published_again(go_back, latest):
    caution = make_caution()
    pk, record = caution.pk, caution.history.get()
    caution.delete()
    caution.pk = pk

    go_back(caution, record)

    assert Caution.objects.get(pk=pk).level == "avoid"
    assert latest().why.endswith("The source was right.")
