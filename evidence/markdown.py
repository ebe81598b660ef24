"""Markdown of the articles → clean HTML, a table of contents, the links, the time it takes to read.

CommonMark and tables, by markdown-it-py; HTML in the source is text. Headings, tables and links
are settled on the parsed tokens; nh3 then keeps only what is on the lists below, so that neither
a slip of ours nor of the parser can let a script, a style or a foreign picture through.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import nh3
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

WORDS_A_MINUTE = 230
# An article's title is the page's h1; below h4 nobody can tell the levels apart.
HIGHEST, LOWEST = 2, 4

# Ids that the page around an article uses; a heading of the same name gets a number.
TAKEN_IDS = frozenset(
    {"content", "status", "gist-title", "stack", "stack-title", "references", "references-title",
     "disclaimer", "disclaimer-title"}
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
class Document:
    """A text, rendered; `html` is clean and may be shown as it is."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    words: int

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
    tokens = parser.parse(source)
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
    return Document(html, headings, tuple(_links(tokens)), _count_words(tokens))


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
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                yield Link(str(child.attrs["href"]), line)


def _count_words(tokens: Sequence[Token]) -> int:
    return sum(
        len((_plain(token) if token.type == "inline" else token.content).split())
        for token in tokens
    )


def _plain(inline: Token) -> str:
    """Return the text of a paragraph, heading or cell, without marks and addresses."""
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(child.type, child.content) for child in inline.children or ())
