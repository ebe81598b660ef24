"""All files of a folder side by side, with the names that they may use of each other."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from evidence.ingest.problems import Place
from evidence.ingest.schema import CompoundFile, GoalsFile

GOALS_FILE = "goals.json"

# A file, a place in it, and the message of a broken rule.
BrokenBetween = Iterator[tuple[str, Place, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds already, for a folder that holds only a part of the catalogue.

    `pmids` and `dois` (in small letters) lead to the key of their study, `findings` from a
    finding's key to the slug of its compound.
    """

    outcomes: Set[str] = frozenset()
    conditions: Set[str] = frozenset()
    medicine_classes: Set[str] = frozenset()
    compounds: Set[str] = frozenset()
    studies: Set[str] = frozenset()
    unit_synonyms: Mapping[str, str] = field(default_factory=dict)
    pmids: Mapping[str, str] = field(default_factory=dict)
    dois: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The files, whole or salvaged, and the names in use; damaged names are left out.

    A set of names is None where `goals.json` lost it: then nothing counts as unknown.
    """

    goals: GoalsFile | None
    files: Mapping[str, CompoundFile]
    damaged: Set[str]
    known: Known
    outcomes: Set[str] | None
    conditions: Set[str] | None
    medicine_classes: Set[str] | None
    compounds: Set[str]
    studies: Set[str]

    def content(self, file: str) -> GoalsFile | CompoundFile | None:
        """Return what is in `file`."""
        return self.goals if file == GOALS_FILE else self.files[file]

    @property
    def unit_synonyms(self) -> dict[str, str]:
        """The table in force: the folder's entries over those of the database."""
        given = self.goals.unit_synonyms if self.goals else None
        return {**self.known.unit_synonyms, **(given or {})}


def gather(
    goals: GoalsFile | None,
    compounds: Mapping[str, CompoundFile],
    known: Known,
    damaged: Mapping[str, object],
) -> Catalogue:
    """Return the catalogue of a folder; `damaged` is as in `checks.check_catalogue`."""
    is_lost = goals is None and GOALS_FILE in damaged
    if is_lost:
        goals = GoalsFile.salvaged(damaged[GOALS_FILE])
    files = _files(compounds, damaged)
    outcomes, conditions, classes = _names_in_goals(goals)
    slugs = _undamaged(compound.slug for compound in files.values())
    studies = _undamaged(study.key for compound in files.values() for study in compound.studies)
    return Catalogue(
        goals=goals,
        files=files,
        damaged=damaged.keys(),
        known=known,
        outcomes=None if is_lost and not outcomes else outcomes | known.outcomes,
        conditions=None if is_lost and not conditions else conditions | known.conditions,
        medicine_classes=None if is_lost and not classes else classes | known.medicine_classes,
        compounds={PurePosixPath(file).stem for file in files} | slugs | known.compounds,
        studies=studies | known.studies,
    )


def _files(
    compounds: Mapping[str, CompoundFile], damaged: Mapping[str, object]
) -> dict[str, CompoundFile]:
    """Return all compounds' files in the order of their names, the damaged ones salvaged."""
    salvaged = {
        file: CompoundFile.salvaged(content)
        for file, content in damaged.items()
        if file != GOALS_FILE
    }
    return dict(sorted({**compounds, **salvaged}.items()))


def _names_in_goals(goals: GoalsFile | None) -> tuple[set[str], set[str], set[str]]:
    """Return the slugs of outcomes, the codes of conditions and those of medicine classes."""
    if goals is None:
        return set(), set(), set()
    return (
        _undamaged(outcome.slug for goal in goals.goals for outcome in goal.outcomes),
        _undamaged(condition.code for condition in goals.conditions),
        _undamaged(medicine_class.code for medicine_class in goals.medicine_classes),
    )


def _undamaged(names: Iterable[str | None]) -> set[str]:
    return {name for name in names if name is not None}
