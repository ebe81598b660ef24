"""From the text of one file to its entry, or to everything that is wrong with it."""

import json
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evidence.ingest.entry import Entry
from evidence.ingest.problems import Place, Problem, problem_at, shown
from evidence.ingest.rules import Broken, compound_rules, goals_rules
from evidence.ingest.schema import CompoundFile, GoalsFile

AnyFile = TypeVar("AnyFile", bound=Entry)

# What pydantic calls a mistake -> what it wants instead, in the words of JSON.
_WANTED = {
    "string_type": "Must be text",
    "int_type": "Must be a whole number",
    "float_type": "Must be a number",
    "bool_type": "Must be true or false",
    "tuple_type": "Must be a list",
    "dict_type": "Must be an object",
    "model_type": "Must be an object",
    "date_type": "Must be a day such as 2026-11-22",
    "finite_number": "Must be a finite number",
    "string_unicode": "Holds half of a character pair (a lone surrogate)",
    "enum": "Must be {expected}",
    "literal_error": "Must be {expected}",
    "greater_than": "Must be above {gt:g}",
    "greater_than_equal": "Must be at least {ge:g}",
    "less_than_equal": "Must be at most {le:.12g}",
    "string_too_long": "Must be at most {max_length} characters long",
    "too_long": "Must be at most {max_length} characters long",
}


class NotANumber(float):
    """A NaN or Infinity of the text that `parse_json` has reported already."""


def parse_json(file: str, text: str) -> tuple[object | None, list[Problem]]:
    """Return the object that `text` holds, and what JSON itself forbids in it.

    None only if nothing could be read. A key given twice and a NaN are reported and reading goes
    on, so that the rest of the file is checked too.
    """
    doubled: list[tuple[object, str]] = []

    def to_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(key for key, _ in pairs)
            doubled.extend((found, key) for key in found if times[key] > 1)
        return found

    try:
        content = json.loads(text, object_pairs_hook=to_object, parse_constant=NotANumber)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        return None, [Problem(file, "", f"Is not valid JSON: {error.msg} ({where}).")]
    except (RecursionError, ValueError):
        message = "Cannot be read: nested too deeply, or a number of thousands of digits."
        return None, [Problem(file, "", message)]
    if not isinstance(content, dict):
        return None, [Problem(file, "", f"Must be an object, got {shown(content)}.")]
    return content, _json_problems(file, content, doubled)


def read_goals(file: str, content: object) -> tuple[GoalsFile | None, list[Problem]]:
    """Return `goals.json` as an entry, or None with every problem it has by itself."""
    return read_entry(GoalsFile, goals_rules, file, content)


def read_compound(file: str, content: object) -> tuple[CompoundFile | None, list[Problem]]:
    """Return a compound's file as an entry, or None with every problem it has by itself."""
    return read_entry(CompoundFile, compound_rules, file, content)


def read_entry(
    shape: type[AnyFile], rules: Callable[[AnyFile], Broken], file: str, content: object
) -> tuple[AnyFile | None, list[Problem]]:
    """Return `content` as an entry of this shape, or None with every problem it has by itself."""
    errors: list[ErrorDetails] = []
    try:
        entry = shape.model_validate(content)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # The rules see what is left, so that one mistake does not hide another.
        entry = shape.salvaged(content)
    problems = [
        problem_at(file, content, _place(error), _message(error))
        for error in errors
        if not isinstance(error["input"], NotANumber)
    ]
    damaged = {error["loc"] for error in errors}
    problems += [
        problem_at(file, content, place, message)
        for place, message in rules(entry)
        if place not in damaged
    ]
    return (None if errors or problems else entry), problems


def _place(error: ErrorDetails) -> Place:
    """Return where the error is; pydantic marks a mapping's key, rather than its value, so."""
    return tuple(step for step in error["loc"] if step != "[key]")


def _message(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "Is missing."
    if kind == "extra_forbidden":
        return "Is not a key of the format."
    wanted = _WANTED[kind].format(**context) if kind in _WANTED else error["msg"]
    return f"{wanted}, got {shown(error['input'])}."


def _json_problems(file: str, content: object, doubled: list[tuple[object, str]]) -> list[Problem]:
    """Name the keys given twice and the constants that are no JSON, wherever they are."""
    problems = []
    nodes: list[tuple[Place, object]] = [((), content)]
    while nodes:
        place, node = nodes.pop()
        if isinstance(node, NotANumber):
            message = f"Must be a finite number, got {float(node)}."
            problems.append(problem_at(file, content, place, message))
        elif isinstance(node, dict):
            message = "Is given more than once in the same object."
            problems += [
                problem_at(file, content, (*place, key), message)
                for owner, key in doubled
                if owner is node
            ]
            nodes.extend(((*place, key), child) for key, child in reversed(node.items()))
        elif isinstance(node, list):
            nodes.extend(((*place, index), child) for index, child in enumerate(node))
    return problems
