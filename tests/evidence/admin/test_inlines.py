"""Rows edited beside their owner cost no query each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin_pages import address
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_interaction,
    make_medicine_class,
    make_mid,
    make_outcome,
)


@pytest.fixture
def compound(db):
    """Melatonin, published."""
    return make_compound()


def add_rows(compound, numbers):
    """Give the compound one row of every kind for each number."""
    for i in numbers:
        make_caution(compound, condition=make_condition(f"condition-{i}"))
        make_interaction(
            compound,
            other_compound=make_compound(f"other-{i}"),
            medicine_classes=[make_medicine_class(f"class-{i}")],
        )
        compound.aliases.create(name=f"Alias {i}")
        compound.protocols.create(route="oral", dose=f"{i} mg")
        compound.regulatory_statuses.create(region=f"R{i}", status="unapproved")
        compound.side_effects.create(effect=f"effect {i}", frequency="rare", severity="mild")


def count_queries(admin, row):
    url = address(row, "change", row.pk)
    admin.get(url)  # fills Django's own caches
    with CaptureQueriesContext(connection) as queries:
        response = admin.get(url)
    assert response.status_code == 200
    return len(queries)


def test_form_of_a_compound_asks_as_often_for_ten_rows_of_each_kind_as_for_three(admin, compound):
    add_rows(compound, range(3))
    for_three = count_queries(admin, compound)

    add_rows(compound, range(3, 10))

    assert count_queries(admin, compound) == for_three


def test_form_of_an_outcome_asks_as_often_for_ten_mids_as_for_three(admin, db):
    outcome = make_outcome()
    for i in range(2):
        make_mid(outcome, unit=f"unit {i}")
    for_three = count_queries(admin, outcome)

    for i in range(2, 9):
        make_mid(outcome, unit=f"unit {i}")

    assert count_queries(admin, outcome) == for_three


def test_autocomplete_shows_what_is_chosen(admin, compound):
    add_rows(compound, [7])

    page = admin.get(address(compound, "change", compound.pk)).content.decode()

    for row, label in [
        (compound.cautions.get().condition, "Condition 7"),
        (compound.interactions.get().other_compound, "Other 7"),
        (compound.interactions.get().medicine_classes.get(), "Class 7"),
    ]:
        assert f'<option value="{row.pk}" selected>{label}</option>' in page


def test_autocomplete_shows_what_a_refused_form_chose(change, compound):
    add_rows(compound, [7])
    other, reason = make_condition("liver-disease"), ""

    response = change(compound, **{"cautions-0-condition": other.pk, "cautions-0-reason": reason})

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<option value="{other.pk}" selected>Liver disease</option>' in page


def test_interaction_chosen_anew(change, compound):
    add_rows(compound, [7])
    interaction = compound.interactions.get()
    other, medicines = make_compound("other-8"), make_medicine_class("class-8")

    change(
        compound,
        **{
            "interactions-0-other_compound": other.pk,
            "interactions-0-medicine_classes": [medicines.pk],
        },
    )

    interaction.refresh_from_db()
    assert interaction.other_compound == other
    assert interaction.medicine_classes.get() == medicines
