"""What the evidence puts on the desk: each question with rows that it keeps and leaves out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from evidence.choices import FindingState
from evidence.cited_figures import note_figures
from evidence.desk_questions import (
    QUESTIONS,
    code_of,
    drafts_of,
    due,
    figures_changed,
    proposals_waiting,
    tally_by_code,
    to_check_again,
    waiting_for_review,
    weakly_sourced,
    without_mid,
)
from evidence.models import Article, Compound, Finding, Outcome, Proposal, Study
from evidence.proposing import propose
from evidence.publication import system_user
from evidence.synthesis.vocabulary import NotCountedReason
from evidence.workflow import send_to_review
from tests.curators import edit
from tests.factories import (
    make_article,
    make_caution,
    make_compound,
    make_finding,
    make_outcome,
    make_study,
    make_user,
    publish_all,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


@pytest.fixture
def alice(db):
    return make_user("alice")


@pytest.fixture
def bob(db):
    return make_user("bob")


def written(key, by, **changes):
    """Return a draft whose history says that somebody wrote it."""
    finding = make_finding(key, published=False, **changes)
    finding.history.update(history_user=by)
    return finding


def keys(rows):
    return sorted(rows.values_list("key", flat=True))


def test_review_waits_for_whoever_neither_wrote_nor_last_edited(alice, bob):
    carol = make_user("carol")
    finding = written("melatonin-01", by=alice)
    edit(finding, by=bob, population="adults")
    send_to_review([finding], by=carol)

    waiting = {
        user: keys(waiting_for_review(Finding.objects, user)) for user in (alice, bob, carol)
    }

    assert waiting == {alice: [], bob: [], carol: ["melatonin-01"]}


def test_review_of_what_a_load_wrote_waits_for_everybody(alice):
    written("melatonin-01", by=system_user(), state=FindingState.IN_REVIEW)

    assert keys(waiting_for_review(Finding.objects, alice)) == ["melatonin-01"]


def test_review_waits_for_its_author_too_where_one_person_runs_the_site(alice, settings):
    settings.TWO_PERSON_REVIEW = False
    send_to_review([written("melatonin-01", by=alice)], by=alice)

    assert keys(waiting_for_review(Finding.objects, alice)) == ["melatonin-01"]


def test_review_of_articles_waits_alike(alice, bob):
    article = make_article(published=False, state=FindingState.IN_REVIEW)
    article.history.update(history_user=alice)

    assert not waiting_for_review(Article.objects, alice).exists()
    assert waiting_for_review(Article.objects, bob).get() == article


def test_review_takes_three_queries_whatever_the_number(alice, django_assert_num_queries):
    for number in range(5):
        written(f"melatonin-0{number}", by=alice, state=FindingState.IN_REVIEW)

    with django_assert_num_queries(3):
        waiting_for_review(Finding.objects, alice).count()


def test_drafts_are_those_one_wrote_or_edited_last(alice, bob):
    written("melatonin-01", by=alice)
    written("melatonin-02", by=bob)
    edit(written("melatonin-03", by=bob), by=alice, population="adults")
    edit(written("melatonin-04", by=alice), by=bob, population="adults")
    written("melatonin-05", by=alice, state=FindingState.IN_REVIEW)

    drafts = drafts_of(Finding.objects, alice)

    assert keys(drafts) == ["melatonin-01", "melatonin-03", "melatonin-04"]


def test_proposals_of_others_wait_for_a_decision(alice, bob):
    propose(make_finding(), {"estimate": -8.0}, by=alice, why="Misread")

    assert not proposals_waiting(Proposal.objects.all(), alice).exists()
    assert proposals_waiting(Proposal.objects.all(), bob).count() == 1


@pytest.mark.parametrize(
    "published_on, next_review_on, is_due",
    [
        (date(2025, 3, 1), None, True),
        (date(2025, 3, 2), None, False),
        (date(2025, 3, 2), date(2026, 3, 1), True),
        (date(2020, 1, 1), date(2026, 3, 2), False),
    ],
)
def test_evidence_is_due_on_its_day_or_after_twelve_months(published_on, next_review_on, is_due):
    at = datetime.combine(published_on, datetime.max.time(), tzinfo=UTC)
    make_finding(published_at=at, next_review_on=next_review_on)

    assert due(Finding.objects, today=TODAY).exists() == is_due


def test_evidence_published_on_a_leap_day_is_due_at_the_end_of_february():
    make_finding(published_at=datetime(2027, 2, 28, 12, tzinfo=UTC))

    assert due(Finding.objects, today=date(2028, 2, 29)).exists()


def test_drafts_are_never_due():
    make_finding(published=False, next_review_on=TODAY)

    assert not due(Finding.objects, today=TODAY).exists()


def test_article_is_asked_for_once_a_cited_figure_changed(alice):
    finding = make_finding()
    changed = make_article("changed", body=f"[so]({finding.get_absolute_url()})")
    same = make_article("same", body="No figure.")
    note_figures([changed, same])
    assert not figures_changed(Article.objects).exists()

    edit(finding, by=alice, estimate=-8.0)

    assert figures_changed(Article.objects).get() == changed


def test_corrected_study_is_asked_for_while_a_finding_is_due():
    today = timezone.localdate()
    for key, status, day in (
        ("pmid:1", "corrected", today),
        ("pmid:2", "corrected", today + timedelta(days=1)),
        ("pmid:3", "published", today),
    ):
        make_finding(study=make_study(key, status=status), next_review_on=day)
    make_study("pmid:4", status="corrected")

    assert to_check_again(Study.objects).get().key == "pmid:1"


def test_outcome_without_a_mid_for_a_finding_is_asked_for():
    make_finding(outcome=make_outcome("wrong-unit"), unit="furlongs")
    make_finding(outcome=make_outcome("no-mid", mid=None), published=False)
    make_finding(outcome=make_outcome("right"))
    make_finding(outcome=make_outcome("unranked", mid=None, goal=None))
    make_outcome("unused", mid=None)
    publish_all()

    slugs = set(without_mid(Outcome.objects.all()).values_list("slug", flat=True))

    assert slugs == {"wrong-unit", "no-mid"}


def test_compound_is_weakly_sourced_by_any_caution():
    make_caution(make_compound("melatonin"))
    make_caution(
        make_compound("melatonin"), condition=None, other_condition="gout", source_quality="primary"
    )
    make_caution(make_compound("valerian"), source_quality="primary")

    assert weakly_sourced(Compound.objects).get().slug == "melatonin"


def test_findings_not_counted_are_a_question_for_each_reason():
    make_finding(set_aside="Printed twice.")
    publish_all()

    assert tally_by_code() == {"not-counted-set-aside": 1}
    codes = {question.code for question in QUESTIONS if question.tally}
    assert codes == {code_of(reason) for reason in NotCountedReason}
