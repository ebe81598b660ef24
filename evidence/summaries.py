"""Bridge: published findings become the plain facts that the synthesis reads.

A *pair* is (compound id, goal id): the two that a profile is about.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from django.db.models import QuerySet

from evidence.models import Finding, Outcome, Study
from evidence.synthesis import (
    Better,
    ComparatorKind,
    Concern,
    Concerns,
    Design,
    FindingFacts,
    Measure,
    Mid,
    OutcomeFacts,
    OutcomeKind,
    Result,
    StudyFacts,
)

Pair = tuple[int, int]


def facts_for(compound_ids: Iterable[int]) -> dict[Pair, list[FindingFacts]]:
    """Return the facts of every pair of these compounds that has a published finding.

    Findings on safety outcomes and on outcomes outside every goal belong to no pair.
    Takes three queries, whatever the number of compounds.
    """
    return facts_of(findings_for_ranking(compound_ids))


def findings_for_ranking(compound_ids: Iterable[int]) -> QuerySet[Finding]:
    """Return the published findings of these compounds on outcomes that can move a rank."""
    found: QuerySet[Finding] = Finding.objects.published().filter(
        compound__in=list(compound_ids), outcome__in=Outcome.objects.for_ranking()
    )
    return found.select_related("study", "outcome").prefetch_related(
        "outcome__mids", "study__includes"
    )


def facts_of(
    findings: Iterable[Finding], studies: dict[int, StudyFacts] | None = None
) -> dict[Pair, list[FindingFacts]]:
    """Return the facts of findings by pair, stored or not; each outcome must have a goal.

    `studies`, by id, are read instead of those that are stored.
    """
    studies = dict(studies or {})
    outcomes: dict[int, OutcomeFacts] = {}
    facts: dict[Pair, list[FindingFacts]] = defaultdict(list)
    for finding in findings:
        study = studies.setdefault(finding.study_id, study_facts(finding.study))
        outcome = outcomes.setdefault(finding.outcome_id, outcome_facts(finding.outcome))
        pair = finding.compound_id, cast(int, finding.outcome.goal_id)
        facts[pair].append(finding_facts(finding, study, outcome))
    return dict(facts)


def study_facts(study: Study) -> StudyFacts:
    """Return what the synthesis needs to know of a study."""
    return StudyFacts(
        key=study.key,
        design=Design(study.design),
        year=study.year,
        is_retracted=study.status == "retracted",
        includes=frozenset(included.key for included in study.includes.all()),
    )


def outcome_facts(outcome: Outcome) -> OutcomeFacts:
    """Return what the synthesis needs to know of an outcome and its MIDs."""
    mids = list(outcome.mids.all())
    return OutcomeFacts(
        slug=outcome.slug,
        kind=OutcomeKind(outcome.kind),
        better=Better(outcome.better),
        is_common_event=outcome.is_common_event,
        ratio_mid=next((mid.value for mid in mids if mid.is_ratio), None),
        mids=tuple(Mid(mid.unit, mid.value) for mid in mids if not mid.is_ratio),
    )


def finding_facts(finding: Finding, study: StudyFacts, outcome: OutcomeFacts) -> FindingFacts:
    """Return a finding as the synthesis reads it; empty text means unknown."""
    return FindingFacts(
        key=finding.key,
        study=study,
        outcome=outcome,
        comparator_kind=ComparatorKind(finding.comparator_kind),
        is_combined=bool(finding.combined_with),
        measure=Measure(finding.measure) if finding.measure else None,
        estimate=finding.estimate,
        ci_low=finding.ci_low,
        ci_high=finding.ci_high,
        ci_level=finding.ci_level,
        p=finding.p,
        unit=finding.unit or None,
        n_participants=finding.n_participants,
        result=Result(finding.result),
        better=Better(finding.better) if finding.better else None,
        set_aside=finding.set_aside or None,
        is_independent=finding.is_independent,
        concerns=Concerns(
            risk_of_bias=Concern(finding.risk_of_bias),
            inconsistency=Concern(finding.inconsistency),
            indirectness=Concern(finding.indirectness),
            imprecision=Concern(finding.imprecision),
            publication_bias=Concern(finding.publication_bias),
        ),
    )
