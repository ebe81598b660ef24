"""One key, one thing: what may be given only once over all files and the database."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from evidence.ingest.catalogue import GOALS_FILE, BrokenBetween, Catalogue
from evidence.ingest.problems import Place, shown
from evidence.ingest.schema import GoalsFile, StudyEntry

# A file, a place in it, and the value there; None where it is damaged.
_Given = tuple[str, Place, str | None]


def identity_rules(catalogue: Catalogue) -> BrokenBetween:
    """Yield every key, slug, name, PMID and DOI that stands for two things."""
    if catalogue.goals:
        for given in _given_in_goals(catalogue.goals):
            yield from _given_twice(given)
    yield from _compound_rules(catalogue)
    yield from _study_rules(catalogue)
    folder = {study.key for _, _, study in _studies(catalogue)}
    yield from _number_rules(catalogue, "pmid", _outside(catalogue.known.pmids, folder))
    yield from _number_rules(catalogue, "doi", _outside(catalogue.known.dois, folder))
    yield from _finding_rules(catalogue)


def _given_twice(given: Iterable[_Given]) -> BrokenBetween:
    first: dict[str, tuple[str, Place]] = {}
    for file, place, value in given:
        if value is None:
            continue
        other_file, other = first.setdefault(value, (file, place))
        if (other_file, other) != (file, place):
            message = f"{shown(value)} is already given at {_written(other)}"
            yield (
                file,
                place,
                f"{message}." if other_file == file else f"{message} of {other_file}.",
            )


def _written(place: Place) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in place]
    return "".join(steps).removeprefix(".")


def _given_in_goals(goals: GoalsFile) -> Iterator[list[_Given]]:
    """Yield one list for every kind of name that `goals.json` gives."""
    rows = list(enumerate(goals.goals))
    yield [(GOALS_FILE, ("goals", at, "slug"), goal.slug) for at, goal in rows]
    yield [(GOALS_FILE, ("goals", at, "name"), goal.name) for at, goal in rows]
    yield [
        (GOALS_FILE, ("goals", at, "outcomes", position, "slug"), outcome.slug)
        for at, goal in rows
        for position, outcome in enumerate(goal.outcomes)
    ]
    yield [
        (GOALS_FILE, ("conditions", at, "code"), condition.code)
        for at, condition in enumerate(goals.conditions)
    ]
    yield [
        (GOALS_FILE, ("medicine_classes", at, "code"), medicine_class.code)
        for at, medicine_class in enumerate(goals.medicine_classes)
    ]


def _compound_rules(catalogue: Catalogue) -> BrokenBetween:
    for file, compound in catalogue.files.items():
        stem = PurePosixPath(file).stem
        if compound.slug is not None and compound.slug != stem:
            message = f"Must be the name of the file, {shown(stem)}, got {shown(compound.slug)}."
            yield file, ("slug",), message
    files = catalogue.files.items()
    yield from _given_twice((file, ("slug",), compound.slug) for file, compound in files)
    yield from _given_twice((file, ("name",), compound.name) for file, compound in files)


def _studies(catalogue: Catalogue) -> Iterator[tuple[str, Place, StudyEntry]]:
    for file, compound in catalogue.files.items():
        for at, study in enumerate(compound.studies):
            if study.key is not None:
                yield file, ("studies", at), study


def _study_rules(catalogue: Catalogue) -> BrokenBetween:
    """A study may be given in several files if all say the same of it, and once in each."""
    first: dict[str, tuple[str, Place, StudyEntry]] = {}
    for file, place, study in _studies(catalogue):
        other_file, other_place, other = first.setdefault(study.key, (file, place, study))
        if other is study:
            continue
        if other_file == file:
            message = f"{shown(study.key)} is already given at {_written(other_place)}."
            yield file, (*place, "key"), message
            continue
        is_whole = not {file, other_file} & catalogue.damaged
        name = _first_difference(study, other, is_whole=is_whole)
        if name:
            here, there = shown(getattr(study, name)), shown(getattr(other, name))
            message = f"{other_file} says {there} of the same study, got {here}."
            yield file, (*place, name), message


def _first_difference(study: StudyEntry, other: StudyEntry, *, is_whole: bool) -> str | None:
    """Return the first field that differs; what may be lost to damage does not count."""
    for name in StudyEntry.model_fields:
        here, there = getattr(study, name), getattr(other, name)
        if here != there and (is_whole or (here and there)):
            return name
    return None


def _number_rules(catalogue: Catalogue, scheme: str, owners: dict[str, str]) -> BrokenBetween:
    """Yield every PMID or DOI (`scheme`) of two studies; DOIs are compared in small letters."""
    for file, place, study in _studies(catalogue):
        key_scheme, _, name = study.key.partition(":")
        number = getattr(study, scheme) or (name if key_scheme == scheme else None)
        if number is None:
            continue
        owner = owners.setdefault(number.casefold(), study.key)
        if owner != study.key:
            message = f"{shown(number)} is already that of the study {shown(owner)}."
            yield file, (*place, scheme), message


def _finding_rules(catalogue: Catalogue) -> BrokenBetween:
    given = [
        (file, ("findings", at, "key"), finding.key)
        for file, compound in catalogue.files.items()
        for at, finding in enumerate(compound.findings)
    ]
    yield from _given_twice(given)
    slugs = {compound.slug for compound in catalogue.files.values()}
    for file, place, key in given:
        owner = catalogue.known.findings.get(key)
        if owner is not None and owner not in slugs:
            message = f"{shown(key)} is already a finding on {shown(owner)} in the database."
            yield file, place, message


def _outside(owners: Mapping[str, str], keys: set[str]) -> dict[str, str]:
    """Return what the database says of studies that the folder itself does not give."""
    return {number: key for number, key in owners.items() if key not in keys}
