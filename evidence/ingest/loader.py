"""A folder of catalogue files becomes rows: all of it or nothing, and again without doubles."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.ingest import rows
from evidence.ingest.checks import GOALS_FILE, Known, check_catalogue
from evidence.ingest.problems import Problem
from evidence.ingest.reading import parse_json, read_compound, read_goals
from evidence.ingest.schema import CompoundFile, GoalsFile
from evidence.ingest.units import goals_with_stored_units, with_stored_units
from evidence.ingest.writing import Tally, Writer
from evidence.models import (
    Alias,
    Caution,
    Compound,
    Condition,
    Finding,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    OutcomeMid,
    Protocol,
    RegulatoryStatus,
    SideEffect,
    Study,
    UnitSynonym,
)
from evidence.publication import Publication, all_pairs, publish_change, system_user

Progress = Callable[[str], None]

CHILD_MODELS = {
    "regulatory": RegulatoryStatus,
    "protocols": Protocol,
    "side_effects": SideEffect,
}


class InvalidEvidence(Exception):
    """The folder was refused; `problems` names every file and field that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Catalogue:
    """The files of a folder, read and found good; units are as stored."""

    goals: GoalsFile | None
    compounds: tuple[CompoundFile, ...]


@dataclass(frozen=True)
class Loaded:
    """What a load did; `publication` is None where there was nothing to write."""

    tally: Tally
    publication: Publication | None


def read_folder(folder: Path) -> Catalogue:
    """Return the catalogue in `folder`, or raise InvalidEvidence with all its problems."""
    problems: list[Problem] = []
    goals, compounds, damaged = None, {}, {}
    files = sorted(folder.glob("compounds/*.json"))
    if (folder / GOALS_FILE).is_file():
        files.insert(0, folder / GOALS_FILE)
    if not files:
        raise InvalidEvidence([Problem(str(folder), "", "Holds no compounds/*.json.")])
    for path in files:
        name = path.relative_to(folder).as_posix()
        content, found = _parse(path, name)
        entry: Any = None
        if content is not None:
            read = read_goals if name == GOALS_FILE else read_compound
            entry, more = read(name, content)
            found = [*found, *more]
        problems += found
        if entry is None:
            damaged[name] = content
        elif name == GOALS_FILE:
            goals = entry
        else:
            compounds[name] = entry
    problems += check_catalogue(goals, compounds, _known(), damaged)
    if problems:
        raise InvalidEvidence(problems)
    synonyms = goals.unit_synonyms if goals else _synonyms()
    return Catalogue(
        goals_with_stored_units(goals, synonyms) if goals else None,
        tuple(with_stored_units(compound, synonyms) for compound in compounds.values()),
    )


@transaction.atomic
def load_catalogue(
    catalogue: Catalogue, *, draft: bool, overwrite: bool, progress: Progress | None = None
) -> Loaded:
    """Write a catalogue as the system user, as one evidence version.

    With `draft` new findings and compounds wait for a curator; otherwise they are public
    at once. Rows edited by a person are left and listed, unless `overwrite`.
    """
    user = system_user()
    writer = Writer(user, overwrite)
    pairs_before = all_pairs()
    if catalogue.goals:
        _write_goals(writer, catalogue.goals)
    ids = _Ids.read()
    _write_compounds(writer, catalogue, draft)
    ids.compounds = dict(Compound.objects.values_list("slug", "pk"))
    studies = [study for compound in catalogue.compounds for study in compound.studies]
    _write_studies(writer, {study.key: study for study in studies})
    ids.studies = dict(Study.objects.values_list("key", "pk"))
    for compound in catalogue.compounds:
        _write_children(writer, compound, ids)
        _write_findings(writer, compound, ids, draft)
        if progress:
            progress(compound.name)
    if not writer.tally.wrote:
        return Loaded(writer.tally, None)
    why = f"Loaded {len(catalogue.compounds)} compounds from files{' as drafts' * draft}"
    return Loaded(writer.tally, publish_change(by=user, why=why, pairs=pairs_before | all_pairs()))


@dataclass
class _Ids:
    """The ids that rows refer to, by code, slug or key."""

    outcomes: dict[str, int]
    conditions: dict[str, int]
    classes: dict[str, int]
    compounds: dict[str, int]
    studies: dict[str, int]

    @classmethod
    def read(cls) -> "_Ids":
        """Return the ids of what goals.json names; compounds and studies come later."""
        return cls(
            outcomes=dict(Outcome.objects.values_list("slug", "pk")),
            conditions=dict(Condition.objects.values_list("code", "pk")),
            classes=dict(MedicineClass.objects.values_list("code", "pk")),
            compounds={},
            studies={},
        )


