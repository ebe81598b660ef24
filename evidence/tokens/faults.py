"""Why a text may not be public for the sake of its tokens, each with the line of the source."""

from collections.abc import Iterator

from evidence.figure_marks import Figure
from evidence.markdown import Document
from evidence.models import Compound, Goal
from evidence.tokens.rows import CitedRows, rows_behind, tokens_of
from evidence.tokens.syntax import NotAToken, Token, read_token
from evidence.tokens.words import words_of

_PLACES = {
    "heading": "A figure stands in a heading, which holds words only.",
    "link": "A figure stands inside a link; it is a link itself.",
}


def token_faults(text: Document, *, needs_public: bool = True) -> list[tuple[int, str]]:
    """Return the line and the fault of each token that prints nothing, or stands amiss.

    With `needs_public` off, drafts may be named, and profiles that are still to be made.
    """
    tokens = tokens_of(text)
    rows = rows_behind(tokens, needs_public=needs_public)
    to_come = set() if needs_public else _pairs_to_come(tokens)
    drawn: set[Token] = set()
    faults = []
    for figure, token in zip(text.figures, tokens, strict=True):
        found = [*_faults_of_place(figure, token), *_faults_of_row(figure, token, rows, to_come)]
        if token and token.is_block:
            found += [f"Draws {figure.raw} a second time."] if token in drawn else []
            drawn.add(token)
        faults += [(figure.line, fault) for fault in found]
    return faults


def _faults_of_place(figure: Figure, token: Token | None) -> Iterator[str]:
    if figure.place in _PLACES:
        yield _PLACES[figure.place]
    elif token and token.is_block and figure.place != "alone":
        yield f"{{{{ {figure.raw} }}}} is a drawing: give it a paragraph of its own."


def _faults_of_row(
    figure: Figure, token: Token | None, rows: CitedRows, to_come: set[tuple[str, str]]
) -> Iterator[str]:
    if token is None:
        yield _why_unread(figure.raw)
        return
    row = rows.of(token)
    if row is not None:
        if words_of(token, row) is None:
            yield f"The {token.kind} {token.about} has no {token.part} that could be printed."
    elif token.kind == "finding":
        yield f"Cites the finding {token.about}, which is not there."
    elif token.pair not in to_come:
        yield f"Cites the profile {token.about}, which is not there."


def _why_unread(raw: str) -> str:
    try:
        read_token(raw)
    except NotAToken as error:
        return str(error)
    raise AssertionError("a token that can be read")  # only asked of those that cannot


def _pairs_to_come(tokens: list[Token | None]) -> set[tuple[str, str]]:
    """Return the pairs of compounds and goals that are there, with a profile or without."""
    pairs = {token.pair for token in tokens if token and token.kind != "finding"}
    if not pairs:
        return set()
    compounds = set(Compound.objects.values_list("slug", flat=True))
    goals = set(Goal.objects.values_list("slug", flat=True))
    return {(compound, goal) for compound, goal in pairs if compound in compounds and goal in goals}
