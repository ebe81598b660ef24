"""What the page of a search shows."""

import re

from evidence.models import Compound, Goal
from evidence.searching.folding import folded, stem
from stackbuilder.searching.names import LONGEST_QUESTION
from stackbuilder.searching.search import MOST_HITS, search

# What the page offers to try; each finds something in the shipped catalogue, which a test proves.
EXAMPLES = ("fish oil", "Tα1", "insomnia", "coq10", "cholesterol", "melotonin")
_WORD = re.compile(r"(\w+)")


def search_page(text, version):
    """Return the context of the page for `text`; without any, of the page that explains."""
    answer = search(text, version=version)
    context = {
        "asked": text[:LONGEST_QUESTION],
        "is_cut": len(text) > LONGEST_QUESTION,
        "answer": answer,
        "rows": [
            (hit, marked(hit.title, answer.words), marked(hit.summary, answer.words))
            for hit in answer.hits
        ],
        "most_hits": MOST_HITS,
    }
    if answer.hits:
        return context
    return {
        **context,
        "examples": EXAMPLES,
        "goals": Goal.objects.all(),
        "count": Compound.objects.published().count(),
    }


def marked(text, words):
    """Return a text in pieces, each with whether it is one of the words looked for.

    >>> marked("Sleep quality", ("sleeping",))
    [('Sleep', True), (' quality', False)]
    """
    pieces = [(piece, _is_one_of(piece, words)) for piece in _WORD.split(text) if piece]
    joined = []
    for piece, is_found in pieces:
        if joined and joined[-1][1] == is_found:
            joined[-1] = (joined[-1][0] + piece, is_found)
        else:
            joined.append((piece, is_found))
    return joined


def _is_one_of(piece, words):
    plain = folded(piece)
    return bool(plain) and any(plain == word or plain.startswith(_long(word)) for word in words)


def _long(word):
    """Return the beginnings of a word that are long enough to tell words apart."""
    return tuple(part for part in (word, stem(word)) if len(part) > 2)
