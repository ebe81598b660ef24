"""Bridge from articles to their pages: the text, the profile it speaks of, the studies it cites."""

from dataclasses import dataclass

from evidence.charts import Bar, benefit_bar
from evidence.citations import studies_cited
from evidence.markdown import Document, render
from evidence.models import Article, Profile, Study


@dataclass(frozen=True)
class ArticlePage:
    """What the page of an article shows; `profile` and `bar` are None where there is none."""

    text: Document
    profile: Profile | None
    bar: Bar | None
    studies: list[Study]


@dataclass(frozen=True)
class Listed:
    """One article of a list, with what the evidence comes to today."""

    article: Article
    profile: Profile | None


def article_page(article, version):
    """Return what the page of `article` shows as of evidence `version`; two queries."""
    text = render(article.body)
    current = Profile.objects.current(version)
    profile = current.filter(compound=article.compound_id, goal=article.goal_id).first()
    has_figures = profile is not None and profile.mean is not None
    return ArticlePage(
        text=text,
        profile=profile,
        bar=benefit_bar(profile.mean, profile.sd) if has_figures else None,
        studies=studies_cited(text),
    )


def with_profiles(articles, version):
    """Return articles in the order given, each with its profile; one query more."""
    articles = list(articles)
    profiles = Profile.objects.current(version).filter(
        compound__in={article.compound_id for article in articles},
        goal__in={article.goal_id for article in articles},
    )
    by_pair = {(profile.compound_id, profile.goal_id): profile for profile in profiles}
    return [
        Listed(article, by_pair.get((article.compound_id, article.goal_id))) for article in articles
    ]
