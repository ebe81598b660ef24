"""A folder of articles becomes rows: Markdown files, each with a head of TOML between +++ lines.

The name of a file is the article's slug. As with the catalogue, all of a folder is written or
nothing, a load can be repeated, and what a person has edited is left alone.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from django.db import transaction
from django.template.defaultfilters import pluralize
from django.utils import timezone

from evidence.article_faults import article_faults
from evidence.article_numbers import Allowed, allowed_lines, list_faults
from evidence.choices import FindingState
from evidence.cited_figures import note_figures
from evidence.ingest import fields as f
from evidence.ingest.entry import FROM_JSON, Entry
from evidence.ingest.folder import InvalidEvidence
from evidence.ingest.loader import Loaded
from evidence.ingest.problems import Problem
from evidence.ingest.reading import read_entry
from evidence.ingest.rows import Values
from evidence.ingest.rules import Broken
from evidence.ingest.writing import Writer
from evidence.models import Article, Compound, Goal
from evidence.publication import publish_change, system_user, wait_for_turn

_PARTS = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*\n(?P<body>.*)", re.S | re.M)
# What the head may not say: the file's name and the rest of the file do.
_NOT_IN_HEAD = ("slug", "body")


class AllowedNumber(Entry):
    """A number of the text that is printed by no token, and why it needs none."""

    text: f.Text60
    reason: f.Text200


class ArticleFile(Entry):
    """One article as its file has it; without a reviewer it is not yet reviewed."""

    slug: f.Slug
    title: f.Text150
    summary: f.Text300
    compound: f.Slug
    goal: f.Slug
    author: f.Text120
    reviewer: f.Text120 | None = None
    reviewed_on: date | None = None
    updated_on: date
    numbers: Annotated[tuple[AllowedNumber, ...], FROM_JSON] = ()
    body: f.Markdown

    @property
    def allowed(self) -> list[Allowed]:
        """Return the numbers that need no token; one that is damaged is left out."""
        return [Allowed(one.text, one.reason) for one in self.numbers if one.text and one.reason]


def article_rules(article: ArticleFile) -> Broken:
    """Yield the place and message of every rule that an article's file breaks by itself."""
    if article.reviewer and not article.reviewed_on:
        yield ("reviewed_on",), "Must be given with the reviewer."
    if article.reviewed_on and not article.reviewer:
        yield ("reviewer",), "Must be given with the day of the review."
    for fault in list_faults(article.allowed):
        yield ("numbers",), fault


def read_articles(folder: Path, *, draft: bool) -> dict[str, ArticleFile]:
    """Return the articles in `folder` by slug, or raise InvalidEvidence with all its problems.

    What is to be public may cite only what is public; drafts may cite drafts.
    """
    paths = sorted(folder.glob("*.md"))
    if not paths:
        raise InvalidEvidence([Problem(str(folder), "", "Holds no article (*.md).")])
    compounds, goals = _ids(Compound), _ids(Goal)
    found, problems = {}, []
    for path in paths:
        content, lines_before, faults = _parse(path)
        article = None
        if content is not None:
            article, more = read_entry(ArticleFile, article_rules, path.name, content)
            faults = [*faults, *more]
        if article:
            found[article.slug] = article
            for field, known in (("compound", compounds), ("goal", goals)):
                if getattr(article, field) not in known:
                    message = f"There is no {field} called {getattr(article, field)}."
                    faults.append(Problem(path.name, field, message))
            faults += [
                Problem(path.name, f"line {lines_before + line}" if line else "", message)
                for line, message in article_faults(
                    article, article.allowed, needs_public=not draft
                )
            ]
        problems += faults
    if problems:
        raise InvalidEvidence(problems)
    return found


@transaction.atomic
def load_articles(articles: Mapping[str, ArticleFile], *, draft: bool, overwrite: bool) -> Loaded:
    """Write articles as the system user, as one evidence version.

    With `draft` new articles wait for a curator and public ones stay as they are; otherwise
    all are public at once. Those edited by a person are left and listed, unless `overwrite`.
    """
    wait_for_turn()
    writer = Writer(system_user(), overwrite)
    public = set(Article.objects.exclude(published_at=None).values_list("slug", flat=True))
    stamp = {
        "state": FindingState.PUBLISHED,
        "published_at": timezone.now(),
        "published_by_id": writer.by.pk,
    }
    compounds, goals = _ids(Compound), _ids(Goal)
    rows = {
        slug: _values(article, compounds, goals) | ({} if draft or slug in public else stamp)
        for slug, article in articles.items()
    }
    writer.keyed(Article, "slug", rows, public if draft else frozenset())
    written = set().union(*writer.tally.rows.values())
    note_figures(Article.objects.filter(pk__in=written).exclude(published_at=None))
    if draft or not writer.tally.wrote:
        return Loaded(writer.tally, None)
    why = f"Loaded {len(articles)} article{pluralize(len(articles))} from files"
    return Loaded(writer.tally, publish_change(by=writer.by, why=why))


def _parse(path: Path) -> tuple[dict[str, object] | None, int, list[Problem]]:
    """Return what a file holds, the number of lines before its text, and what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, 0, [Problem(path.name, "", f"Is not UTF-8 (byte {error.start}).")]
    except OSError as error:
        return None, 0, [Problem(path.name, "", f"Cannot be read: {error.strerror}.")]
    parts = _PARTS.fullmatch(text)
    if not parts:
        return None, 0, [Problem(path.name, "", "Must begin with a head between +++ lines.")]
    try:
        # An empty line stands for the first +++, so that messages count the file's lines.
        head = tomllib.loads("\n" + parts["head"])
    except (ValueError, RecursionError) as error:
        return None, 0, [Problem(path.name, "", f"Its head is not valid TOML: {error}.")]
    misplaced = [
        Problem(path.name, key, "Is not a key of the head.") for key in _NOT_IN_HEAD if key in head
    ]
    lines_before = text[: parts.start("body")].count("\n")
    return head | {"slug": path.stem, "body": parts["body"]}, lines_before, misplaced


def _values(article: ArticleFile, compounds: dict[str, int], goals: dict[str, int]) -> Values:
    """Return the columns of an article, publication aside."""
    return {
        "title": article.title,
        "summary": article.summary,
        "compound_id": compounds[article.compound],
        "goal_id": goals[article.goal],
        # As the admin's form would store it: a save there must not look like an edit of the text.
        "body": article.body.strip(),
        "author": article.author,
        "reviewer": article.reviewer or "",
        "reviewed_on": article.reviewed_on,
        "updated_on": article.updated_on,
        "numbers": allowed_lines(article.allowed),
    }


def _ids(model: type[Compound] | type[Goal]) -> dict[str, int]:
    return dict(model.objects.values_list("slug", "pk"))
