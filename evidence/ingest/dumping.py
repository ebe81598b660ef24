"""The database as the files that it could have come from: dump, load and dump again is the same.

What a file holds depends on the contents of rows alone, never on their ids, so all databases with
the same evidence write the same bytes. Only a few compounds are in memory at a time.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evidence.article_faults import article_faults
from evidence.article_numbers import read_allowed
from evidence.choices import FindingState
from evidence.ingest.checks import GOALS_FILE, check_catalogue
from evidence.ingest.dumped_articles import article_problems, article_text
from evidence.ingest.dumped_compounds import Surroundings, compound_content
from evidence.ingest.dumped_folder import ARTICLES, COMPOUNDS, DumpFolder
from evidence.ingest.dumped_goals import goals_content, unit_synonyms
from evidence.ingest.dumped_rows import articles_of, compounds_of, unused_studies
from evidence.ingest.problems import Problem
from evidence.ingest.reading import read_compound, read_goals
from evidence.models import Article, Compound

Progress = Callable[[], object]

# Read together, to spare queries; more would only cost memory.
AT_A_TIME = 10


@dataclass(frozen=True)
class Plan:
    """Whose files a dump is to write, by slug; without drafts all that is public at `at`."""

    at: datetime
    drafts: bool
    compounds: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def files(self) -> list[str]:
        """The names of all files, as they stand in the folder."""
        compounds = [_compound_file(slug) for slug in self.compounds]
        return [GOALS_FILE, *compounds, *(_article_file(slug) for slug in self.articles)]


@dataclass
class Dumped:
    """What a dump wrote.

    `problems` are why `load_evidence` or `load_articles` would refuse a file as it stands now;
    `left_out` holds the keys of studies that belong to no compound, `alongside` the files of
    others that a load of the folder would read too.
    """

    findings: int = 0
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    alongside: list[str] = field(default_factory=list)


def plan_dump(at: datetime, *, drafts: bool) -> Plan:
    """Return what is to be dumped: all that is public, with `drafts` all but what was withdrawn."""
    compounds = Compound.objects.all()
    articles = Article.objects.exclude(state=FindingState.WITHDRAWN)
    if not drafts:
        compounds, articles = compounds.published(at), articles.published(at)
    return Plan(at, drafts, _slugs(compounds), _slugs(articles))


def dump(plan: Plan, folder: DumpFolder, progress: Progress) -> Dumped:
    """Write the files of a plan, one by one, calling `progress` after each.

    Raises CannotDump where the folder does not allow it. Read in one transaction, so that files
    written minutes apart agree.
    """
    dumped = Dumped(alongside=folder.claim(plan.files))
    for name, text in _texts(plan, dumped):
        folder.write(name, text)
        progress()
    folder.finish(plan.files)
    return dumped


def _texts(plan: Plan, dumped: Dumped) -> Iterator[tuple[str, str]]:
    """Yield the name and text of every file, noting in `dumped` what is found on the way."""
    goals = goals_content()
    entry, problems = read_goals(GOALS_FILE, goals)
    dumped.problems += problems or check_catalogue(entry, {})
    yield GOALS_FILE, _json(goals)
    yield from _compound_texts(plan, dumped)
    yield from _article_texts(plan, dumped)


def _compound_texts(plan: Plan, dumped: Dumped) -> Iterator[tuple[str, str]]:
    around = Surroundings(unit_synonyms(), frozenset(plan.compounds))
    unused = unused_studies()
    dumped.left_out += sorted(
        key
        for slug, studies in unused.items()
        if slug not in around.compounds
        for key in studies.values()
    )
    for slugs in _in_parts(plan.compounds):
        for rows in compounds_of(slugs, None if plan.drafts else plan.at, unused):
            name = _compound_file(rows.compound.slug)
            content = compound_content(rows.compound, rows.findings, rows.studies, around)
            dumped.findings += len(rows.findings)
            dumped.problems += read_compound(name, content)[1]
            yield name, _json(content)


def _article_texts(plan: Plan, dumped: Dumped) -> Iterator[tuple[str, str]]:
    for slugs in _in_parts(plan.articles):
        for article in articles_of(slugs):
            name = _article_file(article.slug)
            dumped.problems += article_problems(article, name)
            dumped.problems += [
                Problem(name, "", message)
                for _, message in article_faults(
                    article, read_allowed(article.numbers), needs_public=not plan.drafts
                )
            ]
            yield name, article_text(article)


def _in_parts(slugs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (slugs[start : start + AT_A_TIME] for start in range(0, len(slugs), AT_A_TIME))


def _slugs(rows: Any) -> tuple[str, ...]:
    return tuple(sorted(rows.order_by().values_list("slug", flat=True)))


def _compound_file(slug: str) -> str:
    return f"{COMPOUNDS}/{slug}.json"


def _article_file(slug: str) -> str:
    return f"{ARTICLES}/{slug}.md"


def _json(content: object) -> str:
    """Return JSON with one value a line, so that a change of one value is a change of one line."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
