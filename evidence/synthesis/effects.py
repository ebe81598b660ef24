"""One finding → its benefit `y` and standard error `s`, both in MID units (method, section 2)."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite, log, sqrt
from statistics import NormalDist
from sys import float_info

from evidence.synthesis.constants import (
    COMMON_EVENT_EXPONENT,
    DEFAULT_CI_LEVEL,
    DEFAULT_RATIO_MID_HIGHER,
    DEFAULT_RATIO_MID_LOWER,
    DEFAULT_SMD_MID,
)
from evidence.synthesis.facts import FindingFacts, SynthesisError
from evidence.synthesis.refusals import refusals
from evidence.synthesis.vocabulary import Better, Measure, NotCountedReason, Result

# Far past any measurement, and small enough that sums of squares stay finite.
_LARGEST = 1e100


class Basis(StrEnum):
    """How a finding's figures were read."""

    INTERVAL = "interval"
    P_VALUE = "p-value"
    TEST_STATISTIC = "standardised from the test statistic"
    NULL_WITHOUT_FIGURE = "reported only as no clear difference"


@dataclass(frozen=True, slots=True)
class Effect:
    """A benefit in MID units, positive where better for the person, with its standard error."""

    y: float
    s: float
    basis: Basis


def read_effect(finding: FindingFacts) -> Effect | NotCountedReason:
    """Return the finding's effect, or why there is none.

    Raises SynthesisError for figures that `refusals` would have refused.
    """
    refused = refusals(finding.figures)
    if refused:
        problems = "; ".join(f"{field}: {message}" for field, message in refused)
        raise SynthesisError(f"finding {finding.key}: {problems}")
    effect = _effect(finding)
    if isinstance(effect, Effect) and max(abs(effect.y), effect.s) > _LARGEST:
        return NotCountedReason.NO_USABLE_FIGURE
    return effect


def additive(measure: Measure, value: float, *, is_common_event: bool) -> float:
    """Return `value` on the additive scale g: itself, ln of a ratio, or ½ ln of a common OR.

    A ratio must be above 0. Source: VanderWeele 2017, doi:10.1097/EDE.0000000000000733.

    >>> round(additive(Measure.OR, 4.0, is_common_event=True), 6)  # ln 2
    0.693147
    """
    if not measure.is_ratio:
        return value
    if measure is Measure.OR and is_common_event:
        return COMMON_EVENT_EXPONENT * log(value)
    return log(value)


def standard_error(low: float, high: float, *, level: float = DEFAULT_CI_LEVEL) -> float:
    """Return the standard error implied by a two-sided interval of `level` per cent.

    The bounds share one unit on an additive scale and the result has it too; infinite where
    the level is so near 0 that the width tells nothing. Source: Cochrane Handbook 5.1,
    7.7.7.2 (ratios: 7.7.7.3).

    >>> round(standard_error(-9.75, -4.37), 2)  # minutes until asleep
    1.37
    """
    z = two_sided_z(1 - level / 100)
    return (high - low) / (2 * z) if z > 0 else inf


def standard_error_from_p(value: float, p: float) -> float | None:
    """Return the standard error implied by a two-sided p, in the unit of `value`.

    None where the effect is 0: then p says nothing of it.

    >>> round(standard_error_from_p(-3.0, 0.05), 4)  # 3 / 1.959964
    1.5306
    """
    return abs(value) / two_sided_z(p) if value != 0 else None


def two_sided_z(p: float) -> float:
    """Return Φ⁻¹(1 - p/2), the number of standard errors that a two-sided p stands for.

    Above 0 for every p below 1.

    >>> round(two_sided_z(0.05), 6)
    1.959964
    """
    # By symmetry -Φ⁻¹(p/2), which keeps its digits where p is tiny.
    return -NormalDist().inv_cdf(max(p / 2, float_info.min))


def signed_mid(finding: FindingFacts) -> float | None:
    """Return the MID on the finding's additive scale, None where its unit has none.

    The sign says which way is good. A finding whose scale runs against its outcome's takes the
    size of the MID and its own direction. The MID of a halved odds ratio is not halved.
    """
    mid = _outcome_mid(finding)
    if mid is None or finding.better is None:
        return mid
    return abs(mid) * finding.better.sign


