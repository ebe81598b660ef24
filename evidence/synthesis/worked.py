"""One profile worked through: every number on the way from printed figures to the verdict.

For readers who want to check the arithmetic. The functions that make a profile are called again
and what they pass on is kept. Benefits are in MID units, weights and precisions in 1/MID².
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum, inf

from evidence.synthesis.constants import (
    P_HARM_POSSIBLE,
    P_MATTERS_B,
    P_MATTERS_C,
    P_MATTERS_UNLIKELY,
    PRIOR_SD,
    Z_INTERVAL,
)
from evidence.synthesis.facts import FindingFacts
from evidence.synthesis.pooling import Cluster, Pool, pool
from evidence.synthesis.profile import Profile, synthesise
from evidence.synthesis.verdicts import Body, body, letter
from evidence.synthesis.vocabulary import Certainty, Letter, Verdict
from evidence.synthesis.worked_finding import WorkedFinding, worked_finding


class VerdictRule(StrEnum):
    """The rules that settle the verdict of what is counted, in their order."""

    LETTER_F = "letter-f"
    VERY_LOW = "very-low"
    POSSIBLE_HARM = "possible-harm"
    BENEFIT = "benefit"
    POSSIBLE_BENEFIT = "possible-benefit"
    NO_BENEFIT = "no-benefit"
    OTHERWISE = "otherwise"

    @property
    def verdict(self) -> Verdict:
        """The verdict it gives."""
        return _VERDICT_OF_RULE[self]


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A profile with what was passed on between the steps.

    `findings` are those of the cluster `heaviest`; `disagreement` is Q about the weighted mean
    `centre`. `shares_by_level` says what part of all weight lies at or below each level.
    `letter_by_chance` is the letter were certainty and harm no limit, `letter_by_level` were the
    benefit sure. `rules` are those tried, the last being the one that fits.
    """

    profile: Profile
    pool: Pool
    heaviest: Cluster
    findings: tuple[WorkedFinding, ...]
    clusters: tuple[Cluster, ...]
    total_weight: float
    centre: float
    disagreement: float
    prior_weight: float
    precision: float
    shares_by_level: tuple[tuple[Certainty, float], ...]
    letter_by_chance: Letter
    letter_by_level: Letter
    rules: tuple[VerdictRule, ...]

    @property
    def prior_share(self) -> float:
        """The prior's part of all precision."""
        return self.prior_weight / self.precision

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the mean."""
        reach = Z_INTERVAL * self.pool.sd
        return self.pool.mean - reach, self.pool.mean + reach


_VERDICT_OF_RULE = {
    VerdictRule.LETTER_F: Verdict.HARM,
    VerdictRule.VERY_LOW: Verdict.UNCLEAR,
    VerdictRule.POSSIBLE_HARM: Verdict.POSSIBLE_HARM,
    VerdictRule.BENEFIT: Verdict.BENEFIT_THAT_MATTERS,
    VerdictRule.POSSIBLE_BENEFIT: Verdict.POSSIBLE_BENEFIT,
    VerdictRule.NO_BENEFIT: Verdict.NO_BENEFIT_THAT_MATTERS,
    VerdictRule.OTHERWISE: Verdict.UNCLEAR,
}


def worked_example(findings: Iterable[FindingFacts]) -> WorkedExample | None:
    """Work through the findings of one compound for one goal; None where nothing is counted."""
    facts = {finding.key: finding for finding in findings}
    profile = synthesise(facts.values())
    if not profile.clusters:
        return None
    clusters = tuple(
        Cluster(one.study, one.y, one.y_before_cap, one.v, one.level, one.findings)
        for one in profile.clusters
    )
    pooled = pool(clusters)
    whole = body(pooled, clusters, [facts[one.key] for one in profile.counted])
    heaviest = max(clusters, key=lambda one: one.weight)
    total = fsum(one.weight for one in clusters)
    centre = fsum(one.weight * one.y for one in clusters) / total
    prior_weight = 1 / (PRIOR_SD * PRIOR_SD)
    return WorkedExample(
        profile=profile,
        pool=pooled,
        heaviest=heaviest,
        findings=tuple(
            worked_finding(facts[one.key], one)
            for one in profile.counted
            if one.study == heaviest.study
        ),
        clusters=clusters,
        total_weight=total,
        centre=centre,
        disagreement=fsum(one.weight * (one.y - centre) ** 2 for one in clusters),
        prior_weight=prior_weight,
        precision=total / pooled.scale + prior_weight,
        shares_by_level=_shares_by_level(clusters, total),
        letter_by_chance=_letter_by_chance(whole),
        letter_by_level=letter(replace(whole, pool=replace(pooled, mean=inf))),
        rules=rules_tried(whole),
    )


def rules_tried(whole: Body) -> tuple[VerdictRule, ...]:
    """Return the rules of the verdict up to the first that fits."""
    chance, harm = whole.pool.p_matters, whole.pool.p_harm
    is_solid = whole.level.is_at_least(Certainty.MODERATE) and not whole.is_only_markers
    is_certain = whole.certainty.is_at_least(Certainty.LOW) and whole.has_telling_null
    fits = {
        VerdictRule.LETTER_F: letter(whole) is Letter.F,
        VerdictRule.VERY_LOW: whole.level is Certainty.VERY_LOW,
        VerdictRule.POSSIBLE_HARM: harm >= P_HARM_POSSIBLE,
        VerdictRule.BENEFIT: chance >= P_MATTERS_B and is_solid,
        VerdictRule.POSSIBLE_BENEFIT: chance >= P_MATTERS_C,
        VerdictRule.NO_BENEFIT: chance <= P_MATTERS_UNLIKELY and is_certain,
        VerdictRule.OTHERWISE: True,
    }
    rules = list(VerdictRule)
    first = next(rule for rule in rules if fits[rule])
    return tuple(rules[: rules.index(first) + 1])


def _letter_by_chance(whole: Body) -> Letter:
    """The letter of the chance that it matters; where harm is likely, that chance is a D's."""
    return min(letter(replace(whole, level=Certainty.HIGH, is_only_markers=False)), Letter.D)


def _shares_by_level(
    clusters: tuple[Cluster, ...], total: float
) -> tuple[tuple[Certainty, float], ...]:
    """What part of all weight lies at or below each level, from very low up."""
    return tuple(
        (level, fsum(one.weight for one in clusters if one.level.rank <= level.rank) / total)
        for level in Certainty
    )
