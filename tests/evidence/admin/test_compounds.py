"""A compound is described in one form with all that stands on its page."""

import pytest

from evidence.models import Compound, EvidenceVersion
from tests.admin_pages import address
from tests.factories import make_compound, make_finding, publish_all

NEW = {
    "name": "Valerian",
    "slug": "valerian",
    "compound_class": "botanical",
    "summary": "The root of a plant.",
    "cost_currency": "USD",
}


def test_compound_added_is_a_draft_without_a_version(add):
    response = add(Compound, **NEW)

    compound = Compound.objects.get()
    assert response.status_code == 302
    assert compound.published_at is None
    assert (compound.mechanisms, compound.routes) == ([], [])
    assert not EvidenceVersion.objects.exists()


def test_compound_described_again(change, alice, db, latest):
    compound = make_compound()

    change(compound, summary="A hormone made at night.", routes=["oral", "topical"])

    compound.refresh_from_db()
    assert compound.summary == "A hormone made at night."
    assert compound.routes == ["oral", "topical"]
    assert latest().why == "Compound Melatonin changed: summary, routes"
    assert compound.history.first().history_user == alice


def test_mechanisms_are_written_one_a_line(change, db):
    compound = make_compound()

    change(compound, mechanisms="Promotes sleep.\r\n\r\n Shifts the body clock. \r\n")

    compound.refresh_from_db()
    assert compound.mechanisms == ["Promotes sleep.", "Shifts the body clock."]


def test_mechanisms_are_shown_one_a_line(admin, db):
    compound = make_compound(mechanisms=["Promotes sleep.", "Shifts the body clock."])

    response = admin.get(address(compound, "change", compound.pk))

    assert "Promotes sleep.\nShifts the body clock.</textarea>" in response.content.decode()


def test_routes_keep_their_order_when_something_else_changes(change, db, latest):
    compound = make_compound(routes=["subcutaneous", "oral"])

    change(compound, summary="A peptide.")

    compound.refresh_from_db()
    assert compound.routes == ["subcutaneous", "oral"]
    assert latest().why == "Compound Melatonin changed: summary"


def test_unknown_route_is_refused(change, db):
    response = change(make_compound(), routes=["by post"])

    assert "routes" in response.context["adminform"].form.errors
    assert not EvidenceVersion.objects.exists()


@pytest.mark.parametrize("costs", [{"cost_low": "9", "cost_high": "3"}, {"cost_low": "9"}])
def test_cost_that_is_no_range_is_refused(costs, change, db):
    response = change(make_compound(), **costs)

    errors = response.context["adminform"].form.non_field_errors()
    assert errors == ["Give both ends of the cost, the lower one first."]


def test_compounds_published(act, alice, latest):
    draft, public = make_compound("valerian", published=False), make_compound()

    act("publish", draft, public)

    draft.refresh_from_db()
    assert draft.published_by == alice
    assert draft.published_at is not None
    assert (latest().by, latest().why) == (alice, "Published: Compound Valerian")
    assert draft.history.first().history_user == alice
    assert public.history.count() == 1


def test_compounds_withdrawn_keep_their_findings_and_profiles(act, alice, latest):
    finding = make_finding()
    publish_all()

    act("withdraw", finding.compound)

    finding.compound.refresh_from_db()
    assert (finding.compound.published_at, finding.compound.published_by) == (None, None)
    assert latest().why == "Withdrawn: Compound Melatonin"
    assert finding.compound.findings.published().count() == 1
    assert finding.compound.profiles.get().version_id == 1
