"""The catalogue's JSON → rows: a list of studies, or any object with such a list (`studies`)."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from evidence.imports.rows import MOST_ROWS, TOO_MANY, RawFile, RawRow, Remark
from evidence.ingest.problems import Problem, shown
from evidence.ingest.reading import parse_json

_STUDY = re.compile(r"studies\[(\d+)\](?: \(.*?\))?(?:\.(.+))?")
_SHAPE = "Must be a list of studies, or an object that holds one as studies"


def read_rows(text: str) -> RawFile:
    """Return the studies of a catalogue's file; refused as a whole if it is not JSON."""
    is_list = text.lstrip().startswith("[")
    try:
        if _count(json.loads(text)) > MOST_ROWS:
            return RawFile(problems=(TOO_MANY,))  # before each of them is looked into
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        cut = " It ends too early: it is cut off." if error.pos >= len(text.rstrip()) else ""
        return RawFile(problems=(f"Is not valid JSON: {error.msg} ({where}).{cut}",))
    except (RecursionError, ValueError):
        pass  # `parse_json` says which
    content, problems = parse_json("", f'{{"studies": {text}}}' if is_list else text)
    if not isinstance(content, dict):
        return RawFile(problems=tuple(problem.message for problem in problems))
    studies = content.get("studies")
    if not isinstance(studies, list):
        got = shown(studies) if "studies" in content else "no such key"
        return RawFile(problems=(f"{_SHAPE}, got {got}.",))
    if not studies:
        return RawFile(problems=("Holds no study.",))
    return RawFile(_rows(studies, _by_study(problems)))


def _count(content: object) -> int:
    studies = content.get("studies") if isinstance(content, dict) else content
    return len(studies) if isinstance(studies, list) else 0


def _rows(studies: list[object], problems: Mapping[int, list[Remark]]) -> Iterator[RawRow]:
    for at, study in enumerate(studies):
        found = problems.get(at, [])
        if isinstance(study, dict):
            yield RawRow(at + 1, study, tuple(found))
        else:
            message = f"Must be an object, got {shown(study)}."
            yield RawRow(at + 1, {}, (("", message), *found))


def _by_study(problems: list[Problem]) -> dict[int, list[Remark]]:
    """Return what JSON itself forbids by the study it stands in; what is outside one is let be."""
    found: dict[int, list[Remark]] = defaultdict(list)
    for problem in problems:
        if place := _STUDY.fullmatch(problem.field):
            found[int(place[1])].append((place[2] or "", problem.message))
    return found
