"""One article as the Markdown file that `load_articles` reads: a head of TOML, then its text."""

import json
from datetime import date

from evidence.article_numbers import read_allowed
from evidence.ingest.articles import ArticleFile, article_rules
from evidence.ingest.problems import Problem
from evidence.ingest.reading import read_entry
from evidence.models import Article

_FENCE = "+++"


def article_text(article: Article) -> str:
    """Return the file of an article; who reviewed it only where somebody did."""
    head: dict[str, str | date | None] = {
        "title": article.title,
        "summary": article.summary,
        "compound": article.compound.slug,
        "goal": article.goal.slug,
        "author": article.author,
        "reviewer": article.reviewer or None,
        "reviewed_on": article.reviewed_on,
        "updated_on": article.updated_on,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in head.items() if value is not None]
    for entry in read_allowed(article.numbers):
        # A table of TOML: nothing but further ones may follow.
        lines += ["", "[[numbers]]", f"text = {_toml(entry.text)}"]
        lines += [f"reason = {_toml(entry.reason)}"]
    return "\n".join([_FENCE, *lines, _FENCE, "", _body(article), ""])


def article_problems(article: Article, file: str) -> list[Problem]:
    """Return what keeps the article from being loaded again, what it cites aside."""
    names = set(ArticleFile.model_fields) - {"compound", "goal", "body", "reviewer", "numbers"}
    content = {
        **{name: getattr(article, name) for name in names},
        "compound": article.compound.slug,
        "goal": article.goal.slug,
        "reviewer": article.reviewer or None,
        "body": _body(article),
        "numbers": [
            {"text": entry.text, "reason": entry.reason} for entry in read_allowed(article.numbers)
        ],
    }
    return read_entry(ArticleFile, article_rules, file, content)[1]


def _body(article: Article) -> str:
    """Return the text with line feeds alone, whatever a browser sent."""
    return article.body.replace("\r\n", "\n").replace("\r", "\n").strip()


def _toml(value: str | date) -> str:
    """Return a day as TOML writes it, or a text; but for DEL, JSON's quoted texts are TOML's."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value.strip(), ensure_ascii=False).replace("\x7f", "\\u007f")
