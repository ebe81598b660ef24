"""What is true of every article in the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from evidence.ingest.articles import ArticleFile
from evidence.models import Article
from evidence.models.articles import LONGEST_BODY
from tests.factories import PUBLISHED_AT, make_article, make_compound, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "review", [{"reviewer": "Dr Ada Example"}, {"reviewed_on": date(2025, 3, 2)}]
)
def test_article_reviewed_by_somebody_on_some_day(review):
    with pytest.raises(IntegrityError, match="article_reviewed_by_whom_and_when"):
        make_article(**review)


def test_article_with_reviewer_and_day_is_stored():
    article = make_article(reviewer="Dr Ada Example", reviewed_on=date(2025, 3, 2))

    assert Article.objects.get(reviewer="Dr Ada Example") == article


@pytest.mark.parametrize(
    "state, published_at",
    [("published", None), ("draft", PUBLISHED_AT), ("in-review", PUBLISHED_AT)],
)
def test_article_published_has_a_date(state, published_at):
    by = make_user() if published_at else None

    with pytest.raises(IntegrityError, match="article_published_has_a_date"):
        make_article(state=state, published_at=published_at, published_by=by)


def test_article_published_by_whom_and_when():
    with pytest.raises(IntegrityError, match="article_published_by_whom_and_when"):
        make_article(published_by=None)


def test_article_has_an_address_of_its_own():
    make_article()

    with pytest.raises(IntegrityError):
        make_article(title="Another")


@pytest.mark.parametrize("owner", ["compound", "goal"])
def test_compound_and_goal_stay_while_an_article_is_about_them(owner):
    article = make_article()

    with pytest.raises(ProtectedError):
        getattr(article, owner).delete()


def test_article_too_long_to_render_is_refused():
    article = make_article()
    article.body = "a" * (LONGEST_BODY + 1)

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert set(refusal.value.message_dict) == {"body"}


def test_file_may_be_as_long_as_the_columns():
    fields = {field.name: field for field in Article._meta.fields}
    limits = {
        name: max(getattr(one, "max_length", None) or 0 for one in info.metadata)
        for name, info in ArticleFile.model_fields.items()
        if info.metadata
    }

    assert limits.pop("body") == LONGEST_BODY
    assert {"slug", "title", "summary", "author"} <= set(limits)
    # The list of numbers is bounded by its entries, each a line of the column.
    for name in set(limits) - {"compound", "goal", "numbers"}:
        assert limits[name] == fields[name].max_length, name


def test_published_leaves_out_drafts():
    public = make_article()
    make_article("draft", published=False)

    assert list(Article.objects.published()) == [public]


def test_published_takes_the_moment():
    article = make_article()

    assert not Article.objects.published(PUBLISHED_AT - timedelta(seconds=1)).exists()
    assert Article.objects.published(datetime(2025, 3, 2, tzinfo=UTC)).get() == article


def test_published_leaves_out_articles_on_compounds_that_are_not():
    make_article(compound=make_compound("secret", published=False))

    assert not Article.objects.published().exists()


def test_list_is_fetched_in_one_query(django_assert_num_queries):
    make_article()

    with django_assert_num_queries(1):
        (article,) = Article.objects.for_list()
        assert (article.compound.name, article.goal.name) == ("Melatonin", "Sleep")
    assert "body" in article.get_deferred_fields()


def test_articles_are_listed_newest_first():
    make_article("older", updated_on=date(2024, 1, 1))
    make_article("newer", updated_on=date(2025, 1, 1))

    assert [article.slug for article in Article.objects.all()] == ["newer", "older"]


def test_article_is_called_by_its_title_and_has_an_address():
    article = make_article()

    assert str(article) == "Melatonin for sleep: what the research says"
    assert article.get_absolute_url() == "/articles/melatonin-for-sleep/"
