"""What records of the history say, in words."""

from itertools import pairwise

import pytest

from evidence.models import Caution, Finding, Interaction, Study
from evidence.recorded import changes_between, past_row, recorded, title_of
from tests.curators import edit
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_interaction,
    make_medicine_class,
    make_study,
    make_user,
)

pytestmark = pytest.mark.django_db


def records_of(row):
    """Return every record of a row, oldest first."""
    found = recorded(type(row), list(row.history.values_list("history_id", flat=True)))
    return [found[key] for key in sorted(found)]


def told(changes):
    return [(change.label, change.before, change.after) for change in changes]


def test_change_is_told_in_words():
    finding = make_finding()
    edit(finding, by=None, estimate=-8.5, study=make_study("pmid:2", title="Another"))

    changes = changes_between(*records_of(finding))

    assert told(changes) == [
        (
            "Study",
            "Meta-analysis: melatonin for the treatment of primary sleep disorders (2013)",
            "Another (2013)",
        ),
        ("Estimate", "−7.06", "−8.5"),
    ]


def test_list_of_rows_is_told_by_their_names():
    interaction = make_interaction()
    interaction.medicine_classes.set([make_medicine_class("sedatives")])

    _, before, *_, after = records_of(interaction)

    assert told(changes_between(before, after)) == [
        ("Medicine classes", "Anticoagulants", "Sedatives")
    ]


def test_row_deleted_since_is_named_by_its_number():
    caution = make_caution()
    condition = caution.condition
    edit(caution, by=None, condition=make_condition("gout"))
    number = condition.pk
    condition.delete()

    before, after = records_of(caution)

    assert told(changes_between(before, after)) == [
        ("Condition", f"no. {number}, deleted since", "Gout")
    ]
    assert title_of(after) == "Gout: avoid"
    assert title_of(before) == f"no. {caution.pk}"


def test_first_record_tells_all_that_it_holds():
    study = make_study()

    changes = changes_between(None, *records_of(study))

    labels = {change.label for change in changes}
    assert {"Key", "PMID", "Title", "Year"} <= labels
    assert "DOI" not in labels
    assert all(change.before == "" for change in changes)


def test_columns_are_left_out_on_request():
    caution = make_caution()
    edit(caution, by=None, compound=make_compound("valerian"), level="caution")

    changes = changes_between(*records_of(caution), leave_out={"compound"})

    assert [change.name for change in changes] == ["level"]


def test_past_row_holds_its_values_and_lists():
    interaction = make_interaction()
    *_, last = records_of(interaction)

    row, lists = past_row(last)

    assert (type(row), row.pk, row.effect) == (Interaction, interaction.pk, interaction.effect)
    assert lists == {"medicine_classes": [make_medicine_class().pk]}


@pytest.mark.parametrize(
    "model, queries", [(Finding, 1), (Caution, 1), (Interaction, 2), (Study, 2)]
)
def test_records_take_a_fixed_number_of_queries(model, queries, django_assert_num_queries):
    rows = {
        Finding: make_finding,
        Caution: make_caution,
        Interaction: make_interaction,
        Study: make_study,
    }
    row = rows[model]()
    for _ in range(4):
        edit(row, by=make_user(f"user-{row.history.count()}"))
    ids = list(row.history.values_list("history_id", flat=True))

    with django_assert_num_queries(queries):
        found = list(recorded(model, ids).values())
        for before, after in pairwise(found):
            changes_between(before, after)
            title_of(after)


def test_no_record_is_asked_for_without_ids(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert recorded(Study, []) == {}
