"""Bridge from stored profiles to the sections of a compound's page."""

from dataclasses import dataclass

from evidence.charts import Bar, benefit_bar
from evidence.models import Finding, Outcome, Profile
from evidence.reasons import Reasons, reasons_of
from evidence.summaries import finding_facts, outcome_facts, study_facts
from evidence.synthesis import Grade, grade


@dataclass(frozen=True)
class GoalSection:
    """One goal on a compound's page; `bar` is None where nothing is counted."""

    profile: Profile
    bar: Bar | None
    reasons: Reasons

    @property
    def disputed(self):
        """Name the outcomes on which reviews disagree."""
        names = {
            line.finding.outcome.slug: line.finding.outcome.name
            for cluster in self.reasons.clusters
            for line in cluster.lines
            if line.finding
        }
        return [names.get(slug, slug) for slug in self.profile.reviews_disagree_on]


@dataclass(frozen=True)
class Unranked:
    """A finding that is graded and shown, and belongs to no ranking."""

    finding: Finding
    grade: Grade


def goal_sections(profiles):
    """Return a section for each profile, in the order given; two queries more."""
    profiles = list(profiles)
    reasons = reasons_of(profiles)
    return [
        GoalSection(
            profile=profile,
            bar=None if profile.mean is None else benefit_bar(profile.mean, profile.sd),
            reasons=reasons[profile.goal_id],
        )
        for profile in profiles
    ]


def unranked_findings(compound):
    """Return the published findings on safety outcomes and outcomes outside every goal."""
    findings = (
        compound.findings.published()
        .for_table()
        .exclude(outcome__in=Outcome.objects.for_ranking())
        .prefetch_related("outcome__mids", "study__includes")
    )
    return [Unranked(finding, grade_of(finding)) for finding in findings]


def grade_of(finding):
    """Return the grade of a finding by itself: its five concerns and the automatic rules."""
    facts = finding_facts(finding, study_facts(finding.study), outcome_facts(finding.outcome))
    return grade(facts)
