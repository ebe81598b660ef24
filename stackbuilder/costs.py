"""What a month costs at the dose of a trial: pure arithmetic, with every step kept to be shown.

A **unit** is what is taken whole (a capsule, a scoop): a day's dose that needs 1.8 of them takes
2. A **month** has 30 days. The dose is that of the first protocol, in the curator's order, that
gives it by the day: `low` and `high` are then amounts a day (300 mg twice daily is stored as 600).
Doses by the week, the body's weight or the occasion give no cost of a month, and say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

DAYS_A_MONTH = 30

# Milligrams in each unit of mass.
_MASS = {
    "g": Decimal(1000),
    "mg": Decimal(1),
    **dict.fromkeys(("mcg", "ug", "µg", "μg"), Decimal("0.001")),
}
_CENT = Decimal("0.01")
_BY_THE_DAY = re.compile(r"\b(?:daily|nightly|every night|bedtime)\b")
_OTHERWISE = re.compile(r"week|month|hour|needed|target|doses over")


class Unknown(StrEnum):
    """Why nobody can say what a month costs."""

    NO_PRICE = "no-price"
    NO_DAILY_DOSE = "no-daily-dose"
    OTHER_UNIT = "other-unit"


@dataclass(frozen=True, slots=True)
class Pack:
    """What is bought: `units` units of `dose` `unit` each, at `price` in `currency`."""

    dose: Decimal
    unit: str
    units: int
    price: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class TrialDose:
    """A protocol as far as a price needs it; an end of the range that is unknown is None."""

    text: str
    low: float | None
    high: float | None
    unit: str
    frequency: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A month's cost from `low` to `high`, in the pack's currency, and how it came about.

    `daily_low` and `daily_high` are amounts a day, `unit_dose` is that of one unit, all in the
    pack's unit of measure; `units_low` and `units_high` are the whole units that a day takes.
    """

    dose: TrialDose
    pack: Pack
    daily_low: Decimal
    daily_high: Decimal
    unit_dose: Decimal
    units_low: int
    units_high: int
    low: Decimal
    high: Decimal

    @property
    def is_range(self) -> bool:
        """Say whether the two ends of the dose cost different sums."""
        return self.low != self.high


def monthly_cost(pack: Pack | None, doses: Iterable[TrialDose]) -> Cost | Unknown:
    """Return what a month of the first daily dose costs, or why that is unknown."""
    if pack is None:
        return Unknown.NO_PRICE
    daily = [dose for dose in doses if is_daily(dose)]
    for dose in daily:
        factor = conversion(dose.unit, pack.unit)
        if factor is not None:
            return _cost(dose, pack, factor)
    return Unknown.OTHER_UNIT if daily else Unknown.NO_DAILY_DOSE


def is_daily(dose: TrialDose) -> bool:
    """Say whether a trial gave this much a day, each day."""
    frequency = dose.frequency.lower()
    is_by_the_day = _BY_THE_DAY.search(frequency) and not _OTHERWISE.search(frequency)
    return bool(is_by_the_day) and (dose.low or dose.high or 0) > 0


def conversion(unit: str, wanted: str) -> Decimal | None:
    """Return how many of `wanted` one `unit` is, or None if they measure different things."""
    unit, wanted = unit.strip().lower(), wanted.strip().lower()
    if unit in _MASS and wanted in _MASS:
        return _MASS[unit] / _MASS[wanted]
    return Decimal(1) if unit == wanted and unit else None


def cheapest_first(cost: Cost | Unknown) -> tuple[bool, str, Decimal, Decimal]:
    """Return a key that sorts by cost, each currency by itself and the unknown last.

    Nothing is converted: a rate of exchange would be one more number that nobody has checked.
    """
    if isinstance(cost, Unknown):
        return True, "", Decimal(0), Decimal(0)
    return False, cost.pack.currency, cost.low, cost.high


def _cost(dose: TrialDose, pack: Pack, factor: Decimal) -> Cost:
    low = _decimal(dose.low or dose.high or 0) * factor
    high = max(low, _decimal(dose.high or dose.low or 0) * factor)
    units_low, units_high = _whole_units(low, pack), _whole_units(high, pack)
    return Cost(
        dose=dose,
        pack=pack,
        daily_low=_plain(low),
        daily_high=_plain(high),
        unit_dose=_plain(pack.dose),
        units_low=units_low,
        units_high=units_high,
        low=_month(units_low, pack),
        high=_month(units_high, pack),
    )


def _whole_units(amount: Decimal, pack: Pack) -> int:
    return int((amount / pack.dose).to_integral_value(ROUND_CEILING))


def _month(units_a_day: int, pack: Pack) -> Decimal:
    sum_ = pack.price * units_a_day * DAYS_A_MONTH / pack.units
    return sum_.quantize(_CENT, ROUND_HALF_UP)


def _plain(amount: Decimal) -> Decimal:
    """Return the number without the zeros that a column or a conversion left behind it."""
    return amount.normalize()


def _decimal(amount: float) -> Decimal:
    """Return the number as it is written, not as its bits are."""
    return Decimal(str(amount))
