"""Every name by which something can be found, and how well a question fits it; pure.

Names are compared folded: as a whole, by how they begin, and word by word. A word fits a word that
is the same, that it begins, or that is another form of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from evidence.searching.folding import folded, squashed, stem

__all__ = ["Field", "Match", "Name", "NameTable", "Question", "Tier", "question_of"]

LONGEST_QUESTION = 100  # characters; no name is longer, and nobody's text costs more
MOST_WORDS = 12
MOST_BEGINNING = 200
# Shorter words stand in too many names to be begun, unless they are the last, still being typed.
SHORTEST_BEGINNING = 3
SHORTEST_PART = 3
WORDS_IN_A_PART = 4
LIKE_THE_SAME = 0.98  # other forms of all words, or another order
LAST_LETTER = "\U0010ffff"


class Field(IntEnum):
    """Where a name comes from: the thing's title, another name, the table of lay words."""

    TITLE = 0
    OTHER = 1
    LAY = 2


class Tier(IntEnum):
    """How a question fits, best first; each beats all that follow."""

    SAME = 0
    BEGINS = 1
    NAME_WORDS = 2
    TEXT = 3
    PART = 4
    MENTION = 5
    GUESS = 6


FIELD_WEIGHT = {Field.TITLE: 1.0, Field.OTHER: 0.97, Field.LAY: 0.94}


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of one thing; `entry` is its key, `order` the place of its kind among equals."""

    entry: int
    folded: str
    shown: str
    field: Field
    order: int


@dataclass(frozen=True, slots=True)
class Match:
    """How well a question fits a thing, and the name that did; `score` is at most 1."""

    tier: Tier
    score: float
    name: Name

    @property
    def place(self) -> tuple[int, float, int, int, str]:
        """Return the key to sort by."""
        return self.tier, -self.score, self.name.order, len(self.name.folded), self.name.folded


@dataclass(frozen=True, slots=True)
class Question:
    """A question folded: as a whole, and the words that name something."""

    whole: str
    words: tuple[str, ...]

    @property
    def core(self) -> str:
        """Return the words that name something, as one text."""
        return " ".join(self.words)


def question_of(text: str, fillers: frozenset[str]) -> Question:
    """Read what somebody typed; fillers are left out as long as something else remains."""
    whole = folded(text[:LONGEST_QUESTION])
    words = whole.split()
    naming = [word for word in words if word not in fillers] or words
    return Question(whole, tuple(naming[:MOST_WORDS]))


class NameTable:
    """All names, looked up by the whole, by the beginning and by the word."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names: tuple[Name, ...] = tuple(names)
        self.by_squash: dict[str, list[Name]] = defaultdict(list)
        self.by_stems: dict[str, list[Name]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            words = name.folded.split()
            self.by_squash[squashed(name.folded)].append(name)
            self.by_stems[_stems(words)].append(name)
            for word in set(words):
                self.by_word[word].append(number)
        self.squashes: list[str] = sorted(self.by_squash)
        self.vocabulary: list[str] = sorted(self.by_word)

    def matches(self, question: Question) -> dict[int, Match]:
        """Return the best match of each thing that has a fitting name."""
        found: dict[int, Match] = {}
        for text in dict.fromkeys((question.whole, question.core)):
            _keep_best(found, self._whole(text))
        _keep_best(found, self._by_words(question.words))
        return found

    def parts(self, question: Question) -> dict[int, Match]:
        """Return what the question names among words that name nothing here."""
        words, found = question.words, dict[int, Match]()
        for size in range(min(WORDS_IN_A_PART, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                if len("".join(part)) < SHORTEST_PART:
                    continue
                share = len("".join(part)) / len("".join(words))
                _keep_best(
                    found,
                    (
                        Match(Tier.PART, share * FIELD_WEIGHT[name.field], name)
                        for name in self._same(" ".join(part))
                    ),
                )
        return found

    def knows(self, word: str) -> bool:
        """Say whether `word` or another form of it is, or begins, a word of some name."""
        return any(True for _ in self._fitting(word, is_last=True))

    def _same(self, text: str) -> list[Name]:
        return self.by_squash.get(squashed(text), []) + self.by_stems.get(_stems(text.split()), [])

    def _whole(self, text: str) -> Iterator[Match]:
        squash = squashed(text)
        if not squash:
            return
        for name in self.by_squash.get(squash, ()):
            yield Match(Tier.SAME, FIELD_WEIGHT[name.field], name)
        for name in self.by_stems.get(_stems(text.split()), ()):
            yield Match(Tier.SAME, FIELD_WEIGHT[name.field] * LIKE_THE_SAME, name)
        for longer in list(_beginning(squash, self.squashes))[:MOST_BEGINNING]:
            for name in self.by_squash[longer]:
                yield Match(Tier.BEGINS, FIELD_WEIGHT[name.field], name)

    def _by_words(self, words: Sequence[str]) -> Iterator[Match]:
        """Yield the names that hold every word; a longer name fits less well."""
        if not words:
            return
        fitting: dict[int, float] | None = None
        for place, word in enumerate(words):
            here: dict[int, float] = {}
            for known, weight in self._fitting(word, is_last=place == len(words) - 1):
                for number in self.by_word[known]:
                    here[number] = max(here.get(number, 0.0), weight)
            before = dict.fromkeys(here, 0.0) if fitting is None else fitting
            fitting = {n: before[n] + weight for n, weight in here.items() if n in before}
        asked = len("".join(words))
        for number, weights in (fitting or {}).items():
            name = self.names[number]
            covered = min(1.0, asked / len(squashed(name.folded)))
            score = weights / len(words) * (0.5 + 0.5 * covered) * FIELD_WEIGHT[name.field]
            yield Match(Tier.NAME_WORDS, score, name)

    def _fitting(self, word: str, *, is_last: bool) -> Iterator[tuple[str, float]]:
        """Yield the known words that `word` fits, with how well."""
        if word in self.by_word:
            yield word, 1.0
        if not is_last and len(word) < SHORTEST_BEGINNING:
            return
        for longer in _beginning(word, self.vocabulary):
            yield longer, 0.6 + 0.3 * len(word) / len(longer)
        if (shorter := stem(word)) != word:
            for longer in _beginning(shorter, self.vocabulary):
                yield longer, 0.5 + 0.3 * len(shorter) / max(len(longer), len(word))


def _stems(words: Iterable[str]) -> str:
    """Return the stems of all words in one order: fish oils and oil of fish are alike."""
    return " ".join(sorted(stem(word) for word in words))


def _beginning(start: str, among: list[str]) -> Iterator[str]:
    """Yield the longer texts of a sorted list that begin with `start`."""
    first = bisect_left(among, start)
    last = bisect_left(among, start + LAST_LETTER)
    return (text for text in among[first:last] if text != start)


def _keep_best(found: dict[int, Match], matches: Iterable[Match]) -> None:
    for match in matches:
        known = found.get(match.name.entry)
        if known is None or match.place < known.place:
            found[match.name.entry] = match
