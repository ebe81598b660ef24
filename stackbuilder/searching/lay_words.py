"""Lay words, other forms of a word, and brands, by the goal, outcome or compound they lead to.

A table of the release, made by hand: finding aids, which say nothing of evidence.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from evidence.ingest import fields as f
from evidence.ingest.entry import FROM_JSON, Entry
from evidence.searching.folding import folded

SEARCH_WORDS = Path(__file__).parent.parent / "data" / "search_words.json"


class WordsEntry(Entry):
    """What leads to one thing; `to` is its kind and slug, such as goal:sleep."""

    to: Annotated[str, Field(pattern=r"^(goal|outcome|compound):[a-z0-9-]+$")]
    words: Annotated[tuple[f.Text120, ...], FROM_JSON]

    @property
    def key(self) -> tuple[str, str]:
        """Return kind and slug."""
        kind, _, slug = self.to.partition(":")
        return kind, slug


class WordsFile(Entry):
    """The table, and the fillers that are left out of a question when something else remains."""

    note: f.Prose
    fillers: Annotated[tuple[f.Text120, ...], FROM_JSON]
    words: Annotated[tuple[WordsEntry, ...], FROM_JSON]

    @model_validator(mode="after")
    def _says_nothing_twice(self) -> "WordsFile":
        targets = [entry.to for entry in self.words]
        if len(set(targets)) != len(targets):
            raise ValueError("each thing must stand in the table once")
        for entry in self.words:
            if len(set(entry.words)) != len(entry.words):
                raise ValueError(f"{entry.to}: a word is given twice")
        return self


@lru_cache(1)
def search_words() -> WordsFile:
    """Read the table of the release."""
    return WordsFile.model_validate(json.loads(SEARCH_WORDS.read_text(encoding="utf-8")))


@lru_cache(1)
def fillers() -> frozenset[str]:
    """Return the words that ask rather than name, folded."""
    return frozenset(folded(word) for word in search_words().fillers)
