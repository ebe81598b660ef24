"""Studies that no longer stand as printed: out of every profile at once, or to be read again."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evidence.choices import StudyStatus
from evidence.models import Finding, Study
from evidence.movements import Movement, current_profiles, movements, standings_of
from evidence.publication import Publication, pairs_touched_by, publish_change, wait_for_turn
from evidence.workflow import Refused, said


@dataclass(frozen=True)
class StatusChange:
    """What a new status of a study did: what moved, and which findings rest on the study."""

    publication: Publication
    movements: list[Movement]
    findings: list[Finding]


@transaction.atomic
def set_study_status(study, status, *, by, why):
    """Mark a study as published, corrected or retracted, in one transaction with its profiles.

    A retraction waits for no second person. The public findings of a corrected study are due
    for another look today. Raises Refused without a reason, or if it has that status.
    """
    wait_for_turn()
    study = Study.objects.get(pk=study.pk)
    if not why.strip():
        raise Refused("Say why, and where that is printed.")
    if study.status == status:
        raise Refused(f"{study} is {study.get_status_display()} already.")
    study.status = StudyStatus(status)
    said_why = said(f"Marked as {study.get_status_display()}", [study], why)
    pairs = pairs_touched_by(study)
    before = standings_of(pairs)
    study._history_user, study._change_reason = by, said_why
    study.save(update_fields=["status"])
    findings = list(study.findings.for_table())
    if study.status == StudyStatus.CORRECTED:
        _ask_for_review(findings, by, said_why)
    publication = publish_change(
        by=by, why=said_why, pairs=pairs, compounds={row.compound_id for row in findings}
    )
    moved = [one for one in movements(pairs, before, current_profiles(pairs)) if one.is_move]
    return StatusChange(publication, moved, findings)


def _ask_for_review(findings, by, why):
    """Bring the next review of public findings forward to today."""
    today = timezone.localdate()
    for finding in findings:
        is_due = finding.next_review_on and finding.next_review_on <= today
        if finding.published_at and not is_due:
            finding.next_review_on = today
            finding._history_user, finding._change_reason = by, why
            finding.save(update_fields=["next_review_on"])
