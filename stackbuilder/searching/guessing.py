"""What may be meant by a question with typing errors; pure, with RapidFuzz.

An error is a letter too many, too few, wrong, or swapped with its neighbour. A question is compared
with whole names, and each of its words that nothing is called by with the words of names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from evidence.searching.folding import squashed
from stackbuilder.searching.names import FIELD_WEIGHT, Field, Match, NameTable, Question, Tier

__all__ = ["Guess", "guess", "resembling"]

SHORTEST_GUESS = 4
MOST_GUESSES = 10
# Below this two names are not the same one mistyped, above the other they may be worth a look.
LIKENESS = 0.72
RESEMBLANCE = 0.6
# Letters that are typed for each other by ear, where a word begins.
_SOUND = str.maketrans({"k": "c", "z": "s", "x": "s", "q": "c", "y": "i", "f": "p", "g": "j"})


@dataclass(frozen=True, slots=True)
class Guess:
    """What may be meant: the matches by entry, and the question as it may have been meant."""

    matches: dict[int, Match]
    meant: str


def guess(question: Question, table: NameTable) -> Guess:
    """Return what the question may be meant to say; no matches if nothing is near enough."""
    found = _near_names(question, table)
    meant = _corrected(question, table)
    if meant:
        likeness = OSA.normalized_similarity(squashed(question.core), squashed(meant.core))
        for entry, match in (table.matches(meant) or table.parts(meant)).items():
            score = likeness * match.score - 0.03 * match.tier
            if entry not in found or found[entry].score < score:
                found[entry] = replace(match, tier=Tier.GUESS, score=score)
    best = min(found.values(), key=lambda match: match.place, default=None)
    return Guess(found, best.name.shown if best else "")


def resembling(question: Question, table: NameTable, limit: int) -> list[str]:
    """Return names that resemble the question enough to be offered, not enough to be meant."""
    near = process.extract(
        squashed(question.core),
        table.squashes,
        scorer=OSA.normalized_similarity,
        score_cutoff=RESEMBLANCE,
        limit=MOST_GUESSES,
    )
    names = [name for squash, _, _ in near for name in table.by_squash[squash]]
    shown = dict.fromkeys(name.shown for name in names if name.field is not Field.LAY)
    return list(shown)[:limit]


def _near_names(question: Question, table: NameTable) -> dict[int, Match]:
    """Return the things whose whole name is near, also where blanks are missing or too many."""
    found: dict[int, Match] = {}
    asked = squashed(question.core)
    if len(asked) < SHORTEST_GUESS:
        return found
    near = process.extract(
        asked,
        table.squashes,
        scorer=OSA.normalized_similarity,
        score_cutoff=LIKENESS,
        limit=MOST_GUESSES,
    )
    for squash, likeness, _ in near:
        if not _may_be(asked, squash):
            continue
        for name in table.by_squash[squash]:
            if name.field is Field.LAY and _is_other_word(asked, squash):
                continue
            if _tells_apart(question.core, name.folded):
                continue
            match = Match(Tier.GUESS, likeness * FIELD_WEIGHT[name.field], name)
            known = found.get(name.entry)
            if known is None or match.place < known.place:
                found[name.entry] = match
    return found


def _corrected(question: Question, table: NameTable) -> Question | None:
    """Return the question with the nearest known word for each unknown one; None if none is."""
    words, is_changed = [], False
    for word in question.words:
        is_sure = word.isdecimal() or table.knows(word)
        nearest = word if is_sure else _nearest(word, table)
        is_changed |= nearest != word
        words.append(nearest)
    return Question(" ".join(words), tuple(words)) if is_changed else None


def _nearest(word: str, table: NameTable) -> str:
    """Return the known word that `word` is nearest to, or `word` if none is near enough."""
    near = process.extract(
        word,
        table.vocabulary,
        scorer=OSA.distance,
        score_cutoff=_errors_allowed(word),
        limit=MOST_GUESSES,
    )
    chosen = [
        (errors, known[:1] != word[:1], -len(table.by_word[known]), known)
        for known, errors, _ in near
        if _may_be(word, known) and not _is_other_word(word, known)
    ]
    return min(chosen)[-1] if chosen else word


def _may_be(typed: str, known: str) -> bool:
    """Say whether one may be the other mistyped, which needs more likeness in a short word.

    The first letter is seldom wrong, unless it sounds alike or is the only error.
    """
    errors = OSA.distance(typed, known)
    if errors > _errors_allowed(min(typed, known, key=len)):
        return False
    return errors <= 1 or _sound(typed) == _sound(known)


def _is_other_word(typed: str, known: str) -> bool:
    """Say whether a short word differs by a letter, as maca and mace do, not by its order."""
    is_swapped = sorted(typed) == sorted(known)
    return len(typed) == len(known) == SHORTEST_GUESS and typed != known and not is_swapped


def _tells_apart(asked: str, name: str) -> bool:
    """Say whether numbers or single letters differ: vitamin K is not vitamin C mistyped."""
    ours, theirs = asked.split(), name.split()
    if [word for word in ours if word.isdecimal()] != [word for word in theirs if word.isdecimal()]:
        return True
    short = [[word for word in words if len(word) < SHORTEST_GUESS] for words in (ours, theirs)]
    return len(ours) == len(theirs) and short[0] != short[1]


def _errors_allowed(word: str) -> int:
    if len(word) < SHORTEST_GUESS:
        return 0
    return 1 if len(word) <= 5 else 2 if len(word) <= 9 else 3


def _sound(word: str) -> str:
    return word[:1].translate(_SOUND)
