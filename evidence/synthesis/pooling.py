"""Counted findings → clusters → one benefit with its uncertainty (method, sections 5.1 to 5.6).

Sums are `fsum`: exact to the last digit, so that no order of input can show in the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist

from evidence.synthesis.constants import (
    BENEFIT_CAP,
    IMPORTANT,
    PRIOR_DEGREES_OF_FREEDOM,
    PRIOR_SD,
    SURROGATE_SHARE,
    Z_DEPENDABLE,
)
from evidence.synthesis.effects import Basis
from evidence.synthesis.grading import Downgrade, grade
from evidence.synthesis.selection import Candidate
from evidence.synthesis.vocabulary import Certainty

_PRIOR_WEIGHT = 1 / (PRIOR_SD * PRIOR_SD)


@dataclass(frozen=True, slots=True)
class CountedFinding:
    """A finding that counts: effect `y` and error `s` in MID units, variances in their squares.

    `v` is s² plus the variance of possible bias; `share` what it weighs inside its cluster.
    """

    key: str
    study: str
    outcome: str
    y: float
    s: float
    basis: Basis
    share: float
    certainty: Certainty
    certainty_without_imprecision: Certainty
    downgrades: tuple[Downgrade, ...]
    bias_variance: float
    v: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The counted findings of one study, which share participants, as one effect.

    `y` is after the cap, `y_before_cap` says what it was; `level` is the lowest certainty among
    its findings, without imprecision.
    """

    study: str
    y: float
    y_before_cap: float
    v: float
    level: Certainty
    findings: tuple[str, ...]

    @property
    def weight(self) -> float:
        """1/v, before any widening for disagreement."""
        return 1 / self.v


@dataclass(frozen=True, slots=True)
class Pool:
    """The benefit over all clusters, in MID units.

    `scale` is S²; `contributions` (MID units, adding up to `mean`) and `weight_shares` follow
    the order of the clusters. The shares add up to less than 1: the prior holds the rest.
    """

    mean: float
    sd: float
    scale: float
    contributions: tuple[float, ...]
    weight_shares: tuple[float, ...]

    @property
    def dependable(self) -> float:
        """The benefit that the true one exceeds with 80 % probability; it ranks."""
        return self.mean - Z_DEPENDABLE * self.sd

    @property
    def p_matters(self) -> float:
        """Probability of a benefit that matters."""
        return NormalDist().cdf((self.mean - IMPORTANT) / self.sd)

    @property
    def p_harm(self) -> float:
        """Probability of a harm that matters."""
        return NormalDist().cdf((-IMPORTANT - self.mean) / self.sd)


def weigh(candidate: Candidate, *, reviews_disagree: bool) -> CountedFinding:
    """Return the finding with its certainty, its possible bias and its share of a cluster."""
    finding, effect = candidate.finding, candidate.effect
    graded = grade(finding, reviews_disagree=reviews_disagree)
    return CountedFinding(
        key=finding.key,
        study=finding.study.key,
        outcome=finding.outcome.slug,
        y=effect.y,
        s=effect.s,
        basis=effect.basis,
        share=SURROGATE_SHARE if finding.outcome.is_surrogate else 1.0,
        certainty=graded.certainty,
        certainty_without_imprecision=graded.certainty_without_imprecision,
        downgrades=graded.downgrades,
        bias_variance=graded.bias_variance,
        v=effect.s * effect.s + graded.bias_variance,
    )


def cluster(counted: Sequence[CountedFinding]) -> tuple[Cluster, ...]:
    """Return one cluster per study, in the order of their first finding."""
    studies: dict[str, list[CountedFinding]] = {}
    for finding in counted:
        studies.setdefault(finding.study, []).append(finding)
    return tuple(_one_cluster(study, findings) for study, findings in studies.items())


def birge_scale(clusters: Sequence[Cluster]) -> float:
    """Return S², by which the disagreement between clusters widens everything; at least 1.

    The Birge ratio as the Particle Data Group uses it, steadied by prior degrees of freedom.
    """
    weight = fsum(one.weight for one in clusters)
    centre = fsum(one.weight * one.y for one in clusters) / weight
    q = fsum(one.weight * (one.y - centre) * (one.y - centre) for one in clusters)
    freedom = len(clusters) - 1
    return max(1.0, (q + PRIOR_DEGREES_OF_FREEDOM) / (freedom + PRIOR_DEGREES_OF_FREEDOM))


def pool(clusters: Sequence[Cluster]) -> Pool:
    """Return the posterior benefit under the sceptical prior; needs at least one cluster."""
    scale = birge_scale(clusters)
    weights = [one.weight / scale for one in clusters]
    precision = fsum([*weights, _PRIOR_WEIGHT])
    shares = tuple(weight / precision for weight in weights)
    contributions = tuple(share * one.y for share, one in zip(shares, clusters, strict=True))
    return Pool(
        mean=fsum(contributions),
        sd=1 / sqrt(precision),
        scale=scale,
        contributions=contributions,
        weight_shares=shares,
    )


def _one_cluster(study: str, findings: Sequence[CountedFinding]) -> Cluster:
    total = fsum(one.share for one in findings)
    y = fsum(one.share * one.y for one in findings) / total
    levels = [one.certainty_without_imprecision for one in findings]
    return Cluster(
        study=study,
        y=max(-BENEFIT_CAP, min(BENEFIT_CAP, y)),
        y_before_cap=y,
        v=fsum(one.share * one.v for one in findings) / total,
        level=min(levels, key=lambda level: level.rank),
        findings=tuple(one.key for one in findings),
    )
