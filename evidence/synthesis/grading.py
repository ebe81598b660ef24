"""Concerns → certainty and the variance of possible bias (method, section 4)."""

from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.constants import (
    BIAS_IF_RISK_UNASSESSED,
    BIAS_IF_SERIOUS,
    BIAS_IF_START_LOW,
    BIAS_IF_START_VERY_LOW,
    BIAS_IF_VERY_SERIOUS,
    BIAS_OF_ANY_STUDY,
)
from evidence.synthesis.facts import FindingFacts
from evidence.synthesis.vocabulary import Certainty, Concern, Design, Domain


class DowngradeCause(StrEnum):
    """What makes a domain cost certainty."""

    JUDGED = "judged"
    SURROGATE_OUTCOME = "surrogate outcome"
    CO_INTERVENTION = "co-intervention"
    REVIEWS_DISAGREE = "reviews disagree"
    NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class Downgrade:
    """Levels that one domain costs; `why` holds each cause that alone would cost as much."""

    domain: Domain
    levels: int
    why: tuple[DowngradeCause, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """How far one finding can be trusted.

    `certainty` is displayed and counts all five domains; what is pooled uses the certainty
    without imprecision, because the standard error already carries it. From `start`, the
    `downgrades` lead to `certainty`, never below very low. `bias_variance` is in squared MID
    units.
    """

    start: Certainty
    certainty: Certainty
    certainty_without_imprecision: Certainty
    downgrades: tuple[Downgrade, ...]
    bias_variance: float


_STARTS_LOW = frozenset(
    {Design.NON_RANDOMISED_TRIAL, Design.SINGLE_ARM_TRIAL, Design.COHORT, Design.CASE_CONTROL}
)
_BIAS_OF_START = {
    Certainty.HIGH: 0.0,
    Certainty.LOW: BIAS_IF_START_LOW,
    Certainty.VERY_LOW: BIAS_IF_START_VERY_LOW,
}
_BIAS_OF_CONCERN = {
    Concern.NONE: 0.0,
    Concern.UNKNOWN: 0.0,
    Concern.SERIOUS: BIAS_IF_SERIOUS,
    Concern.VERY_SERIOUS: BIAS_IF_VERY_SERIOUS,
}


def grade(finding: FindingFacts, *, reviews_disagree: bool = False) -> Grade:
    """Grade one finding, counted or not.

    `reviews_disagree` is for the findings of a review that counts on an outcome where another
    review contradicts it.
    """
    start = start_of(finding.study.design)
    concerns = {domain: getattr(finding.concerns, domain) for domain in Domain}
    causes = automatic_causes(finding, reviews_disagree=reviews_disagree)
    for domain in causes:
        if concerns[domain] is not Concern.VERY_SERIOUS:
            concerns[domain] = Concern.SERIOUS
    without_imprecision = {**concerns, Domain.IMPRECISION: Concern.NONE}
    return Grade(
        start=start,
        certainty=_certainty(start, concerns),
        certainty_without_imprecision=_certainty(start, without_imprecision),
        downgrades=_downgrades(finding, start, concerns, causes),
        bias_variance=_bias_variance(start, concerns),
    )


def start_of(design: Design) -> Certainty:
    """Return the certainty a design starts at; studies not in people start very low."""
    if design.is_review or design.is_randomised_trial:
        return Certainty.HIGH
    return Certainty.LOW if design in _STARTS_LOW else Certainty.VERY_LOW


def automatic_causes(
    finding: FindingFacts, *, reviews_disagree: bool
) -> dict[Domain, tuple[DowngradeCause, ...]]:
    """Return what makes a domain at least serious, whatever a curator judged."""
    indirect = []
    if finding.outcome.is_surrogate:
        indirect.append(DowngradeCause.SURROGATE_OUTCOME)
    if finding.is_combined:
        indirect.append(DowngradeCause.CO_INTERVENTION)
    causes = {}
    if indirect:
        causes[Domain.INDIRECTNESS] = tuple(indirect)
    if reviews_disagree:
        causes[Domain.INCONSISTENCY] = (DowngradeCause.REVIEWS_DISAGREE,)
    return causes


def _certainty(start: Certainty, concerns: dict[Domain, Concern]) -> Certainty:
    level = start.lowered(sum(concern.levels for concern in concerns.values()))
    if _is_capped(level, concerns):
        return Certainty.MODERATE
    return level


def _is_capped(level: Certainty, concerns: dict[Domain, Concern]) -> bool:
    """Whether an unassessed risk of bias alone keeps the level from being high."""
    return concerns[Domain.RISK_OF_BIAS] is Concern.UNKNOWN and level is Certainty.HIGH


def _bias_variance(start: Certainty, concerns: dict[Domain, Concern]) -> float:
    terms = [BIAS_OF_ANY_STUDY, _BIAS_OF_START[start]]
    for domain, concern in concerns.items():
        if domain is Domain.IMPRECISION:
            continue
        is_unassessed = domain is Domain.RISK_OF_BIAS and concern is Concern.UNKNOWN
        terms.append(BIAS_IF_RISK_UNASSESSED if is_unassessed else _BIAS_OF_CONCERN[concern])
    return sum(term * term for term in terms)


def _downgrades(
    finding: FindingFacts,
    start: Certainty,
    concerns: dict[Domain, Concern],
    causes: dict[Domain, tuple[DowngradeCause, ...]],
) -> tuple[Downgrade, ...]:
    found = []
    for domain, concern in concerns.items():
        if concern.levels == 0:
            continue
        is_judged = getattr(finding.concerns, domain) is concern
        judged = (DowngradeCause.JUDGED,) if is_judged else ()
        # The automatic rules ask for one level only.
        automatic = causes.get(domain, ()) if concern.levels == 1 else ()
        found.append(Downgrade(domain, concern.levels, judged + automatic))
    if not found and _is_capped(start, concerns):
        found.append(Downgrade(Domain.RISK_OF_BIAS, 1, (DowngradeCause.NOT_ASSESSED,)))
    return tuple(found)
