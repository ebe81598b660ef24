"""Where the findings of a study count and where not, read from the current profiles."""

from dataclasses import dataclass

from evidence.models import Finding, Profile
from evidence.sections import grade_of
from evidence.synthesis import Grade


@dataclass(frozen=True)
class Standing:
    """One finding of a study: its grade, and its part in the ranking it belongs to.

    `benefit` is in MID units and None where it is not counted; then `why` says why. Both
    are empty for a finding on an outcome that belongs to no ranking.
    """

    finding: Finding
    grade: Grade
    benefit: float | None
    why: str
    detail: str


def standings(study, version):
    """Return the standing of each published finding of `study`; five queries."""
    findings = (
        study.findings.published()
        .filter(compound__published_at__isnull=False)
        .select_related("compound", "outcome__goal", "study")
        .prefetch_related("outcome__mids", "study__includes")
        .order_by("compound__name", "key")
    )
    profiles = Profile.objects.current(version).filter(
        compound__in={finding.compound_id for finding in findings}
    )
    counted, uncounted = {}, {}
    for profile in profiles:
        counted |= {entry["key"]: entry["y"] for entry in profile.counted}
        uncounted |= {entry["key"]: entry for entry in profile.not_counted}
    return [
        Standing(
            finding=finding,
            grade=grade_of(finding),
            benefit=counted.get(finding.key),
            why=uncounted.get(finding.key, {}).get("why", ""),
            detail=uncounted.get(finding.key, {}).get("detail") or "",
        )
        for finding in findings
    ]
