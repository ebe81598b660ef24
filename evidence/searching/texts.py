"""What the index knows of each public thing, read from the evidence."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Q

from evidence.models import Alias, Article, Compound, EntryKind, Finding, Goal, Outcome
from evidence.searching.folding import folded, spellings

# Raise it when folding changes: rows of an earlier number are then made again.
RECIPE = 1
OUTCOMES_NAMED = 4
# Figures, addresses and marks of an article's Markdown; its words are what is searched.
_NO_WORDS = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)|https?://\S+")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True)
class Text:
    """One thing as the index is made from it; `compound_id` is set for compounds alone."""

    kind: str
    slug: str
    title: str
    names: tuple[str, ...]
    summary: str
    body: str = ""
    about: str = ""
    goal: str = ""
    public_from: datetime | None = None
    compound_id: int | None = None

    @property
    def digest(self) -> str:
        """Return what differs as soon as anything does, save what findings are about."""
        parts = {**vars(self), "recipe": RECIPE}
        if self.public_from:
            parts["public_from"] = self.public_from.timestamp()
        return sha256(repr(parts).encode()).hexdigest()

    def values(self, about: str = "") -> dict[str, object]:
        """Return the columns of its row; `about` are the outcomes of a compound's findings."""
        names = [name for name in (*parts_of(self.title, self.kind), *self.names) if name]
        written = [(words, self.title) for words in spellings(self.title)]
        others = [(words, name) for name in names for words in spellings(name)]
        return {
            "kind": self.kind,
            "slug": self.slug,
            "title": self.title,
            "names": list(self.names),
            "summary": self.summary,
            "goal": self.goal,
            "public_from": self.public_from,
            "spellings": [[*row, 0] for row in written] + [[*row, 1] for row in others],
            "folded_title": " ".join(words for words, _ in written),
            "folded_names": " ".join(words for words, _ in others),
            "folded_about": folded(f"{self.about} {about}"),
            "folded_body": folded(f"{self.summary} {self.body}"),
            "digest": self.digest,
        }


def parts_of(title: str, kind: str) -> list[str]:
    """Return the parts of a title that are names of their own.

    >>> parts_of("Omega-3 (EPA/DHA)", "compound"), parts_of("Stress & Anxiety", "goal")
    (['EPA', 'DHA'], ['Stress', 'Anxiety'])
    """
    if kind == EntryKind.GOAL:
        return title.split(" & ") if " & " in title else []
    if kind == EntryKind.ARTICLE:
        return []
    return [part for inside in _IN_BRACKETS.findall(title) for part in inside.split("/")]


def all_texts() -> Iterator[Text]:
    """Yield everything that is public or will be; six queries."""
    yield from _compounds()
    outcomes = defaultdict(list)
    for slug, name, goal, goal_name in Outcome.objects.filter(goal__isnull=False).values_list(
        "slug", "name", "goal__slug", "goal__name"
    ):
        outcomes[goal].append(name)
        yield Text(EntryKind.OUTCOME, slug, name, (), f"Measured for {goal_name}.", goal=goal)
    for slug, name in Goal.objects.values_list("slug", "name"):
        measured = outcomes[slug]
        yield Text(EntryKind.GOAL, slug, name, (), _measured(measured), about=" . ".join(measured))
    yield from _articles()


def outcomes_of(compounds: set[int]) -> dict[int, str]:
    """Return the names of goals and outcomes that public findings on these compounds are about."""
    found = defaultdict(dict)
    rows = Finding.objects.filter(published_at__isnull=False, compound__in=compounds)
    names = ("compound_id", "outcome__name", "outcome__goal__name")
    for compound, outcome, goal in rows.order_by().values_list(*names).distinct():
        found[compound] |= dict.fromkeys(name for name in (goal, outcome) if name)
    return {compound: " . ".join(sorted(words)) for compound, words in found.items()}


def _measured(outcomes):
    """Say what was measured for a goal."""
    more = len(outcomes) - OUTCOMES_NAMED
    named = ", ".join(outcomes[:OUTCOMES_NAMED])
    if not named:
        return ""
    return f"{named} and {more} more." if more > 0 else f"{named}."


def _compounds():
    aliases = defaultdict(list)
    for compound, name in Alias.objects.order_by("compound_id", "position", "pk").values_list(
        "compound_id", "name"
    ):
        aliases[compound].append(name)
    fields = ("pk", "slug", "name", "summary", "mechanisms", "published_at")
    rows = Compound.objects.filter(published_at__isnull=False).values_list(*fields)
    for pk, slug, name, summary, mechanisms, public_from in rows:
        names, body = tuple(aliases[pk]), " ".join(mechanisms)
        yield Text(
            EntryKind.COMPOUND,
            slug,
            name,
            names,
            summary,
            body=body,
            public_from=public_from,
            compound_id=pk,
        )


def _articles():
    public = Q(published_at__isnull=False, compound__published_at__isnull=False)
    read = ("slug", "title", "summary", "body", "published_at")
    joined = ("compound__name", "compound__published_at", "goal__name")
    rows = Article.objects.filter(public).select_related("compound", "goal").only(*read, *joined)
    for article in rows:
        yield Text(
            EntryKind.ARTICLE,
            article.slug,
            article.title,
            (),
            article.summary,
            body=_NO_WORDS.sub(" ", article.body),
            about=f"{article.compound.name} {article.goal.name}",
            public_from=max(article.published_at, article.compound.published_at),
        )
