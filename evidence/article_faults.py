"""Why an article may not be public: what it cites is not there, or it holds a number of its own.

One rule for the loader, for staff and for dumps.
"""

from typing import Protocol

from evidence.article_numbers import Allowed, number_faults
from evidence.citations import broken_citations
from evidence.markdown import render


class Text(Protocol):
    """What the rule reads of an article, stored or in a file."""

    @property
    def title(self) -> str:
        """Its title, plain text."""

    @property
    def summary(self) -> str:
        """Its summary, plain text."""

    @property
    def body(self) -> str:
        """Its Markdown."""


def article_faults(
    article: Text, allowed: list[Allowed], *, needs_public: bool = True
) -> list[tuple[int, str]]:
    """Return the line of the text (0 for what is no line of it) and each fault of an article.

    What an article cites must be public, unless `needs_public` is off.
    """
    text = render(article.body)
    return sorted(
        [
            *broken_citations(text, needs_public=needs_public),
            *number_faults(article.title, article.summary, text, allowed),
        ],
        key=lambda fault: fault[0],
    )
