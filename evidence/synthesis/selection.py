"""Which findings count, and why the others do not (method, section 3; disagreement: section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from evidence.synthesis.constants import Z_INTERVAL
from evidence.synthesis.effects import Effect, read_effect
from evidence.synthesis.facts import FindingFacts, StudyFacts
from evidence.synthesis.vocabulary import ComparatorKind, Measure, NotCountedReason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding that can be read as an effect."""

    finding: FindingFacts
    effect: Effect


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A finding that is shown but not counted, as values.

    `detail` is the curator's reason, or the key of the review it lies in or overlaps; `y` and
    `s` (MID units) are None where its figures cannot be read.
    """

    key: str
    study: str
    outcome: str
    measure: Measure | None
    estimate: float | None
    why: NotCountedReason
    detail: str | None
    y: float | None
    s: float | None


@dataclass(frozen=True, slots=True)
class Selection:
    """What counts, what does not, and the outcomes on which reviews disagree."""

    counted: tuple[Candidate, ...]
    not_counted: tuple[NotCounted, ...]
    reviews_disagree_on: tuple[str, ...]


def select(findings: Iterable[FindingFacts]) -> Selection:
    """Sort the findings of one compound for one goal into counted and not counted.

    The counted come by key, the others by study, outcome and key, whatever the order given.
    """
    candidates, unusable = _readable(findings)
    counted, doubles = _without_doubles(candidates)
    not_counted = sorted([*unusable, *doubles], key=lambda one: (one.study, one.outcome, one.key))
    displaced = {one.key for one in doubles if one.why is NotCountedReason.OVERLAPS_ANOTHER_REVIEW}
    overlapping = [candidate for candidate in candidates if candidate.finding.key in displaced]
    return Selection(
        counted=tuple(counted),
        not_counted=tuple(not_counted),
        reviews_disagree_on=_disagreements(counted, overlapping),
    )


def first_reason(finding: FindingFacts) -> NotCountedReason | None:
    """Return the first of rules 1 to 5 that keeps the finding out, None if none does."""
    if not finding.study.design.is_in_people:
        return NotCountedReason.NOT_IN_PEOPLE
    if finding.study.is_retracted:
        return NotCountedReason.RETRACTED
    if finding.set_aside:
        return NotCountedReason.SET_ASIDE
    if finding.comparator_kind is ComparatorKind.NONE:
        return NotCountedReason.NO_COMPARISON_GROUP
    if finding.comparator_kind is ComparatorKind.ACTIVE:
        return NotCountedReason.COMPARED_WITH_ANOTHER_TREATMENT
    return None


def reason_beside(review: StudyFacts, finding: FindingFacts) -> NotCountedReason | None:
    """Return why the finding cannot count beside the `review` of its outcome, None if it can."""
    study = finding.study
    if study.key == review.key:
        return None
    if study.design.is_review:
        return NotCountedReason.OVERLAPS_ANOTHER_REVIEW
    if is_inside(review, finding):
        return NotCountedReason.COUNTED_INSIDE_A_REVIEW
    return None


def is_inside(review: StudyFacts, finding: FindingFacts) -> bool:
    """Whether the review already holds the finding's study.

    A review that does not list its studies is taken to hold every randomised trial published
    up to its own year, unless a curator marked the finding independent.
    """
    study = finding.study
    if review.includes:
        return study.key in review.includes
    if finding.is_independent or not study.design.is_randomised_trial:
        return False
    return study.year is not None and review.year is not None and study.year <= review.year


def disagree(one: Effect, other: Effect) -> bool:
    """Whether two effects lie further apart than their 95 % error allows."""
    return abs(one.y - other.y) > Z_INTERVAL * sqrt(one.s * one.s + other.s * other.s)


def _readable(findings: Iterable[FindingFacts]) -> tuple[list[Candidate], list[NotCounted]]:
    """Rules 1 to 6: what can be read as an effect against nothing, and the rest."""
    candidates: list[Candidate] = []
    out: list[NotCounted] = []
    for finding in sorted(findings, key=lambda finding: finding.key):
        effect, reason = read_effect(finding), first_reason(finding)
        if reason is not None:
            out.append(_not_counted(finding, effect, reason))
        elif isinstance(effect, NotCountedReason):
            out.append(_not_counted(finding, effect, effect))
        else:
            candidates.append(Candidate(finding, effect))
    return candidates, out


def _without_doubles(
    candidates: Iterable[Candidate],
) -> tuple[list[Candidate], list[NotCounted]]:
    """Rules 7 and 8: no participant counts twice."""
    reviews = _review_of_each_outcome(candidates)
    counted: list[Candidate] = []
    out: list[NotCounted] = []
    for candidate in candidates:
        finding = candidate.finding
        review = reviews.get(finding.outcome.slug)
        reason = reason_beside(review, finding) if review is not None else None
        if review is not None and reason is not None:
            out.append(_not_counted(finding, candidate.effect, reason, detail=review.key))
        else:
            counted.append(candidate)
    return counted, out


def _review_of_each_outcome(candidates: Iterable[Candidate]) -> dict[str, StudyFacts]:
    """The review that counts: newest year, then largest N on the outcome, then largest key."""
    best: dict[str, tuple[tuple[int, int, str], StudyFacts]] = {}
    for candidate in candidates:
        study, outcome = candidate.finding.study, candidate.finding.outcome.slug
        if not study.design.is_review:
            continue
        # Each finding stands for its review; the one with the largest N speaks loudest.
        rank = (study.year or 0, candidate.finding.n_participants or 0, study.key)
        if outcome not in best or rank > best[outcome][0]:
            best[outcome] = (rank, study)
    return {outcome: study for outcome, (_, study) in best.items()}


def _disagreements(
    counted: Iterable[Candidate], overlapping: Iterable[Candidate]
) -> tuple[str, ...]:
    """Outcomes where the review that counts and one put out for it contradict each other."""
    winners = [candidate for candidate in counted if candidate.finding.study.design.is_review]
    losers = list(overlapping)
    return tuple(
        sorted(
            {
                winner.finding.outcome.slug
                for winner in winners
                for loser in losers
                if winner.finding.outcome.slug == loser.finding.outcome.slug
                and disagree(winner.effect, loser.effect)
            }
        )
    )


def _not_counted(
    finding: FindingFacts,
    effect: Effect | NotCountedReason,
    why: NotCountedReason,
    *,
    detail: str | None = None,
) -> NotCounted:
    readable = effect if isinstance(effect, Effect) else None
    return NotCounted(
        key=finding.key,
        study=finding.study.key,
        outcome=finding.outcome.slug,
        measure=finding.measure,
        estimate=finding.estimate,
        why=why,
        detail=finding.set_aside if why is NotCountedReason.SET_ASIDE else detail,
        y=readable.y if readable else None,
        s=readable.s if readable else None,
    )
