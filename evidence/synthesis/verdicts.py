"""A pooled benefit → certainty, letter, verdict and words (method, sections 5.7 to 5.12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from evidence.synthesis.constants import (
    BODY_LEVEL_SHARE,
    IMPORTANT,
    P_HARM_F,
    P_HARM_POSSIBLE,
    P_MATTERS_A,
    P_MATTERS_B,
    P_MATTERS_C,
    P_MATTERS_UNLIKELY,
    PARTICIPANTS_OF_A_TELLING_NULL,
    SIZE_LARGE,
    SIZE_MODERATE,
    SIZE_SMALL,
    Z_INTERVAL,
)
from evidence.synthesis.facts import FindingFacts
from evidence.synthesis.pooling import Cluster, Pool
from evidence.synthesis.vocabulary import Certainty, Letter, NotCountedReason, Verdict


class Size(StrEnum):
    """How large an effect is, in words."""

    LARGE_BENEFIT = "large benefit"
    MODERATE_BENEFIT = "moderate benefit"
    SMALL_BENEFIT = "small benefit"
    LITTLE_OR_NO_EFFECT = "little or no effect"
    SMALL_HARM = "small harm"
    MODERATE_HARM = "moderate harm"
    LARGE_HARM = "large harm"


class StatementVerb(StrEnum):
    """How a statement begins, after GRADE guideline 26 (doi:10.1016/j.jclinepi.2019.10.014).

    The first three stand between the compound and the size of its effect; the last comes before
    "… on …" and names no size.
    """

    RESULTS_IN = "results in"
    LIKELY_RESULTS_IN = "likely results in"
    MAY_RESULT_IN = "may result in"
    VERY_UNCERTAIN = "the evidence is very uncertain about the effect of"


@dataclass(frozen=True, slots=True)
class Body:
    """What letter and verdict rest on: the pool, its levels and what was counted.

    `has_telling_null` says that a counted finding has a printed estimate, or participants
    enough that finding nothing tells something.
    """

    pool: Pool
    level: Certainty
    certainty: Certainty
    is_only_markers: bool
    has_telling_null: bool


_LETTER_OF_LEVEL = {
    Certainty.HIGH: Letter.A,
    Certainty.MODERATE: Letter.B,
    Certainty.LOW: Letter.C,
    Certainty.VERY_LOW: Letter.D,
}
_VERB_OF_CERTAINTY = {
    Certainty.HIGH: StatementVerb.RESULTS_IN,
    Certainty.MODERATE: StatementVerb.LIKELY_RESULTS_IN,
    Certainty.LOW: StatementVerb.MAY_RESULT_IN,
    Certainty.VERY_LOW: StatementVerb.VERY_UNCERTAIN,
}
# A finding out for one of these never was evidence on the compound against nothing in people.
_NEVER_EVIDENCE = frozenset(
    {
        NotCountedReason.NOT_IN_PEOPLE,
        NotCountedReason.RETRACTED,
        NotCountedReason.NO_COMPARISON_GROUP,
        NotCountedReason.COMPARED_WITH_ANOTHER_TREATMENT,
    }
)


def body(pool: Pool, clusters: Sequence[Cluster], counted: Sequence[FindingFacts]) -> Body:
    """Return what letter and verdict rest on; `counted` are the facts of the counted findings."""
    level = body_level(clusters)
    return Body(
        pool=pool,
        level=level,
        certainty=profile_certainty(level, pool),
        is_only_markers=all(finding.outcome.is_surrogate for finding in counted),
        has_telling_null=any(
            finding.estimate is not None
            or (finding.n_participants or 0) >= PARTICIPANTS_OF_A_TELLING_NULL
            for finding in counted
        ),
    )


def body_level(clusters: Sequence[Cluster]) -> Certainty:
    """Return the first level, from very low up, that half of all weight lies at or below."""
    half = BODY_LEVEL_SHARE * fsum(one.weight for one in clusters)
    return next(
        level
        for level in Certainty
        if fsum(one.weight for one in clusters if one.level.rank <= level.rank) >= half
    )


def profile_certainty(level: Certainty, pool: Pool) -> Certainty:
    """Return the body level lowered for what the 95 % interval of the mean leaves open."""
    low, high = pool.mean - Z_INTERVAL * pool.sd, pool.mean + Z_INTERVAL * pool.sd
    holds_none = low <= 0 <= high
    holds_benefit = low <= IMPORTANT <= high
    holds_harm = low <= -IMPORTANT <= high
    if holds_benefit and holds_harm:
        return level.lowered(2)
    if holds_none and (holds_benefit or holds_harm):
        return level.lowered(1)
    return level


def letter(body: Body) -> Letter:
    """Return the letter of a profile that counts something."""
    is_harm = body.pool.p_harm >= P_HARM_F
    if is_harm and body.level.is_at_least(Certainty.LOW) and not body.is_only_markers:
        return Letter.F
    letters = [_letter_of_probability(body.pool.p_matters), _LETTER_OF_LEVEL[body.level]]
    if body.is_only_markers:
        letters.append(Letter.C)
    # A to D sort by the alphabet from strongest to weakest.
    return max(letters)


def verdict(body: Body) -> Verdict:
    """Return the verdict of a profile that counts something: the first that fits."""
    pool = body.pool
    if letter(body) is Letter.F:
        return Verdict.HARM
    if body.level is Certainty.VERY_LOW:
        return Verdict.UNCLEAR
    if pool.p_harm >= P_HARM_POSSIBLE:
        return Verdict.POSSIBLE_HARM
    is_solid = body.level.is_at_least(Certainty.MODERATE) and not body.is_only_markers
    if pool.p_matters >= P_MATTERS_B and is_solid:
        return Verdict.BENEFIT_THAT_MATTERS
    if pool.p_matters >= P_MATTERS_C:
        return Verdict.POSSIBLE_BENEFIT
    is_ruled_out = pool.p_matters <= P_MATTERS_UNLIKELY and body.has_telling_null
    if is_ruled_out and body.certainty.is_at_least(Certainty.LOW):
        return Verdict.NO_BENEFIT_THAT_MATTERS
    return Verdict.UNCLEAR


def verdict_of_nothing(reasons: Iterable[NotCountedReason]) -> Verdict:
    """Return the verdict where nothing is counted, from why each finding fell out."""
    if set(reasons) <= _NEVER_EVIDENCE:
        return Verdict.NO_PLACEBO_CONTROLLED_EVIDENCE
    return Verdict.STUDIED_NO_USABLE_FIGURE


def size_in_words(mean: float) -> Size:
    """Return the size of a mean benefit in MID units.

    >>> print(size_in_words(-2.4))
    moderate harm
    """
    size, is_benefit = abs(mean), mean > 0
    if size < SIZE_SMALL:
        return Size.LITTLE_OR_NO_EFFECT
    if size < SIZE_MODERATE:
        return Size.SMALL_BENEFIT if is_benefit else Size.SMALL_HARM
    if size < SIZE_LARGE:
        return Size.MODERATE_BENEFIT if is_benefit else Size.MODERATE_HARM
    return Size.LARGE_BENEFIT if is_benefit else Size.LARGE_HARM


def statement_verb(certainty: Certainty) -> StatementVerb:
    """Return how a statement of this certainty begins."""
    return _VERB_OF_CERTAINTY[certainty]


def _letter_of_probability(p_matters: float) -> Letter:
    if p_matters >= P_MATTERS_A:
        return Letter.A
    if p_matters >= P_MATTERS_B:
        return Letter.B
    return Letter.C if p_matters >= P_MATTERS_C else Letter.D
