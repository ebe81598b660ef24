"""Bridge from compounds and articles to what their pictures show; a few rows whatever is stored."""

from dataclasses import dataclass

from evidence.charts import Bar, benefit_bar
from evidence.models import Article, Compound, Profile

# As many goals as a picture holds; the others are counted under them.
GOALS_SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One goal with its letter and verdict, which stand together or not at all."""

    goal: str
    letter: str
    verdict: str


@dataclass(frozen=True)
class Picture:
    """What a picture shows; `bar` is None where nothing is counted, `more` the goals left out."""

    kicker: str
    title: str
    lines: tuple[Line, ...]
    more: int
    version: int
    bar: Bar | None = None


def compound_picture(slug: str, version: int) -> Picture | None:
    """Return what the picture of a public compound shows, None if there is none; two queries."""
    compound = Compound.objects.published().filter(slug=slug).first()
    if compound is None:
        return None
    profiles = Profile.objects.current(version).filter(compound=compound)
    ordered = profiles.select_related("goal").order_by("goal__position", "goal__slug")
    lines = [Line(row.goal.name, row.letter, row.verdict) for row in ordered]
    return Picture(
        kicker=compound.get_compound_class_display().capitalize(),
        title=compound.name,
        lines=tuple(lines[:GOALS_SHOWN]),
        more=max(0, len(lines) - GOALS_SHOWN),
        version=version,
    )


def article_picture(slug: str, version: int) -> Picture | None:
    """Return what the picture of a public article shows, None if there is none; two queries."""
    articles = Article.objects.published().for_list()
    article = articles.filter(slug=slug).first()
    if article is None:
        return None
    current = Profile.objects.current(version)
    profile = current.filter(compound=article.compound_id, goal=article.goal_id).first()
    has_figures = profile is not None and profile.mean is not None
    line = profile and Line(article.goal.name, profile.letter, profile.verdict)
    return Picture(
        kicker="Deep dive",
        title=article.title,
        lines=(line,) if line else (),
        more=0,
        version=version,
        bar=benefit_bar(profile.mean, profile.sd) if has_figures else None,
    )
