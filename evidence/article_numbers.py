"""Numbers in the words of an article: each is printed by a token, part of a name, or allowed.

Pure. A number in an article's own words would stay when the finding behind it changes. What is no
finding (the level of all intervals, the dose on a label) is allowed by name, with its reason.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence.markdown import Document, Prose

MOST_ALLOWED = 12
LONGEST_TEXT = 60
SHORTEST_REASON, LONGEST_REASON = 10, 200
BETWEEN = " = "

_DIGIT = r"[\d²³¹⁰-⁹₀-₉¼-¾⅐-⅞]"
_NUMBER = re.compile(rf"[−+-]?{_DIGIT}+(?:[.,\u2009\u202f]?{_DIGIT}+)*")
# Letters first: alpha-1, IL-2, COVID-19, CD4+, HbA1c, 25(OH)D. A decimal point makes a figure.
_NAME = re.compile(
    r"(?<![\w.,])(?:"
    r"[^\W\d_]+(?:[-‑][^\W\d_]+)*[-‑]?\d+(?![.,]?\d)(?:[-‑]?[^\W_])*(?![.,]\d)"
    r"|\d+\(OH\)\w+"
    r"|\d+[-‑]hydroxy\w*"
    r"|\d+[-‑](?=[^\W\d_]*[A-Z][^\W\d_]*[A-Z])[^\W_]+"
    r"|[Pp]hase\s[1-4]|[Tt]ype\s[12]"
    r")(?![\d%])"
)
_SAYS_MORE = re.compile(r"[^\W\d_]|%")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A number that needs no token, as it is read, and why it needs none."""

    text: str
    reason: str


def read_allowed(lines: str) -> list[Allowed]:
    """Return the allow-list as it is stored: an entry a line, `text = reason`."""
    parts = (line.partition(BETWEEN) for line in lines.splitlines() if line.strip())
    return [Allowed(text.strip(), reason.strip()) for text, _, reason in parts]


def allowed_lines(entries: Iterable[Allowed]) -> str:
    """Return an allow-list as it is stored."""
    return "\n".join(f"{entry.text}{BETWEEN}{entry.reason}" for entry in entries)


def list_faults(entries: Sequence[Allowed]) -> Iterator[str]:
    """Yield what is wrong with an allow-list by itself."""
    if len(entries) > MOST_ALLOWED:
        yield f"Allows {len(entries)} numbers, at most {MOST_ALLOWED}: bind the others to findings."
    texts = [entry.text for entry in entries]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"Allows {text} more than once."
    for entry in entries:
        if BETWEEN in entry.text or not 0 < len(entry.text) <= LONGEST_TEXT:
            yield f"Allows {entry.text or 'nothing'}: 1 to {LONGEST_TEXT} characters, no “ = ”."
        elif not re.search(_DIGIT, entry.text) or not _SAYS_MORE.search(entry.text):
            yield f"Allows {entry.text}: must hold a number and the words beside it."
        if not SHORTEST_REASON <= len(entry.reason) <= LONGEST_REASON:
            yield f"Allows {entry.text} without a reason of 10 to {LONGEST_REASON} characters."


def stray_numbers(prose: Prose, allowed: Iterable[Allowed] = ()) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each number that is neither a name's nor allowed.

    >>> list(stray_numbers(Prose("IL-2 fell by 4.5 points", 3)))
    [(3, '4.5')]
    """
    text = prose.text
    for entry in allowed:
        text = _pattern(entry).sub(_blank, text)
    text = _NAME.sub(_blank, text)
    for number in _NUMBER.finditer(text):
        yield prose.line + text.count("\n", 0, number.start()), number[0].strip("+-")


def number_faults(
    title: str, summary: str, text: Document, allowed: Sequence[Allowed]
) -> list[tuple[int, str]]:
    """Return the line (0 for title, summary and the list) and fault of every number."""
    faults: list[tuple[int, str]] = []
    heads = {"title": Prose(title, 0), "summary": Prose(summary, 0)}
    for place, prose in heads.items():
        for _, number in stray_numbers(prose, allowed):
            faults.append((0, f"The {place} holds the number {number}, which no finding keeps."))
    for prose in text.prose:
        for line, number in stray_numbers(prose, allowed):
            why = "bind it to a finding by a token, or allow it with its reason"
            faults.append((line, f"Holds the number {number}: {why}."))
    read = [*heads.values(), *text.prose]
    faults += [
        (0, f"Allows {entry.text}, which stands nowhere in the article.")
        for entry in allowed
        if not any(_pattern(entry).search(prose.text) for prose in read)
    ]
    return faults


def _pattern(entry: Allowed) -> re.Pattern[str]:
    """Return what finds an allowed text, never as a part of a longer number or word."""
    words = r"\s+".join(map(re.escape, entry.text.split()))
    return re.compile(rf"(?<![\w.,]){words}(?![\w]|[.,]\d)")


def _blank(match: re.Match[str]) -> str:
    """Return as much space as was matched, so that lines and places stay."""
    return re.sub(r"[^\n]", " ", match[0])
