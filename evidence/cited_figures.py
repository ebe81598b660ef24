"""What the findings and profiles said that an article cites, when the article was last approved.

An article whose figures say something else by now is shown to staff, since its text may need a
change; its readers are told since when.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import Max
from django.utils import timezone

from evidence.choices import FindingState
from evidence.citations import keys_cited, pairs_cited
from evidence.markdown import render
from evidence.models import Article, Finding, Profile, Study

# The columns of a finding that an article may quote, and those of its study.
QUOTED = (
    "measure",
    "estimate",
    "ci_low",
    "ci_high",
    "p",
    "unit",
    "n_participants",
    "n_studies",
    "result",
    "ci_level",
    "dose",
    "duration",
    "population",
    "note",
)
QUOTED_OF_STUDY = ("study__key", "study__year", "study__status")
# What a text says of a profile: words as they are, numbers as they are printed.
SAID_OF_PROFILE = ("letter", "verdict", "certainty")
PRINTED_OF_PROFILE = ("mean", "sd", "dependable", "p_matters", "p_harm")
# Before the slugs of compound and goal; a finding's key holds no colon.
PROFILE = "profile:"


@dataclass(frozen=True)
class Changes:
    """The names of the figures that changed since a review, and the day of the last change."""

    names: tuple[str, ...] = ()
    updated_on: date | None = None


def note_figures(articles):
    """Keep what the rows cited by each article say now; it is no change of the article."""
    for article in articles:
        text = render(article.body)
        names = {*keys_cited(text), *(f"{PROFILE}{'/'.join(pair)}" for pair in pairs_cited(text))}
        article.figures_at_review = _figures(names)
        Article.objects.filter(pk=article.pk).update(figures_at_review=article.figures_at_review)


def changed_articles():
    """Return each public article with the names of the figures that changed since its review.

    A finding that is no longer public has changed too. Three queries, two without profiles.
    """
    articles = Article.objects.filter(state=FindingState.PUBLISHED).for_list()
    noted = [article for article in articles if article.figures_at_review]
    now = _figures({name for article in noted for name in article.figures_at_review})
    changed = [(article, _changed(article, now)) for article in noted]
    return [(article, names) for article, names in changed if names]


def changes_since_review(article):
    """Return what changed of the figures of one article, and when.

    Two queries at most where nothing did.
    """
    names = _changed(article, _figures(set(article.figures_at_review)))
    if not names:
        return Changes()
    keys = [name for name in names if not name.startswith(PROFILE)]
    pairs = [name.removeprefix(PROFILE) for name in names if name.startswith(PROFILE)]
    moments = [*_last_edits(keys), *_last_profiles(pairs)]
    last = max(moments, default=None)
    return Changes(tuple(names), timezone.localtime(last).date() if last else None)


def _changed(article, now):
    noted = article.figures_at_review
    return sorted(name for name, figures in noted.items() if now.get(name) != figures)


def _figures(names):
    """Return what the public findings and profiles with these names say."""
    keys = {name for name in names if not name.startswith(PROFILE)}
    pairs = {name.removeprefix(PROFILE) for name in names - keys}
    columns = (*QUOTED, *QUOTED_OF_STUDY)
    findings = Finding.objects.published().filter(key__in=keys).values_list("key", *columns)
    figures = {key: list(values) for key, *values in findings}
    return figures | (_profile_figures(pairs) if pairs else {})


def _profile_figures(pairs):
    profiles = _profiles_of(pairs, Profile.objects.current())
    columns = (*SAID_OF_PROFILE, *PRINTED_OF_PROFILE)
    figures = {}
    for compound, goal, *values in profiles.values_list("compound__slug", "goal__slug", *columns):
        shown = [round(value, 2) if isinstance(value, float) else value for value in values]
        figures[f"{PROFILE}{compound}/{goal}"] = shown
    return {name: shown for name, shown in figures.items() if name.removeprefix(PROFILE) in pairs}


def _profiles_of(pairs, profiles):
    slugs = [pair.partition("/") for pair in pairs]
    return profiles.filter(
        compound__slug__in={compound for compound, _, _ in slugs},
        goal__slug__in={goal for _, _, goal in slugs},
    )


def _last_edits(keys):
    """Yield when each finding began to say what it says, and when a study of theirs was edited."""
    records = Finding.history.filter(key__in=keys).order_by("key", "-history_id")
    for _, versions in groupby(
        records.values_list("key", "history_date", *QUOTED), key=itemgetter(0)
    ):
        newest = since = None
        for _, at, *values in versions:
            newest = newest or values
            if values != newest:
                break
            since = at
        yield since
    studies = Study.objects.filter(findings__key__in=keys).values("pk")
    edits = Study.history.filter(id__in=studies, history_type="~")
    if last := edits.aggregate(last=Max("history_date"))["last"]:
        yield last


def _last_profiles(pairs):
    """Yield when the newest profile of each pair was made."""
    profiles = _profiles_of(pairs, Profile.objects.newest()).select_related("compound", "goal")
    for profile in profiles.select_related("version"):
        if f"{profile.compound.slug}/{profile.goal.slug}" in pairs:
            yield profile.version.at
