"""A folder of catalogue files is read as a whole: good contents, or every problem in it."""

from dataclasses import dataclass
from pathlib import Path

from evidence.ingest.checks import GOALS_FILE, Known, check_catalogue
from evidence.ingest.problems import InvalidFiles, Problem
from evidence.ingest.reading import parse_json, read_compound, read_goals
from evidence.ingest.schema import CompoundFile, GoalsFile
from evidence.ingest.units import goals_with_stored_units, with_stored_units
from evidence.models import (
    Compound,
    Condition,
    Finding,
    MedicineClass,
    Outcome,
    Study,
    UnitSynonym,
)


class InvalidEvidence(InvalidFiles):
    """The folder was refused."""


@dataclass(frozen=True)
class Contents:
    """The files of a folder, read and found good; units are as stored."""

    goals: GoalsFile | None
    compounds: tuple[CompoundFile, ...]


def read_folder(folder: Path) -> Contents:
    """Return what is in `folder`, or raise InvalidEvidence with all its problems."""
    problems: list[Problem] = []
    goals, compounds, damaged = None, {}, {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        content, found = _parse(path, name)
        entry: GoalsFile | CompoundFile | None = None
        if content is not None:
            read = read_goals if name == GOALS_FILE else read_compound
            entry, more = read(name, content)
            found = [*found, *more]
        problems += found
        if entry is None:
            damaged[name] = content
        elif isinstance(entry, GoalsFile):
            goals = entry
        else:
            compounds[name] = entry
    known = known_already()
    problems += check_catalogue(goals, compounds, known, damaged)
    if problems:
        raise InvalidEvidence(problems)
    synonyms = {**known.unit_synonyms, **(goals.unit_synonyms if goals else {})}
    return Contents(
        goals_with_stored_units(goals, synonyms) if goals else None,
        tuple(with_stored_units(compound, synonyms) for compound in compounds.values()),
    )


def known_already() -> Known:
    """Return what the database holds, for folders that hold a part of the catalogue."""
    dois = Study.objects.exclude(doi="").values_list("doi", "key")
    return Known(
        outcomes=set(Outcome.objects.values_list("slug", flat=True)),
        conditions=set(Condition.objects.values_list("code", flat=True)),
        medicine_classes=set(MedicineClass.objects.values_list("code", flat=True)),
        compounds=set(Compound.objects.values_list("slug", flat=True)),
        studies=set(Study.objects.values_list("key", flat=True)),
        unit_synonyms=dict(UnitSynonym.objects.values_list("printed", "stored")),
        pmids=dict(Study.objects.exclude(pmid="").values_list("pmid", "key")),
        dois={doi.lower(): key for doi, key in dois},
        findings=dict(Finding.objects.values_list("key", "compound__slug")),
    )


def _files(folder: Path) -> list[Path]:
    """Return the files to read, goals first; refuse a folder without any."""
    files = sorted(folder.glob("compounds/*.json"))
    if (folder / GOALS_FILE).exists():
        files.insert(0, folder / GOALS_FILE)
    if not files:
        what = "Holds neither goals.json nor compounds/*.json."
        raise InvalidEvidence([Problem(str(folder), "", what)])
    return files


def _parse(path: Path, name: str) -> tuple[object | None, list[Problem]]:
    """Return the JSON of one file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(name, "", f"Is not UTF-8 (byte {error.start}).")]
    except OSError as error:
        return None, [Problem(name, "", f"Cannot be read: {error.strerror}.")]
    return parse_json(name, text)
