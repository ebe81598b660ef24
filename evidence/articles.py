"""Bridge from articles to their pages: the text, the profile it speaks of, the studies it cites."""

from dataclasses import dataclass
from datetime import date

from evidence.charts import Bar, benefit_bar
from evidence.citations import studies_cited
from evidence.cited_figures import changes_since_review
from evidence.markdown import Document, render
from evidence.models import Article, Profile, Study
from evidence.tokens.html import filled
from evidence.tokens.rows import rows_behind, tokens_of


@dataclass(frozen=True)
class ArticlePage:
    """What the page of an article shows; `profile` and `bar` are None where there is none.

    `html` is the text with today's figures. `figures_updated_on` is None while the figures are
    those that whoever approved the text had before them.
    """

    text: Document
    html: str
    profile: Profile | None
    bar: Bar | None
    studies: list[Study]
    version: int
    figures_updated_on: date | None


@dataclass(frozen=True)
class Listed:
    """One article of a list, with what the evidence comes to today."""

    article: Article
    profile: Profile | None


def article_page(article, version, *, needs_public=True):
    """Return what the page of `article` shows as of evidence `version`; staff see drafts too.

    Two queries, up to four for the rows behind its tokens, one or two for what was noted at its
    review, and one for each forest plot.
    """
    text = render(article.body)
    rows = rows_behind(tokens_of(text), version=version, needs_public=needs_public)
    studies = studies_cited(text)
    current = Profile.objects.current(version)
    profile = current.filter(compound=article.compound_id, goal=article.goal_id).first()
    has_figures = profile is not None and profile.mean is not None
    return ArticlePage(
        text=text,
        html=filled(text, rows, studies),
        profile=profile,
        bar=benefit_bar(profile.mean, profile.sd) if has_figures else None,
        studies=studies,
        version=version,
        figures_updated_on=changes_since_review(article).updated_on,
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
