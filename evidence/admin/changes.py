"""Two versions of a row side by side, for staff; long texts line by line."""

from dataclasses import dataclass
from difflib import ndiff

# A text that is longer is compared by its lines: nobody finds a word in two pages.
LONGEST_WHOLE_TEXT = 300
LINES_AROUND = 1
MARKS = {"+ ": "added", "- ": "removed", "  ": "same"}


@dataclass(frozen=True)
class ShownChange:
    """One column that differs; `lines` are (kind, text) where it is a long text."""

    label: str
    before: str
    after: str
    lines: tuple[tuple[str, str], ...] = ()


def shown_changes(changes):
    """Return changes (evidence.differences.Change) as a page shows them."""
    return [
        ShownChange(one.label, one.before, one.after, text_changes(one.before, one.after))
        for one in changes
    ]


def text_changes(before, after):
    """Return the lines of a long text that differ, each with its neighbours; else nothing.

    >>> text_changes("a", "b")
    ()
    """
    is_long = max(len(before), len(after)) > LONGEST_WHOLE_TEXT
    if not is_long and "\n" not in before and "\n" not in after:
        return ()
    found = [
        (MARKS[line[:2]], line[2:])
        for line in ndiff(before.splitlines(), after.splitlines())
        if line[:2] in MARKS
    ]
    return tuple(_near_changes(found))


def _near_changes(lines):
    """Yield the lines that changed and those around them, and a gap for what is left out."""
    changed = [number for number, (kind, _) in enumerate(lines) if kind != "same"]
    kept = {
        near
        for number in changed
        for near in range(number - LINES_AROUND, number + LINES_AROUND + 1)
        if 0 <= near < len(lines)
    }
    last = -1
    for number in sorted(kept):
        if number > last + 1:
            yield "gap", "…"
        yield lines[number]
        last = number
    if lines and last < len(lines) - 1:
        yield "gap", "…"
