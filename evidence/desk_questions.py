"""The questions that the evidence itself puts on a curator's desk."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import slugify

from evidence.authorship import authors_of, is_two_person
from evidence.choices import FindingState, SourceQuality, StudyStatus
from evidence.cited_figures import changed_articles
from evidence.desk import Question, Section
from evidence.models import Article, Caution, Compound, Finding, Outcome, Proposal, Study
from evidence.synthesis.vocabulary import NotCountedReason
from evidence.uncounted import not_counted, tally_not_counted

PUBLISH_FINDING, PUBLISH_ARTICLE = "evidence.publish_finding", "evidence.publish_article"


def waiting_for_review(rows, user):
    """Keep what is in review and may be published by `user`, who neither wrote nor edited it."""
    rows = rows.filter(state=FindingState.IN_REVIEW)
    return rows.exclude(pk__in=_written_by(rows, user)) if is_two_person() else rows


def drafts_of(rows, user):
    """Keep the drafts that `user` wrote or was the last to edit."""
    drafts = rows.filter(state=FindingState.DRAFT)
    return drafts.filter(pk__in=_written_by(drafts, user))


def proposals_waiting(rows, user):
    """Keep the proposals that `user` may decide on: those of others."""
    return rows.waiting().exclude(by=user) if is_two_person() else rows.waiting()


def due(rows, user=None, *, today=None):
    """Keep what is public and due for another look at `today` (now if None).

    That is on the day noted for it or, where none is, 12 months after publication.
    """
    today = today or timezone.localdate()
    noted = Q(next_review_on__lte=today)
    old = Q(next_review_on=None, published_at__lt=_end_of(_year_before(today)))
    return rows.filter(noted | old, state=FindingState.PUBLISHED)


def figures_changed(rows, user=None):
    """Keep the articles that cite findings which say something else since they were reviewed."""
    return rows.filter(pk__in=[article.pk for article, _ in changed_articles()])


def to_check_again(rows, user=None):
    """Keep corrected studies on which a public finding rests that is due for another look."""
    findings = due(Finding.objects.filter(study=OuterRef("pk")))
    return rows.filter(Exists(findings), status=StudyStatus.CORRECTED)


def without_mid(rows, user=None):
    """Keep ranked outcomes without any MID, and those without one in the unit of a finding.

    The findings of the former may still be drafts; those of the latter are not counted.
    """
    used = Finding.objects.filter(outcome=OuterRef("pk"))
    uncounted = not_counted(used, NotCountedReason.NO_MID_IN_THIS_UNIT)
    in_use = Exists(used.exclude(state=FindingState.WITHDRAWN))
    ranked = Exists(Outcome.objects.for_ranking().filter(pk=OuterRef("pk")))
    return rows.filter(Exists(uncounted) | Q(in_use, ranked, mids=None))


def weakly_sourced(rows, user=None):
    """Keep compounds with a caution that stands on no authoritative source."""
    cautions = Caution.objects.filter(compound=OuterRef("pk"))
    return rows.filter(Exists(cautions.exclude(source_quality=SourceQuality.PRIMARY)))


def code_of(reason):
    """Return the name in addresses of the findings not counted for this reason."""
    return f"not-counted-{slugify(reason)}"


def tally_by_code():
    """Count the findings that are not counted, by the code of the reason."""
    return {code_of(reason): count for reason, count in tally_not_counted().items()}


def _question_of(reason):
    return Question(
        code_of(reason),
        f"Findings: {reason}",
        Finding,
        Section.NOT_COUNTED,
        rows=lambda rows, user: not_counted(rows, reason),
        tally=tally_by_code,
    )


def _written_by(rows, user):
    """Return the ids of those of `rows` that a user wrote or was the last to edit."""
    touched = rows.model.history.filter(history_user=user).values("id")
    people = authors_of(rows.filter(pk__in=touched).only("pk"))
    return [pk for pk, authors in people.items() if user.pk in authors]


def _year_before(day):
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


QUESTIONS = (
    Question(
        "to-review",
        "Findings waiting for your review",
        Finding,
        Section.YOURS,
        waiting_for_review,
        needs=(PUBLISH_FINDING,),
    ),
    Question(
        "to-review",
        "Articles waiting for your review",
        Article,
        Section.YOURS,
        waiting_for_review,
        needs=(PUBLISH_ARTICLE,),
    ),
    Question(
        "to-decide",
        "Proposed changes waiting for your decision",
        Proposal,
        Section.YOURS,
        proposals_waiting,
        needs=(PUBLISH_FINDING, PUBLISH_ARTICLE),
    ),
    Question(
        "my-drafts",
        "Your drafts of findings",
        Finding,
        Section.YOURS,
        drafts_of,
        needs=("evidence.change_finding",),
    ),
    Question(
        "my-drafts",
        "Your drafts of articles",
        Article,
        Section.YOURS,
        drafts_of,
        needs=("evidence.change_article",),
    ),
    Question("due", "Findings whose review is due", Finding, Section.AGEING, due),
    Question("due", "Articles whose review is due", Article, Section.AGEING, due),
    Question(
        "figures-changed",
        "Articles whose figures changed since review",
        Article,
        Section.AGEING,
        figures_changed,
    ),
    Question(
        "corrected",
        "Corrected studies with findings to check again",
        Study,
        Section.AGEING,
        to_check_again,
    ),
    Question(
        "without-mid",
        "Outcomes used without a minimal important difference",
        Outcome,
        Section.GAPS,
        without_mid,
    ),
    Question(
        "weak-cautions",
        "Compounds with cautions from weak sources",
        Compound,
        Section.GAPS,
        weakly_sourced,
    ),
    *(_question_of(reason) for reason in NotCountedReason),
)