def standardised(finding: FindingFacts, t: float) -> Effect | None:
    """Return the effect by its test statistic `t` = estimate / SE, where no MID fits its unit.

    Only for a single parallel-group study with its own N; None otherwise. The standardised
    difference d is set against the default MID, whatever the outcome's own.
    """
    n = finding.n_participants
    if n is None or not finding.study.design.is_parallel_group:
        return None
    d = 2 * t / sqrt(n)
    error = sqrt(4 / n + d * d / (2 * n))
    y = finding.direction.sign * d / DEFAULT_SMD_MID
    return _tidy(y, error / DEFAULT_SMD_MID, Basis.TEST_STATISTIC)


def null_effect(finding: FindingFacts) -> Effect | None:
    """Return no effect, as wide as its N allows, for a null printed without a usable figure.

    None if the finding is no null or its N is unknown. Leaving such nulls out would favour
    benefits, which get printed with their numbers.
    """
    n = finding.n_participants
    if finding.result is not Result.NO_CLEAR_DIFFERENCE or n is None:
        return None
    return Effect(0.0, (2 / sqrt(n)) / DEFAULT_SMD_MID, Basis.NULL_WITHOUT_FIGURE)


@dataclass(frozen=True, slots=True)
class _Printed:
    """An estimate and its standard error on the additive scale."""

    value: float
    error: float
    basis: Basis


def _effect(finding: FindingFacts) -> Effect | NotCountedReason:
    printed = _printed(finding)
    if printed is None:
        return null_effect(finding) or NotCountedReason.NO_USABLE_FIGURE
    mid = signed_mid(finding)
    if mid is None:
        effect = standardised(finding, printed.value / printed.error)
        return effect or NotCountedReason.NO_MID_IN_THIS_UNIT
    return _tidy(printed.value / mid, printed.error / abs(mid), printed.basis)


def _printed(finding: FindingFacts) -> _Printed | None:
    """The interval goes before p; None without an estimate or without a standard error."""
    measure, estimate = finding.measure, finding.estimate
    if measure is None or estimate is None:
        return None
    is_common_event = finding.outcome.is_common_event
    value = additive(measure, estimate, is_common_event=is_common_event)
    error: float | None = None
    if finding.ci_low is not None and finding.ci_high is not None:
        basis = Basis.INTERVAL
        low = additive(measure, finding.ci_low, is_common_event=is_common_event)
        high = additive(measure, finding.ci_high, is_common_event=is_common_event)
        error = standard_error(low, high, level=finding.ci_level or DEFAULT_CI_LEVEL)
    elif finding.p is not None:
        basis = Basis.P_VALUE
        error = standard_error_from_p(value, finding.p)
    # An interval so narrow that its width rounds to 0 tells no error either.
    if error is None or not (isfinite(error) and error > 0):
        return None
    return _Printed(value, error, basis)


def _outcome_mid(finding: FindingFacts) -> float | None:
    measure, outcome = finding.measure, finding.outcome
    if measure is None:
        return None
    if measure.is_ratio:
        is_lower = outcome.better is Better.LOWER
        default = DEFAULT_RATIO_MID_LOWER if is_lower else DEFAULT_RATIO_MID_HIGHER
        return log(outcome.ratio_mid if outcome.ratio_mid is not None else default)
    if measure is Measure.SMD:
        row = _row(finding, Measure.SMD)
        return row if row is not None else outcome.better.sign * DEFAULT_SMD_MID
    return _row(finding, finding.unit)


def _row(finding: FindingFacts, unit: str | None) -> float | None:
    """The outcome's MID in `unit`; case and outer blanks are ignored."""
    if unit is None:
        return None
    wanted = unit.strip().casefold()
    mids = finding.outcome.mids
    return next((mid.value for mid in mids if mid.unit.strip().casefold() == wanted), None)


def _tidy(y: float, s: float, basis: Basis) -> Effect:
    # Adding 0 turns -0.0, which 0 / negative MID gives, into 0.0.
    return Effect(y + 0.0, s, basis)
