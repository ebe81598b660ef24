"""How a figure token is written: `finding:KEY part`, `profile:COMPOUND/GOAL part`, `forest:…`.

Pure: what a token names is looked up in `evidence.tokens.rows`.
"""

import re
from dataclasses import dataclass

# What a token may ask of its row; the first is meant where none is named.
PARTS = {
    "finding": (
        "phrase", "estimate", "value", "size", "ci", "p", "n", "k", "year", "study", "dose",
        "duration", "population", "note",
    ),
    "profile": (
        "letter", "statement", "certainty", "estimate", "dependable", "matters", "harm", "bar",
    ),
    "forest": ("plot",),
}  # fmt: skip
# Drawings: they stand by themselves, between paragraphs.
BLOCKS = frozenset({("profile", "bar"), ("forest", "plot")})

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TOKEN = re.compile(rf"(?P<kind>[a-z]+):(?P<about>{_SLUG}(?:/{_SLUG})?)(?:\s+(?P<part>[a-z]+))?")


class NotAToken(ValueError):
    """What stands between braces and can be read as no figure; its text says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """One figure asked for; `about` is a finding's key, or the slugs of compound and goal."""

    kind: str
    about: str
    part: str

    @property
    def is_block(self) -> bool:
        """Say whether it is a drawing, which stands between paragraphs."""
        return (self.kind, self.part) in BLOCKS

    @property
    def pair(self) -> tuple[str, str]:
        """Return the slugs of compound and goal; only for what is about a profile."""
        compound, _, goal = self.about.partition("/")
        return compound, goal


def read_token(raw: str) -> Token:
    """Return what stands between `{{` and `}}` as a token; raises NotAToken.

    >>> read_token("finding:melatonin-01 ci")
    Token(kind='finding', about='melatonin-01', part='ci')
    """
    if not raw:
        raise NotAToken("Opens {{ without a figure that is closed by }} on the same line.")
    match = _TOKEN.fullmatch(raw)
    if match is None:
        raise NotAToken(f"{{{{ {raw} }}}} is no figure: write {{{{ finding:KEY part }}}}.")
    kind, about = match["kind"], match["about"]
    if kind not in PARTS:
        raise NotAToken(f"There is no kind of figure called {kind}: {', '.join(PARTS)}.")
    if ("/" in about) != (kind != "finding"):
        wanted = "KEY" if kind == "finding" else "COMPOUND/GOAL"
        raise NotAToken(f"{{{{ {raw} }}}} must be written {kind}:{wanted}.")
    part = match["part"] or PARTS[kind][0]
    if part not in PARTS[kind]:
        raise NotAToken(f"A {kind} has no part called {part}: {', '.join(PARTS[kind])}.")
    return Token(kind, about, part)
