"""Which units count is told for the outcome and the measure that were chosen."""

import pytest

from evidence.admin.unit_guide import unit_guide
from tests.factories import make_mid, make_outcome


@pytest.fixture
def outcome(db):
    """Sleep onset latency: 20 minutes matter, or 0.3 standard deviations, or a ratio of 0.9."""
    outcome = make_outcome()
    make_mid(outcome, unit="SMD", value=-0.3)
    make_mid(outcome, unit="", is_ratio=True, value=0.9)
    return outcome


def named(guide):
    return [(unit.name, unit.matters_from) for unit in guide.units]


@pytest.mark.parametrize(
    "measure, units, said",
    [
        ("MD", [("min", "−20")], "exactly these units"),
        ("SMD", [("SMD", "−0.3")], "0 is no difference"),
        (
            "HR",
            [("ratios, without a unit", "0.9")],
            "A hazard ratio is above 0, 1 is no difference",
        ),
        (
            "",
            [("min", "−20"), ("SMD", "−0.3"), ("ratios, without a unit", "0.9")],
            "Without a measure only the direction is shown.",
        ),
    ],
)
def test_units_are_those_of_the_measure(measure, units, said, outcome):
    guide = unit_guide(outcome.pk, measure)

    assert named(guide) == units
    assert said in guide.advice


@pytest.mark.parametrize(
    "better, smd, ratio", [("lower", "−0.2", "0.8"), ("higher", "0.2", "1.25")]
)
def test_outcome_without_mids_has_the_usual_ones_and_no_unit_for_differences(
    better, smd, ratio, db
):
    outcome = make_outcome(mid=None, better=better)

    assert named(unit_guide(outcome.pk, "SMD")) == [("SMD", smd)]
    assert named(unit_guide(outcome.pk, "RR")) == [("ratios, without a unit", ratio)]
    assert named(unit_guide(outcome.pk, "MD")) == []
    assert "has no MID" in unit_guide(outcome.pk, "MD").advice


@pytest.mark.parametrize("chosen", [None, "", "x", "-1", "999", "²"])
def test_nothing_chosen_and_nonsense_have_no_guide(chosen, db):
    assert unit_guide(chosen) is None


def test_measure_that_is_none_is_taken_as_it_is(outcome):
    assert unit_guide(outcome.pk, "XX").outcome == outcome
