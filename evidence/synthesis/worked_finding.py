"""One counted finding worked through: from its printed figure to its benefit and its variance."""

from dataclasses import dataclass
from math import exp

from evidence.synthesis.constants import (
    BIAS_IF_RISK_UNASSESSED,
    BIAS_IF_SERIOUS,
    BIAS_IF_START_LOW,
    BIAS_IF_START_VERY_LOW,
    BIAS_IF_VERY_SERIOUS,
    BIAS_OF_ANY_STUDY,
    DEFAULT_CI_LEVEL,
)
from evidence.synthesis.effects import Basis, additive, signed_mid, standard_error, two_sided_z
from evidence.synthesis.facts import FindingFacts
from evidence.synthesis.grading import Downgrade, DowngradeCause, start_of
from evidence.synthesis.pooling import CountedFinding
from evidence.synthesis.vocabulary import Certainty, Concern, Domain, Measure


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed figure on the additive scale, in its own unit until the MID divides it.

    `z` is how many standard errors half the interval, or the p, stands for. Without an interval
    `low` and `high` are None; without a MID in the unit `mid` is, and the test statistic counts.
    """

    value: float
    low: float | None
    high: float | None
    z: float
    error: float
    mid: float | None
    is_halved: bool

    @property
    def mid_ratio(self) -> float | None:
        """The MID as the ratio that it is the logarithm of; only for ratios."""
        return None if self.mid is None else exp(self.mid)


@dataclass(frozen=True, slots=True)
class BiasTerm:
    """One source of possible bias: its standard deviation, and the doubt that it stands for.

    Without a `downgrade` it comes from the design that certainty starts with, or, if `start` is
    None as well, from being a study at all.
    """

    sd: float
    start: Certainty | None = None
    downgrade: Downgrade | None = None

    @property
    def variance(self) -> float:
        """What it adds to the variance."""
        return self.sd * self.sd


@dataclass(frozen=True, slots=True)
class WorkedFinding:
    """A counted finding with its way to `y`, `s` and `v`; `reading` is None for a bare null."""

    facts: FindingFacts
    counted: CountedFinding
    reading: Reading | None
    bias: tuple[BiasTerm, ...]

    @property
    def own_variance(self) -> float:
        """The part of `v` that is chance: s²."""
        return self.counted.s * self.counted.s


_BIAS_OF_START = {
    Certainty.LOW: BIAS_IF_START_LOW,
    Certainty.VERY_LOW: BIAS_IF_START_VERY_LOW,
}


def worked_finding(finding: FindingFacts, counted: CountedFinding) -> WorkedFinding:
    """Return how a finding came to what it counts as."""
    return WorkedFinding(
        finding, counted, _reading(finding, counted.basis), _bias(counted, finding)
    )


def _reading(finding: FindingFacts, basis: Basis) -> Reading | None:
    """The figure as `effects` reads it; the interval goes before p."""
    measure, estimate = finding.measure, finding.estimate
    if basis is Basis.NULL_WITHOUT_FIGURE or measure is None or estimate is None:
        return None
    is_common_event = finding.outcome.is_common_event
    value = additive(measure, estimate, is_common_event=is_common_event)
    low = high = None
    if finding.ci_low is not None and finding.ci_high is not None:
        low = additive(measure, finding.ci_low, is_common_event=is_common_event)
        high = additive(measure, finding.ci_high, is_common_event=is_common_event)
        level = finding.ci_level or DEFAULT_CI_LEVEL
        z, error = two_sided_z(1 - level / 100), standard_error(low, high, level=level)
    elif finding.p is not None:
        z = two_sided_z(finding.p)
        error = abs(value) / z
    else:
        return None
    return Reading(
        value=value,
        low=low,
        high=high,
        z=z,
        error=error,
        mid=signed_mid(finding),
        is_halved=measure is Measure.OR and is_common_event,
    )


def _bias(counted: CountedFinding, finding: FindingFacts) -> tuple[BiasTerm, ...]:
    """The terms whose squares add up to the variance of possible bias."""
    start = start_of(finding.study.design)
    terms = [BiasTerm(BIAS_OF_ANY_STUDY)]
    if start in _BIAS_OF_START:
        terms.append(BiasTerm(_BIAS_OF_START[start], start=start))
    if finding.concerns.risk_of_bias is Concern.UNKNOWN:
        unassessed = Downgrade(Domain.RISK_OF_BIAS, 0, (DowngradeCause.NOT_ASSESSED,))
        terms.append(BiasTerm(BIAS_IF_RISK_UNASSESSED, downgrade=unassessed))
    for one in counted.downgrades:
        # What was not assessed has its own term above; imprecision is in the standard error.
        if one.domain is Domain.IMPRECISION or DowngradeCause.NOT_ASSESSED in one.why:
            continue
        sd = BIAS_IF_SERIOUS if one.levels == 1 else BIAS_IF_VERY_SERIOUS
        terms.append(BiasTerm(sd, downgrade=one))
    return tuple(terms)
