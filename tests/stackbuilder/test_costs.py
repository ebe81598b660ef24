"""What a month costs at the dose of a trial."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.costs import (
    Cost,
    Pack,
    TrialDose,
    Unknown,
    cheapest_first,
    conversion,
    is_daily,
    monthly_cost,
)
from tests.catalogue_facts import CATALOGUE, read_json


def pack(**changes):
    """Return 120 capsules of 300 mg for 24 USD."""
    values = {"dose": Decimal(300), "unit": "mg", "units": 120, "price": Decimal("24.00")}
    return Pack(**{**values, "currency": "USD", **changes})


def dose(low=600.0, high=600.0, unit="mg", frequency="twice daily"):
    """Return 300 mg twice daily, as the catalogue has it: 600 mg a day."""
    return TrialDose("300 mg twice daily", low, high, unit, frequency)


def test_cost_of_two_capsules_a_day_shows_each_step():
    cost = monthly_cost(pack(), [dose()])

    assert isinstance(cost, Cost)
    assert (cost.daily_low, cost.unit_dose, cost.units_low) == (600, 300, 2)
    assert cost.low == cost.high == Decimal("12.00")
    assert not cost.is_range


def test_cost_of_a_range_of_doses_is_a_range():
    cost = monthly_cost(pack(), [dose(300.0, 450.0)])

    assert (cost.units_low, cost.units_high) == (1, 2)
    assert (cost.low, cost.high) == (Decimal("6.00"), Decimal("12.00"))
    assert cost.is_range


@pytest.mark.parametrize("low, high", [(600.0, None), (None, 600.0)])
def test_cost_of_a_dose_with_one_end_is_that_of_this_end(low, high):
    cost = monthly_cost(pack(), [dose(low, high)])

    assert cost.low == cost.high == Decimal("12.00")


@pytest.mark.parametrize(
    "amount, unit, units", [(0.6, "g", 2), (601.0, "mg", 3), (1.0, "mg", 1), (600_000.0, "µg", 2)]
)
def test_unit_is_taken_whole_whatever_the_unit_of_mass(amount, unit, units):
    assert monthly_cost(pack(), [dose(amount, amount, unit)]).units_low == units


def test_decimals_are_taken_as_written():
    third = pack(dose=Decimal("0.1"), unit="g", units=30)

    assert monthly_cost(third, [dose(0.3, 0.3, "g")]).units_low == 3


def test_cost_is_rounded_to_the_cent_half_up():
    odd = pack(units=80, price=Decimal("0.01"))

    assert monthly_cost(odd, [dose()]).low == Decimal("0.01")
    assert monthly_cost(pack(units=61, price=Decimal("1.00")), [dose()]).low == Decimal("0.98")


def test_first_daily_dose_in_a_matching_unit_decides():
    doses = [
        dose(1.0, 1.0, "mg", "once weekly"),
        dose(2.0, 2.0, "mL"),
        dose(900.0, 900.0),
        dose(),
    ]

    assert monthly_cost(pack(), doses).units_low == 3


@pytest.mark.parametrize(
    "given_pack, doses, why",
    [
        (None, [dose()], Unknown.NO_PRICE),
        (pack(), [], Unknown.NO_DAILY_DOSE),
        (pack(), [dose(frequency="once weekly")], Unknown.NO_DAILY_DOSE),
        (pack(), [dose(None, None)], Unknown.NO_DAILY_DOSE),
        (pack(), [dose(0.0, 0.0)], Unknown.NO_DAILY_DOSE),
        (pack(unit="IU"), [dose()], Unknown.OTHER_UNIT),
        (pack(), [dose(unit="mg/kg")], Unknown.OTHER_UNIT),
    ],
)
def test_unknown_cost_says_why(given_pack, doses, why):
    assert monthly_cost(given_pack, doses) is why


@pytest.mark.parametrize(
    "unit, wanted, factor",
    [
        ("g", "mg", 1000),
        ("mg", "g", Decimal("0.001")),
        ("ug", "mcg", 1),
        ("µg", "μg", 1),
        ("IU", "iu", 1),
        ("CFU", "CFU", 1),
        ("IU", "mg", None),
        ("mg/kg", "mg", None),
        ("", "", None),
    ],
)
def test_conversion_knows_mass_and_equal_units(unit, wanted, factor):
    assert conversion(unit, wanted) == factor


# The catalogue's own words for how often, each judged by eye.
DAILY = {
    "15 mg morning and evening with meals": False,
    "1 h before bedtime": True,
    "100 mg three times daily": True,
    "2 g twice daily": True,
    "2-3 divided doses": False,
    "2-3 times a day": False,
    "2000 mg per dose": False,
    "30 min before bedtime": True,
    "45 min to 2 h before sex": False,
    "6 days a week": False,
    "8 doses over 4 days around surgery": False,
    "as needed, at least 45 min before sex; max 1 per 24 h, 8 per month": False,
    "at target bedtime at the destination": False,
    "daily": True,
    "daily in divided lozenges": True,
    "daily or weekly": False,
    "daily with meals": True,
    "daily, 5 days a week": False,
    "daily, about 3 h before desired bedtime": True,
    "daily, divided": True,
    "daily, in food; a single morning dose worked less well": True,
    "every 12 hours": False,
    "every 12 hours, then daily": False,
    "every 6 hours": False,
    "every night": True,
    "just before meals": False,
    "nightly": True,
    "once": False,
    "once before exercise": False,
    "once before training": False,
    "once daily": True,
    "once daily at bedtime": True,
    "once daily with a meal, not lying down": True,
    "once daily, 1-2 h before bedtime and after food": True,
    "once daily, 30 min before bed": True,
    "once daily, abdomen": True,
    "once weekly": False,
    "once weekly, with lifestyle programme": False,
    "once, about 60-150 min before exercise": False,
    "once, or up to 6 days": False,
    "single dose, or weekly / every two weeks for 2-3 doses": False,
    "single infusion": False,
    "single injection": False,
    "six times daily": True,
    "three divided doses": False,
    "three times daily": True,
    "timing limit": False,
    "twice daily": True,
    "twice weekly": False,
    "twice weekly, eight doses": False,
    "with food, raised gradually": False,
}


def test_every_frequency_of_the_catalogue_is_judged():
    protocols = [
        protocol
        for path in (CATALOGUE / "compounds").glob("*.json")
        for protocol in read_json(path)["protocols"]
    ]

    assert {one["frequency"] for one in protocols if one["frequency"]} <= DAILY.keys()


@pytest.mark.parametrize("frequency", sorted(DAILY))
def test_dose_is_daily_only_where_the_trial_gave_it_each_day(frequency):
    assert is_daily(dose(frequency=frequency)) is DAILY[frequency]


def test_cheapest_first_keeps_currencies_apart_and_the_unknown_last():
    costs = {
        "dear": monthly_cost(pack(price=Decimal("30.00")), [dose()]),
        "unknown": Unknown.NO_PRICE,
        "cheap": monthly_cost(pack(), [dose()]),
        "euros": monthly_cost(pack(price=Decimal("99.00"), currency="EUR"), [dose()]),
        "range": monthly_cost(pack(), [dose(600.0, 900.0)]),
    }

    ordered = sorted(costs, key=lambda name: cheapest_first(costs[name]))

    assert ordered == ["euros", "cheap", "range", "dear", "unknown"]


@given(
    st.decimals("0.0001", "10000", places=4),
    st.integers(1, 1000),
    st.decimals("0.01", "10000", places=2),
    st.floats(0.001, 100_000),
    st.floats(0.001, 100_000),
)
def test_units_cover_the_dose_and_none_is_wasted(unit_dose, units, price, one, other):
    low, high = sorted((one, other))

    cost = monthly_cost(pack(dose=unit_dose, units=units, price=price), [dose(low, high)])

    assert cost.units_low * unit_dose >= Decimal(str(low)) > (cost.units_low - 1) * unit_dose
    assert cost.units_high >= cost.units_low
    assert cost.high >= cost.low >= 0
