"""Markdown of the articles → clean HTML, a table of contents, the links, the time it takes to read.

CommonMark and tables, by markdown-it-py; HTML in the source is text. Headings, tables and links
are settled on the parsed tokens; nh3 then keeps only what is on the lists below, so that neither
a slip of ours nor of the parser can let a script, a style or a foreign picture through.

What stands between `{{` and `}}` outside code is a figure: the clean HTML keeps its place by a mark
that no source can forge, and `Document.filled` puts there what `evidence.tokens.html` made of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import nh3
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from evidence.figure_marks import (
    MARK,
    Figure,
    placed,
    read_figures,
    settle_figures,
    take_marks_out,
)

WORDS_A_MINUTE = 230
# An article's title is the page's h1; below h4 nobody can tell the levels apart.
HIGHEST, LOWEST = 2, 4

# Ids that the page around an article uses; a heading of the same name gets a number.
TAKEN_IDS = frozenset(
    {"content", "status", "gist-title", "stack", "stack-title", "references", "references-title",
     "disclaimer", "disclaimer-title", "cite", "cite-title"}
)  # fmt: skip

TAGS = {
    "h2", "h3", "h4", "p", "br", "hr", "strong", "em", "code", "pre", "blockquote",
    "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "th": {"scope"},
    "td": {"data-label"},
}
CLASSES = {"table": {"fold"}}
SCHEMES = {"https", "http"}

# What stands for a figure where only the words count.
FIGURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents; `level` is that of the HTML, 2 to 4."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where a text links to, and the line of the source that does so, counted from 1."""

    href: str
    line: int


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a paragraph, heading, cell or piece of code, and the line where they begin.

    Each line of the source is one of `text`; a figure is the one character `FIGURE`.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text, rendered; `html` is clean, and may be shown once its figures are `filled`."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    words: int
    figures: tuple[Figure, ...] = ()
    prose: tuple[Prose, ...] = ()

    def filled(self, html_of: Callable[[int, bool], str]) -> str:
        """Return the HTML with each figure in its place.

        `html_of` is told a figure's number and whether it stands for a whole paragraph, tags
        included; what it returns is trusted.
        """
        return MARK.sub(
            lambda mark: html_of(int(mark["number"]), bool(mark["paragraph"])), self.html
        )

    @property
    def minutes(self) -> int:
        """Return the time it takes to read, in whole minutes, rounded up."""
        return max(1, ceil(self.words / WORDS_A_MINUTE))


class _Ids:
    """Gives each id once; the second of a name gets a number."""

    def __init__(self) -> None:
        self.used = set(TAKEN_IDS)
        # Where to go on counting, so that a thousand equal headings do not count anew each time.
        self.numbers: Counter[str] = Counter()

    def take(self, name: str) -> str:
        candidate = name
        while candidate in self.used:
            self.numbers[name] += 1
            candidate = f"{name}-{self.numbers[name] + 1}"
        self.used.add(candidate)
        return candidate


def render(source: str) -> Document:
    """Return `source` as a document; never raises, whatever the source holds.

    >>> render("# How it *works*").html
    '<h2 id="how-it-works">How it <em>works</em></h2>\\n'
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    read_figures(parser)
    tokens = parser.parse(source)
    take_marks_out(tokens)
    figures = tuple(settle_figures(tokens))
    headings = tuple(_settle_headings(tokens))
    _settle_tables(tokens)
    html = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    words = _count_words(tokens) + len(figures)
    return Document(html, headings, tuple(_links(tokens)), words, figures, tuple(_prose(tokens)))


def _prose(tokens: Sequence[Token]) -> Iterator[Prose]:
    """Yield the words that a reader sees, code included."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline":
            yield Prose(_plain(token, line_break="\n", figure=FIGURE), line)
        elif token.type in ("fence", "code_block"):
            yield Prose(token.content, line + (token.type == "fence"))


def _settle_headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Bring headings under the page's own, without a gap between levels, each with an id."""
    opened = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    outermost = min((_level(tokens[i]) for i in opened), default=1)
    ids = _Ids()
    before = HIGHEST - 1
    for i in opened:
        # The three tokens of a heading: its start, its text, its end.
        start, inline, end = tokens[i : i + 3]
        level = min(_level(start) - outermost + HIGHEST, before + 1, LOWEST)
        start.tag = end.tag = f"h{level}"
        text = _plain(inline)
        name = ids.take(slugify(text) or "section")
        start.attrSet("id", name)
        before = level
        yield Heading(level, name, text)


def _level(heading: Token) -> int:
    return int(heading.tag[1])


def _settle_tables(tokens: Sequence[Token]) -> None:
    """Make tables like the site's own: a heading for each row, and cells that say their column."""
    columns: list[str] = []
    cell = 0
    for i, token in enumerate(tokens):
        if token.type == "table_open":
            token.attrSet("class", "fold")
            columns = []
        elif token.type == "tr_open":
            cell = 0
        elif token.type == "th_open":
            token.attrSet("scope", "col")
            columns.append(_plain(tokens[i + 1]))
        elif token.type == "td_open":
            if cell == 0:
                token.tag = tokens[i + 2].tag = "th"
                token.attrSet("scope", "row")
            else:
                token.attrSet("data-label", columns[cell])
            cell += 1


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    """Yield the links in their order."""
    for token in tokens:
        for line, child in placed(token):
            if child.type == "link_open":
                yield Link(str(child.attrs["href"]), line)


def _count_words(tokens: Sequence[Token]) -> int:
    return sum(
        len((_plain(token) if token.type == "inline" else token.content).split())
        for token in tokens
    )


def _plain(inline: Token, *, line_break: str = " ", figure: str = "") -> str:
    """Return the text of a paragraph, heading or cell, without marks and addresses."""
    instead = {"softbreak": line_break, "hardbreak": line_break, "figure": figure}
    return "".join(instead.get(child.type, child.content) for child in inline.children or ())
