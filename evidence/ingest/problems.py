"""One thing wrong with one field of one file, said so that a curator can mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

# Steps from a file's outermost object to a field: keys, and positions in lists.
Place = tuple[str | int, ...]

_LONGEST_VALUE = 80
_LONGEST_LABEL = 40
# What a row calls itself, best first.
_LABELS = (
    "key", "slug", "code", "condition", "with_text", "region", "dose", "effect", "unit", "name"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; `field` is empty where it is the whole file."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.field, self.message) if part)


class InvalidFiles(Exception):
    """Files were refused; `problems` names every file and field that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def problem_at(file: str, content: object, place: Place, message: str) -> Problem:
    """Return a problem whose field reads `findings[3] (melatonin-04).ci_low`.

    `content` is the file as read from JSON or as a model; its rows give the names in brackets.
    """
    field, node = "", content
    for step in place:
        node = _child(node, step)
        if isinstance(step, int):
            field += f"[{step}]{_label(node)}"
        else:
            is_plain = step.isidentifier() and len(step) <= _LONGEST_LABEL
            name = step if is_plain else f"[{shown(step)}]"
            field += f".{name}" if field and not name.startswith("[") else name
    return Problem(file, field, message)


def shown(value: object) -> str:
    """Return `value` as a message quotes it: as JSON writes it, at most 80 characters."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST_VALUE:
        return f"a whole number of more than {_LONGEST_VALUE} digits"
    if isinstance(value, str):
        text = str(value)
        is_long = len(text) > _LONGEST_VALUE
        return repr(text[: _LONGEST_VALUE - 1] + "…" if is_long else text)
    return repr(value)


def _child(node: object, step: str | int) -> object:
    if isinstance(step, int):
        is_row = isinstance(node, Sequence) and not isinstance(node, str) and step < len(node)
        return node[step] if is_row else None  # type: ignore[index]
    if isinstance(node, BaseModel):
        return getattr(node, step, None)
    return node.get(step) if isinstance(node, Mapping) else None


def _label(row: object) -> str:
    """Return what the row calls itself, in brackets, or nothing."""
    if not isinstance(row, Mapping | BaseModel):
        return ""
    for name in _LABELS:
        text = _child(row, name)
        if isinstance(text, str) and text.strip() and text.isprintable():
            is_long = len(text) > _LONGEST_LABEL
            return f" ({text[: _LONGEST_LABEL - 1]}…)" if is_long else f" ({text})"
    return ""
