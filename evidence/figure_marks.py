"""Figures in Markdown: what stands between `{{` and `}}` outside code, and a mark for its place.

The mark is two characters for private use around the figure's number. A source's own are taken out
of it, so that none can be forged; the cleaner of HTML leaves them alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# With the paragraph that holds nothing else, whose place a drawing takes.
MARK = re.compile("(?P<paragraph><p>)?\ue000(?P<number>\\d+)\ue001(?(paragraph)</p>)")
NO_MARKS = {0xE000: "\ufffd", 0xE001: "\ufffd"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands between braces; `place` is inline, alone (a paragraph of its own), heading, link.

    `raw` is empty where the braces are not closed on their line.
    """

    raw: str
    line: int
    place: str


def read_figures(parser: MarkdownIt) -> None:
    """Let a parser of Markdown see figures, and mark their places."""
    parser.inline.ruler.before("escape", "figure", _read_figure)
    parser.add_render_rule("figure", _mark)


def take_marks_out(tokens: Sequence[Token]) -> None:
    """Leave none of our marks in what a source says, which may name them as entities too."""
    for token in tokens:
        token.content = token.content.translate(NO_MARKS)
        token.attrs = {
            name: value.translate(NO_MARKS) if isinstance(value, str) else value
            for name, value in token.attrs.items()
        }
        take_marks_out(token.children or ())


def settle_figures(tokens: Sequence[Token]) -> Iterator[Figure]:
    """Number the figures and yield them in their order."""
    number = 0
    for i, token in enumerate(tokens):
        for line, child in placed(token):
            if child.type != "figure":
                continue
            child.meta["number"] = number
            number += 1
            owner = tokens[i - 1]
            place = "inline"
            if child.meta["is_linked"]:
                place = "link"
            elif owner.type == "heading_open":
                place = "heading"
            elif (
                owner.type == "paragraph_open"
                and owner.level == 0
                and len(token.children or ()) == 1
            ):
                place = "alone"
            yield Figure(child.meta["raw"], line, place)


def placed(token: Token) -> Iterator[tuple[int, Token]]:
    """Yield what a paragraph, heading or cell is made of, with the lines of the source."""
    line = token.map[0] + 1 if token.map else 1
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        yield line, child


def _read_figure(state: StateInline, silent: bool) -> bool:
    """Take what stands between braces, up to the end of its line, for a figure."""
    if not state.src.startswith("{{", state.pos):
        return False
    line = state.src[state.pos + 2 :].partition("\n")[0]
    raw, closed, _ = line.partition("}}")
    if not silent:
        token = state.push("figure", "", 0)
        token.meta = {"raw": raw.strip() if closed else "", "is_linked": state.linkLevel > 0}
    state.pos += 2 + len(raw + closed) if closed else 2
    return True


def _mark(_renderer: object, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    return f"\ue000{tokens[index].meta['number']}\ue001"
