"""Cautions and interactions are curated in lists of their own; who changed a link is kept."""

import pytest

from evidence.models import EvidenceVersion
from tests.admin_pages import address
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_interaction,
    make_medicine_class,
)


def test_class_of_medicines_added_to_a_condition(change, alice, db, latest):
    condition, medicines = make_condition(), make_medicine_class()

    change(condition, medicine_classes=[medicines.pk])

    record = condition.history.first()
    assert latest().why == "Condition Epilepsy changed: medicine classes"
    assert [link.medicineclass for link in record.medicine_classes.all()] == [medicines]
    assert record.history_user == alice


def test_interaction_moved_from_a_draft_to_a_public_compound(change, db, latest):
    interaction = make_interaction(make_compound("tesofensine", published=False))
    public = make_compound()

    change(interaction, compound=public.pk)

    assert latest().why == "Interaction of Melatonin (anticoagulants: moderate) changed: compound"


@pytest.mark.parametrize(
    "values",
    [
        {"other_condition": "night driving"},
        {"condition": ""},
    ],
)
def test_caution_for_two_conditions_or_none_is_refused(values, change, db):
    response = change(make_caution(), **values)

    errors = response.context["adminform"].form.non_field_errors()
    assert errors == ["Choose a condition or write another one, not both."]
    assert not EvidenceVersion.objects.exists()


def test_caution_is_found_by_its_compound_and_condition(admin, db):
    caution = make_caution()
    make_caution(make_compound("valerian"), condition=make_condition("liver-disease"))
    url = address(caution, "changelist")

    found = [
        list(admin.get(url, {"q": term}).context["cl"].result_list)
        for term in ("melatonin", "epilepsy")
    ]

    assert found == [[caution], [caution]]


def test_cautions_without_a_source_can_be_listed(admin, db):
    untraced = make_caution()
    make_caution(make_compound("valerian"), source_quality="primary")

    response = admin.get(address(untraced, "changelist"), {"source_quality": "untraced"})

    assert list(response.context["cl"].result_list) == [untraced]
