"""Who wrote a row and who last edited it, read from its history."""

import pytest

from evidence.authorship import authors_of, content_columns, may_publish, review_words
from evidence.models import Article, Finding
from evidence.publication import publish_findings, system_user
from tests.curators import edit
from tests.factories import make_article, make_finding, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {name: make_user(name) for name in ("alice", "bob", "carol")}


def written(by, **changes):
    """Return a draft that somebody wrote."""
    finding = make_finding(published=False)
    finding.history.all().delete()
    finding._history_user = by
    finding.save()
    for name, value in changes.items():
        setattr(finding, name, value)
    return finding


def test_author_is_whoever_wrote_the_first_record(people):
    finding = written(people["alice"])

    assert authors_of([finding]) == {finding.pk: {people["alice"].pk}}


def test_authors_are_the_writer_and_the_last_editor_not_those_between(people):
    finding = written(people["alice"])
    edit(finding, by=people["bob"], dose="1 mg")
    edit(finding, by=people["carol"], dose="2 mg")

    assert authors_of([finding])[finding.pk] == {people["alice"].pk, people["carol"].pk}


def test_publishing_and_planning_make_nobody_an_author(people):
    finding = written(people["alice"])
    edit(finding, by=people["bob"], next_review_on="2030-01-01")
    publish_findings([finding], by=people["carol"], why="Checked")

    assert authors_of([finding])[finding.pk] == {people["alice"].pk}


def test_record_without_a_change_makes_nobody_an_author(people):
    finding = written(people["alice"])
    edit(finding, by=people["bob"])

    assert authors_of([finding])[finding.pk] == {people["alice"].pk}


@pytest.mark.parametrize("by", [system_user, lambda: None])
def test_loader_and_unknown_users_are_nobody(by):
    finding = written(by())

    assert authors_of([finding]) == {finding.pk: set()}


def test_editor_of_what_the_loader_wrote_is_its_author(people):
    finding = written(system_user())
    edit(finding, by=people["bob"], note="Read again")

    assert authors_of([finding])[finding.pk] == {people["bob"].pk}


def test_authors_of_many_rows_take_one_query(people, django_assert_num_queries):
    rows = [written(people["alice"]) for _ in range(3)]

    with django_assert_num_queries(1):
        authors = authors_of(rows)

    assert authors == {row.pk: {people["alice"].pk} for row in rows}
    assert authors_of([]) == {}


def test_only_another_person_may_publish_unless_the_rule_is_off(people, settings):
    finding = written(people["alice"])

    assert not may_publish(finding, people["alice"])
    assert may_publish(finding, people["bob"])
    settings.TWO_PERSON_REVIEW = False
    assert may_publish(finding, people["alice"])


def test_content_is_what_a_row_says_and_not_where_it_stands():
    finding, article = content_columns(Finding), content_columns(Article)

    assert {"estimate", "outcome_id", "note", "risk_of_bias_reason"} <= set(finding)
    assert {"body", "title", "reviewer"} <= set(article)
    assert not {"id", "state", "published_at", "published_by_id", "next_review_on"} & {
        *finding,
        *article,
    }
    assert "figures_at_review" not in article


def test_history_of_an_article_has_no_figures_at_review(people):
    article = make_article()

    assert authors_of([article]) == {article.pk: set()}


def test_review_words_say_which_rule_holds(settings):
    two = review_words()
    settings.TWO_PERSON_REVIEW = False

    assert "second person" in two
    assert "ingle reviewer" not in two
    assert review_words().startswith("Single reviewer:")
