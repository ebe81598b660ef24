"""Articles whose findings say something else than at the last review."""

from datetime import UTC, date, datetime

import pytest

from evidence.cited_figures import Changes, changed_articles, changes_since_review, note_figures
from evidence.models import Finding
from evidence.publication import publish_findings, withdraw_articles, withdraw_findings
from tests.curators import edit
from tests.factories import make_article, make_finding, make_study, make_user, publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding():
    return make_finding()


@pytest.fixture
def article(finding):
    article = make_article()
    note_figures([article])
    return article


def test_noting_figures_is_no_edit_of_the_article(article):
    article.refresh_from_db()

    assert article.figures_at_review == {
        "melatonin-01": [
            *("MD", -7.06, -9.75, -4.37, None, "min", 1683, 19, "benefit", None, "", ""),
            *("adults and children with primary sleep disorders", ""),
            *("pmid:23691095", 2013, "published"),
        ]
    }
    assert article.history.count() == 1


def test_article_is_unchanged_while_its_findings_are(article):
    make_finding(study=make_study("pmid:2"))

    assert changed_articles() == []


@pytest.mark.parametrize("column, value", [("estimate", -8.0), ("p", 0.04), ("result", "harm")])
def test_changed_figure_of_a_cited_finding_is_named(column, value, article, finding):
    edit(finding, by=None, **{column: value})

    assert changed_articles() == [(article, ["melatonin-01"])]


def test_change_that_no_text_quotes_is_no_change(article, finding):
    edit(finding, by=None, next_review_on=date(2026, 3, 1))

    assert changed_articles() == []


def test_withdrawn_finding_is_named(article, finding):
    withdraw_findings([finding], by=make_user(), why="Disputed")

    assert changed_articles() == [(article, ["melatonin-01"])]


def test_article_that_is_not_public_or_was_never_noted_is_not_named(article, finding):
    make_article("valerian-for-sleep")
    withdraw_articles([article], by=make_user(), why="Out of date")
    edit(finding, by=None, estimate=-8.0)

    assert changed_articles() == []


def test_articles_take_two_queries_however_many(article, finding, django_assert_num_queries):
    for number in range(5):
        note_figures([make_article(f"article-{number}")])

    with django_assert_num_queries(2):
        changed_articles()


def test_article_without_citations_has_no_figures(finding):
    article = make_article("plain", body="No figure at all.")

    note_figures([article])

    article.refresh_from_db()
    assert article.figures_at_review == {}


def noted(body):
    article = make_article("noted", body=body)
    note_figures([article])
    article.refresh_from_db()
    return article


def test_figure_of_a_token_is_noted_like_one_of_a_link(finding):
    article = noted("It is {{ finding:melatonin-01 p }}.")

    edit(finding, by=None, p=0.01)

    assert changed_articles() == [(article, ["melatonin-01"])]


def test_profile_of_a_token_is_noted_as_it_is_printed(finding):
    publish_all()

    article = noted("{{ profile:melatonin/sleep bar }}")

    (name, said), *_ = article.figures_at_review.items()
    assert name == "profile:melatonin/sleep"
    assert said[:3] == ["D", "no benefit that matters", "low"]
    assert all(figure == round(figure, 2) for figure in said[3:])
    assert changed_articles() == []


def test_changed_profile_of_a_token_is_named(finding):
    publish_all()
    article = noted("{{ forest:melatonin/sleep }}")

    publish_findings(
        [
            make_finding(
                published=False,
                study=make_study("pmid:2"),
                result="harm",
                estimate=15,
                ci_low=14,
                ci_high=16,
            )
        ],
        by=make_user(),
        why="New",
    )

    assert changed_articles() == [(article, ["profile:melatonin/sleep"])]
    assert changes_since_review(article).updated_on is not None


def test_retraction_of_a_cited_study_is_a_change(article, finding):
    edit(finding.study, by=None, status="retracted")

    assert changed_articles() == [(article, ["melatonin-01"])]


def test_article_whose_figures_stand_has_no_day_of_change(article):
    assert changes_since_review(article) == Changes()


def test_change_is_dated_by_the_edit_that_made_it(article, finding):
    edit(finding, by=None, estimate=-8.0)
    edit(finding, by=None, better="lower")
    first, *_ = Finding.history.filter(key="melatonin-01", estimate=-8.0).order_by("history_id")
    Finding.history.filter(pk=first.pk).update(history_date=datetime(2025, 5, 1, 12, tzinfo=UTC))

    changes = changes_since_review(article)

    assert changes == Changes(("melatonin-01",), date(2025, 5, 1))


def test_unchanged_article_takes_two_queries(finding, django_assert_num_queries):
    publish_all()
    article = noted("{{ profile:melatonin/sleep }} and {{ finding:melatonin-01 }}")

    with django_assert_num_queries(2):
        changes_since_review(article)
