"""Beside the unit of a finding: which units of its outcome count, and which way is better."""

from dataclasses import dataclass

from evidence.choices import RATIO_MEASURES, Measure
from evidence.figures import printed
from evidence.models import Outcome
from evidence.synthesis.constants import (
    DEFAULT_RATIO_MID_HIGHER,
    DEFAULT_RATIO_MID_LOWER,
    DEFAULT_SMD_MID,
)


@dataclass(frozen=True)
class Unit:
    """A unit that counts, the smallest difference in it that matters, and where that is from."""

    name: str
    matters_from: str
    basis: str


@dataclass(frozen=True)
class UnitGuide:
    """What to know of an outcome while typing a figure on it."""

    outcome: Outcome
    units: tuple[Unit, ...]
    advice: str


def unit_guide(outcome_id, measure=""):
    """Return the guide for a chosen outcome and measure; None without an outcome."""
    outcome = outcome_of(outcome_id)
    if outcome is None:
        return None
    mids = list(outcome.mids.all())
    units = tuple(_units(outcome, mids, measure))
    return UnitGuide(outcome, units, _advice(measure, units))


def outcome_of(outcome_id):
    """Return the outcome that a form names, with its MIDs; None for nothing and for nonsense."""
    if not str(outcome_id or "").isdecimal():
        return None
    return Outcome.objects.filter(pk=outcome_id).prefetch_related("mids").first()


def _units(outcome, mids, measure):
    """Yield the units in which a finding of this measure (of any, if empty) counts."""
    is_lower = outcome.better == "lower"
    named = [mid for mid in mids if not mid.is_ratio]
    if measure not in RATIO_MEASURES:
        for mid in named:
            is_smd = mid.unit.strip().casefold() == "smd"
            if not measure or is_smd == (measure == Measure.SMD):
                yield Unit(mid.unit, printed(mid.value), mid.get_basis_display())
        has_smd = any(mid.unit.strip().casefold() == "smd" for mid in named)
        if measure in ("", Measure.SMD) and not has_smd:
            usual = -DEFAULT_SMD_MID if is_lower else DEFAULT_SMD_MID
            yield Unit("SMD", printed(usual), "usual where the outcome has none")
    if not measure or measure in RATIO_MEASURES:
        ratio = next((mid for mid in mids if mid.is_ratio), None)
        usual = DEFAULT_RATIO_MID_LOWER if is_lower else DEFAULT_RATIO_MID_HIGHER
        value = ratio.value if ratio else usual
        basis = ratio.get_basis_display() if ratio else "GRADE's default"
        yield Unit("ratios, without a unit", printed(value), basis)


def _advice(measure, units):
    if not measure:
        return "Without a measure only the direction is shown."
    label = Measure(measure).label if measure in Measure.values else measure
    if measure in RATIO_MEASURES:
        return f"A {label} is above 0, 1 is no difference, and it needs no unit."
    if measure == Measure.SMD:
        return f"A {label} counts without a unit; 0 is no difference."
    if not units:
        return (
            f"The outcome has no MID for a {label}: the finding would be shown and not counted, "
            "unless it is of a single trial with its own number of participants."
        )
    return f"A {label} counts in exactly these units; 0 is no difference."
