from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from evidence.ingest.writing import CHANGED, NEW, REMOVED, Tally, Writer, link_names, same
from evidence.models import Caution, Compound, Condition, MedicineClass, Study
from evidence.publication import system_user
from tests.factories import make_caution, make_compound, make_condition, make_user


@pytest.fixture
def writer(db):
    return Writer(system_user(), overwrite=False)


@pytest.mark.parametrize(
    "held, wanted, expected",
    [
        (Decimal("9.50"), 9.5, True),
        (Decimal("19.99"), 19.99, True),
        (Decimal("3.00"), 3, True),
        (Decimal("9.50"), 9.51, False),
        (Decimal("0.00"), None, False),
        (None, 0.0, False),
        (None, None, True),
        ("", None, False),
        (-7.0, -7.0, True),
        (["a", "b"], ["b", "a"], False),
        ({1, 2}, {2, 1}, True),
    ],
)
def test_same_compares_what_a_column_holds_with_what_a_file_says(held, wanted, expected):
    assert same(held, wanted) is expected


def test_link_names_are_those_of_many_to_manys():
    assert link_names(Study) == {"includes"}
    assert link_names(Caution) == frozenset()


def test_tally_of_nothing_says_that_nothing_was_written():
    tally = Tally()
    tally.add(NEW, Study, [])

    assert not tally.wrote
    assert tally.count(NEW, Study) == 0


def test_tally_counts_a_row_that_was_made_and_then_changed_as_new():
    tally = Tally()
    tally.add(NEW, Study, [1, 2])
    tally.add(CHANGED, Study, [2, 3])
    tally.add(CHANGED, Study, [3])

    assert (tally.count(NEW, Study), tally.count(CHANGED, Study)) == (2, 1)


def test_keyed_rows_are_made_once_and_returned_by_key(writer):
    rows = {"sedatives": {"name": "Sleeping pills"}, "statins": {"name": "Statins"}}

    made = writer.keyed(MedicineClass, "code", rows)
    found = writer.keyed(MedicineClass, "code", rows)

    assert made == found
    assert writer.tally.count(NEW, MedicineClass) == 2
    assert writer.tally.count(CHANGED, MedicineClass) == 0
    assert MedicineClass.history.count() == 2


def test_keyed_rows_may_be_more_than_a_query_takes_parameters(writer):
    rows = {f"class-{i}": {"name": f"Class {i}"} for i in range(1100)}

    writer.keyed(MedicineClass, "code", rows)
    found = writer.keyed(MedicineClass, "code", rows)

    assert len(found) == MedicineClass.objects.count() == 1100


def test_keyed_row_that_differs_is_written_column_by_column(writer):
    rows = {"epilepsy": {"name": "Epilepsy", "group": "Nerves", "medicine_classes": set()}}
    writer.keyed(Condition, "code", rows)

    writer.keyed(Condition, "code", {"epilepsy": rows["epilepsy"] | {"group": "Nervous system"}})

    newest, first = Condition.history.all()
    assert (first.group, newest.group) == ("Nerves", "Nervous system")
    assert [change.field for change in newest.diff_against(first).changes] == ["group"]
    assert writer.tally.count(NEW, Condition) == 1


def test_keyed_row_gets_its_links_with_the_writer_in_the_record(writer):
    statins = writer.keyed(MedicineClass, "code", {"statins": {"name": "Statins"}})["statins"]
    values = {"name": "Gout", "group": "Joints", "medicine_classes": {statins.pk}}

    gout = writer.keyed(Condition, "code", {"gout": values})["gout"]

    assert list(gout.medicine_classes.all()) == [statins]
    newest = gout.history.first()
    assert newest.history_user == writer.by
    assert [link.medicineclass_id for link in newest.medicine_classes.all()] == [statins.pk]


def test_kept_row_is_left_and_listed(writer):
    writer.keyed(MedicineClass, "code", {"statins": {"name": "Statins"}})

    writer.keyed(MedicineClass, "code", {"statins": {"name": "Lipid drugs"}}, kept={"statins"})

    assert MedicineClass.objects.get().name == "Statins"
    assert writer.tally.left == [
        "medicine class statins is public, and a load of drafts changes nothing public: name"
    ]


def cautions(*reasons):
    conditions = [make_condition(f"condition-{i}").pk for i in range(len(reasons))]
    return [
        {"condition_id": pk, "level": "avoid", "reason": reason}
        for pk, reason in zip(conditions, reasons, strict=True)
    ]


def test_children_are_replaced_together_in_the_order_of_the_file(writer):
    compound = make_compound()
    writer.children(Caution, "compound", compound, cautions("a", "b", "c"), kept=False)

    # The same conditions in another order: rows written one by one would collide.
    writer.children(Caution, "compound", compound, cautions("a", "b", "c")[::-1], kept=False)

    assert [one.reason for one in compound.cautions.all()] == ["c", "b", "a"]
    assert {one.history_user for one in Caution.history.all()} == {writer.by}


def test_children_that_became_fewer_are_tallied_as_changed_and_removed(writer):
    compound = make_compound()
    writer.children(Caution, "compound", compound, cautions("a", "b", "c"), kept=False)
    tally = writer.tally = Tally()

    writer.children(Caution, "compound", compound, cautions("a", "z"), kept=False)

    assert (tally.count(CHANGED, Caution), tally.count(REMOVED, Caution)) == (2, 1)
    assert tally.count(NEW, Caution) == 0


def test_children_that_became_more_are_tallied_as_changed_and_new(writer):
    compound = make_compound()
    writer.children(Caution, "compound", compound, cautions("a"), kept=False)
    tally = writer.tally = Tally()

    writer.children(Caution, "compound", compound, cautions("a", "b"), kept=False)

    assert (tally.count(CHANGED, Caution), tally.count(NEW, Caution)) == (1, 1)


def test_children_of_another_owner_stay_the_loaders_when_a_person_edits_one(writer):
    edited = make_caution(make_compound("zinc"))
    edited._history_user = make_user()
    edited.save()
    compound = make_compound("melatonin")
    writer.children(Caution, "compound", compound, cautions("a"), kept=False)

    writer.children(Caution, "compound", compound, cautions("b"), kept=False)

    assert [one.reason for one in compound.cautions.all()] == ["b"]
    assert writer.tally.left == []


def test_writer_is_the_only_one_whose_rows_are_not_a_persons(writer):
    writer.keyed(MedicineClass, "code", {"statins": {"name": "Statins"}})
    other = get_user_model().objects.create_user("another-loader")
    Writer(other, overwrite=False).keyed(MedicineClass, "code", {"nitrates": {"name": "Nitrates"}})

    assert MedicineClass.objects.filter(pk__in=writer.edited(MedicineClass)).get().code == (
        "nitrates"
    )
    assert Writer(other, overwrite=True).edited(MedicineClass) == set()
    assert not Compound.objects.exists()
