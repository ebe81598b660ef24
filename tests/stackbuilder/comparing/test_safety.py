"""The safety of a comparison: shared cautions once, pairs, the visitor's own, and the law."""

import pytest

from evidence.models import RegulatoryStatus
from stackbuilder.comparing.safety import safety_compared
from stackbuilder.engine.person import Person
from stackbuilder.engine.safety import Outcome
from stackbuilder.links import State
from stackbuilder.visitor.screening import SafetyTables, questions, safety_of
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_interaction,
    make_medicine_class,
)
from tests.vendor_factories import make_status

pytestmark = pytest.mark.django_db

NAMES = {"melatonin": "Melatonin", "valerian": "Valerian"}


@pytest.fixture
def compounds():
    """Melatonin and valerian, of which nothing is recorded yet."""
    return make_compound("melatonin"), make_compound("valerian")


def safety(person=None, names=NAMES, **choices):
    tables = SafetyTables(version=1, facts=safety_of(), questions=questions())
    return safety_compared(names, State(**choices), person or Person(), tables)


def cells(row):
    """Return what stands in each cell of a row, without the names."""
    assert [name for name, _ in row] == list(NAMES.values())
    return [value for _, value in row]


def test_condition_against_both_stands_once_with_the_level_of_each(compounds):
    melatonin, valerian = compounds
    pregnancy = make_condition("pregnancy", name="Pregnant")
    make_caution(melatonin, condition=pregnancy, level="contraindicated", reason="Listed")
    make_caution(valerian, condition=pregnancy, level="avoid", reason="Not studied")
    make_caution(melatonin)

    found = safety()

    (shared,) = found.shared
    assert shared.condition == "Pregnant"
    assert [(one.label, one.text) for one in cells(shared.cells)] == [
        ("contraindicated", "Listed"),
        ("avoid", "Not studied"),
    ]
    own = {
        row.level: [[f.condition for f in one] for one in cells(row.cells)] for row in found.levels
    }
    assert own == {
        "contraindicated": [[], []],
        "avoid": [["Epilepsy"], []],
        "caution": [[], []],
    }


def test_shared_conditions_stand_by_the_firmest_of_their_levels(compounds):
    for code, levels in (("asthma", ("caution", "caution")), ("gout", ("caution", "avoid"))):
        for compound, level in zip(compounds, levels, strict=True):
            make_caution(compound, condition=make_condition(code), level=level)

    assert [row.condition for row in safety().shared] == ["Gout", "Asthma"]


def test_caution_without_a_code_is_for_everyone_and_in_no_other_row(compounds):
    for compound in compounds:
        make_caution(compound, other_condition="driving", level="avoid", reason="Makes drowsy")

    found = safety()

    assert found.shared == ()
    assert not any(facts for row in found.levels for facts in cells(row.cells))
    for (fact,) in cells(found.for_everyone):
        assert (fact.subject, fact.label, fact.text) == ("driving", "avoid", "Makes drowsy")


def test_level_that_the_vocabulary_lost_is_shown_before_all_others(compounds):
    make_caution(compounds[0], level="deadly")

    first = safety().levels[0]

    assert (first.level, first.label) == ("deadly", "deadly")
    assert len(cells(first.cells)[0]) == 1


def test_interaction_of_the_pair_stands_once_whichever_page_has_it(compounds):
    melatonin, valerian = compounds
    for one, other in ((melatonin, valerian), (valerian, melatonin)):
        make_interaction(
            one,
            other_compound=other,
            with_text=other.name,
            medicine_classes=[],
            severity="major" if one == valerian else "minor",
        )

    found = safety()

    (pair,) = found.clashes
    assert (pair.names, pair.label) == (("Melatonin", "Valerian"), "major")
    assert [record.slug for record in pair.clash.records] == ["valerian", "melatonin"]
    assert cells(found.interactions) == [(), ()]


def test_other_interactions_stand_severest_first_and_unnamed_ones_for_everyone(compounds):
    melatonin, _ = compounds
    make_interaction(melatonin, with_text="aspirin", severity="minor")
    make_interaction(melatonin, with_text="warfarin", severity="major")
    make_interaction(melatonin, with_text="grapefruit", medicine_classes=[])

    found = safety()

    assert [one.subject for one in cells(found.interactions)[0]] == [
        "With warfarin",
        "With aspirin",
    ]
    assert [one.subject for one in cells(found.for_everyone)[0]] == ["With grapefruit"]


def test_visitor_who_said_nothing_is_told_nothing_of_themselves(compounds):
    make_caution(compounds[0])

    assert safety().for_you == ()
    assert safety(region="US").for_you == ()


def test_visitor_is_told_what_screening_says_of_each(compounds):
    melatonin, _ = compounds
    make_caution(melatonin, level="contraindicated", reason="Raises the risk")
    make_medicine_class("statins", name="Statins")
    person = Person(frozenset({"epilepsy"}), frozenset({"statins"}))

    mine = cells(safety(person).for_you)

    assert [one.screening.outcome for one in mine] == [Outcome.OUT, Outcome.IN]
    assert [(line.subject, line.said) for line in mine[0].lines] == [("Epilepsy", ("Epilepsy",))]
    assert mine[0].none_recorded == ("Statins",)
    assert mine[1].none_recorded == ("Epilepsy", "Statins")


def test_preferences_alone_are_screened_by_too(compounds):
    make_status("sport", "banned-in-sport", compound=compounds[0])

    mine = cells(safety(is_tested=True).for_you)

    assert [one.screening.outcome for one in mine] == [Outcome.OUT, Outcome.IN]
    assert mine[1].screening.is_sport_unrecorded


def test_every_place_has_a_row_and_sport_the_last(compounds):
    melatonin, valerian = compounds
    make_status("sport", "banned-in-sport", compound=melatonin)
    make_status("UK", "prescription-only", compound=melatonin)
    make_status("US", "dietary-supplement", compound=valerian)

    places = safety().places

    assert [(row.name, row.is_chosen) for row in places] == [
        ("United States", False),
        ("United Kingdom", False),
        ("Sport", False),
    ]
    labels = [[[line.label for line in one.lines] for one in cells(row.cells)] for row in places]
    assert labels == [
        [[], ["dietary supplement"]],
        [["prescription only"], []],
        [["banned in sport"], []],
    ]


def test_chosen_place_comes_first_and_names_who_speaks_for_it(compounds):
    melatonin, valerian = compounds
    make_status("US", "dietary-supplement", compound=melatonin)
    make_status("EU", "approved-drug", compound=melatonin)
    make_status("DE", "unapproved", compound=valerian)

    first, *others = safety(region="DE").places

    assert (first.name, first.is_chosen) == ("Germany", True)
    by_eu, by_germany = cells(first.cells)
    assert (by_eu.place, by_eu.lines[0].label) == ("European Union", "approved medicine")
    assert (by_germany.place, by_germany.lines[0].label) == ("", "not approved")
    assert [row.name for row in others] == ["United States", "European Union"]


def test_status_that_the_vocabulary_lost_is_shown_as_it_is(compounds):
    RegulatoryStatus.objects.create(compound=compounds[0], region="US", status="odd")

    (row,) = safety().places

    assert cells(row.cells)[0].lines[0].label == "odd"