def _parse(path: Path, name: str) -> tuple[object | None, list[Problem]]:
    """Return the JSON of one file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(name, "", f"Is not UTF-8 (byte {error.start}).")]
    return parse_json(name, text)


def _known() -> Known:
    """Return what the database holds, for folders that hold a part of the catalogue."""
    return Known(
        outcomes=set(Outcome.objects.values_list("slug", flat=True)),
        conditions=set(Condition.objects.values_list("code", flat=True)),
        medicine_classes=set(MedicineClass.objects.values_list("code", flat=True)),
        compounds=set(Compound.objects.values_list("slug", flat=True)),
        studies=set(Study.objects.values_list("key", flat=True)),
        unit_synonyms=_synonyms(),
        pmids=dict(Study.objects.exclude(pmid="").values_list("pmid", "key")),
        dois={
            doi.lower(): key for doi, key in Study.objects.exclude(doi="").values_list("doi", "key")
        },
        findings=dict(Finding.objects.values_list("key", "compound__slug")),
    )


def _synonyms() -> dict[str, str]:
    return dict(UnitSynonym.objects.values_list("printed", "stored"))


def _write_goals(writer: Writer, goals: GoalsFile) -> None:
    """Write what can be chosen and measured: classes, conditions, goals, outcomes, MIDs."""
    synonyms = {k: {"stored": v} for k, v in goals.unit_synonyms.items()}
    writer.keyed(UnitSynonym, "printed", synonyms)
    classes = writer.keyed(
        MedicineClass,
        "code",
        {e.code: {"name": e.name, "position": i} for i, e in enumerate(goals.medicine_classes)},
    )
    conditions = writer.keyed(
        Condition,
        "code",
        {
            e.code: {"name": e.name, "group": e.group, "position": i}
            for i, e in enumerate(goals.conditions)
        },
    )
    for condition in goals.conditions:
        wanted = [classes[code].pk for code in condition.medicine_classes]
        writer.links(conditions[condition.code], "medicine_classes", wanted)
    named = [(i, goal) for i, goal in enumerate(goals.goals) if goal.slug]
    stored = writer.keyed(
        Goal, "slug", {str(goal.slug): {"name": goal.name, "position": i} for i, goal in named}
    )
    outcomes = {
        entry.slug: rows.outcome_values(entry)
        | {"goal_id": stored[goal.slug].pk if goal.slug else None, "position": position}
        for goal in goals.goals
        for position, entry in enumerate(goal.outcomes)
    }
    written = writer.keyed(Outcome, "slug", outcomes)
    for goal in goals.goals:
        for entry in goal.outcomes:
            writer.children(OutcomeMid, written[entry.slug], "outcome", rows.mid_rows(entry))


def _write_compounds(writer: Writer, catalogue: Catalogue, draft: bool) -> None:
    """Write the compounds themselves; a compound that is public stays so."""
    public = {} if draft else {"published_at": timezone.now(), "published_by": writer.by}
    existing = set(Compound.objects.exclude(published_at=None).values_list("slug", flat=True))
    writer.keyed(
        Compound,
        "slug",
        {
            entry.slug: rows.compound_values(entry) | ({} if entry.slug in existing else public)
            for entry in catalogue.compounds
        },
    )


def _write_studies(writer: Writer, studies: dict[str, Any]) -> None:
    """Write the studies, then what each pools."""
    written = writer.keyed(
        Study, "key", {key: rows.study_values(entry) for key, entry in studies.items()}
    )
    ids = dict(Study.objects.values_list("key", "pk"))
    for key, entry in studies.items():
        if entry.includes:
            writer.links(written[key], "includes", [ids[other] for other in entry.includes])


def _write_children(writer: Writer, entry: CompoundFile, ids: _Ids) -> None:
    """Write the rows that belong to one compound alone."""
    compound = Compound.objects.filter(pk=ids.compounds.get(entry.slug)).first()
    if compound is None:
        return  # deleted by a person, and listed so
    writer.children(Alias, compound, "compound", [{"name": name} for name in entry.aliases])
    for part, model in CHILD_MODELS.items():
        writer.children(model, compound, "compound", rows.plain_rows(entry, part))
    cautions = [rows.caution_values(caution, ids.conditions) for caution in entry.cautions]
    writer.children(Caution, compound, "compound", cautions)
    interactions = [rows.interaction_values(one, ids.compounds) for one in entry.interactions]
    written = writer.children(Interaction, compound, "compound", interactions)
    stored = written or Interaction.objects.filter(compound=compound).order_by("position", "pk")
    for row, one in zip(stored, entry.interactions, strict=False):
        writer.links(row, "medicine_classes", [ids.classes[c] for c in one.medicine_classes])


def _write_findings(writer: Writer, entry: CompoundFile, ids: _Ids, draft: bool) -> None:
    """Write the findings of one compound; those that are public stay so."""
    if entry.slug not in ids.compounds:
        return
    public = {"state": "published", "published_at": timezone.now(), "published_by": writer.by}
    published = set(
        Finding.objects.filter(compound=ids.compounds[entry.slug])
        .published()
        .values_list("key", flat=True)
    )
    findings = {}
    for one in entry.findings:
        if draft and one.key in published:
            continue  # a draft load never changes what the public reads
        values = rows.finding_values(one) | {
            "compound_id": ids.compounds[entry.slug],
            "outcome_id": ids.outcomes[one.outcome],
            "study_id": ids.studies[one.study],
        }
        findings[one.key] = values | ({} if draft or one.key in published else public)
    writer.keyed(Finding, "key", findings)
