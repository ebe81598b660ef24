"""What a folder holds becomes rows: all of it or nothing, and again without doubles.

The loader adds and mends; it takes nothing public away. A finding that is gone from the
files stays until a curator withdraws it, and each load lists it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.ingest import rows
from evidence.ingest.folder import Contents
from evidence.ingest.rows import Values
from evidence.ingest.schema import CompoundFile, GoalsFile
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
from evidence.publication import (
    Publication,
    all_pairs,
    publish_change,
    system_user,
    wait_for_turn,
)

Progress = Callable[[str], None]
Ids = dict[str, int]

CHILD_MODELS = {
    "regulatory": RegulatoryStatus,
    "protocols": Protocol,
    "side_effects": SideEffect,
}


@dataclass(frozen=True)
class Loaded:
    """What a load did; `publication` is None where nothing public changed."""

    tally: Tally
    publication: Publication | None


@transaction.atomic
def load_catalogue(
    contents: Contents, *, draft: bool, overwrite: bool, progress: Progress | None = None
) -> Loaded:
    """Write a catalogue as the system user, as one evidence version.

    With `draft` new findings and compounds wait for a curator and nothing public changes;
    otherwise they are public at once. Rows edited by a person are left and listed, unless
    `overwrite`.
    """
    wait_for_turn()
    pairs_before = all_pairs()
    load = _Load(Writer(system_user(), overwrite), draft, timezone.now())
    tally = load.writer.tally
    if contents.goals:
        load.write_goals(contents.goals)
    # Goals, outcomes and conditions know no draft: a new one is public at once.
    is_public = tally.wrote
    load.write_compounds(contents.compounds, progress)
    if not (is_public or (tally.wrote and not draft)):
        return Loaded(tally, None)
    why = f"Loaded {len(contents.compounds)} compounds from files{' as drafts' * draft}"
    pairs = pairs_before | all_pairs()
    return Loaded(tally, publish_change(by=load.writer.by, why=why, pairs=pairs))


@dataclass
class _Load:
    """One load under way: who writes, whether as drafts, and the moment it is public from."""

    writer: Writer
    draft: bool
    at: datetime

    def write_goals(self, goals: GoalsFile) -> None:
        """Write what can be chosen and measured: classes, conditions, goals, outcomes, MIDs."""
        synonyms = {printed: {"stored": unit} for printed, unit in goals.unit_synonyms.items()}
        self._shared(UnitSynonym, "printed", synonyms)
        classes = {entry.code: {"name": entry.name} for entry in goals.medicine_classes}
        self._shared(MedicineClass, "code", _in_order(classes))
        class_ids = _ids(MedicineClass, "code")
        conditions = {
            entry.code: rows.condition_values(entry, class_ids) for entry in goals.conditions
        }
        self._shared(Condition, "code", _in_order(conditions))
        named = {
            goal.slug: {"name": goal.name, "position": position}
            for position, goal in enumerate(goals.goals)
            if goal.slug
        }
        self._shared(Goal, "slug", named)
        goal_ids = _ids(Goal, "slug")
        public = self._kept_of(Outcome, "slug")
        outcomes = {
            entry.slug: rows.outcome_values(entry)
            | {"goal_id": goal_ids.get(goal.slug or ""), "position": position}
            for goal in goals.goals
            for position, entry in enumerate(goal.outcomes)
        }
        written = self.writer.keyed(Outcome, "slug", outcomes, public)
        for entry in (entry for goal in goals.goals for entry in goal.outcomes):
            if outcome := written.get(entry.slug):
                mids = rows.mid_rows(entry)
                is_kept = entry.slug in public
                self.writer.children(OutcomeMid, "outcome", outcome, mids, kept=is_kept)

    def write_compounds(self, entries: tuple[CompoundFile, ...], progress: Progress | None) -> None:
        """Write the compounds and all that is known of them; a deleted one stays deleted."""
        public = set(Compound.objects.exclude(published_at=None).values_list("slug", flat=True))
        values = {
            entry.slug: rows.compound_values(entry) | self._stamp(entry.slug in public)
            for entry in entries
        }
        compounds = self.writer.keyed(Compound, "slug", values, public if self.draft else ())
        self._write_studies(entries)
        self._write_findings(entries, {slug: row.pk for slug, row in compounds.items()})
        ids = _Ids(_ids(Compound, "slug"), _ids(Condition, "code"), _ids(MedicineClass, "code"))
        for entry in entries:
            if compound := compounds.get(entry.slug):
                self._write_children(entry, compound, ids)
            if progress:
                progress(entry.name)

    def _stamp(self, is_public: bool) -> Values:
        """Return what makes a compound or finding public, if it is to become so."""
        if self.draft or is_public:
            return {}
        return {"published_at": self.at, "published_by_id": self.writer.by.pk}

    def _write_studies(self, entries: Iterable[CompoundFile]) -> None:
        """Write the studies, then what each pools: for that, all of them must have an id."""
        studies = {study.key: study for entry in entries for study in entry.studies}
        kept: set[str] = set()
        if self.draft:
            public = Finding.objects.exclude(published_at=None)
            kept = set(public.values_list("study__key", flat=True))
        values = {key: rows.study_values(entry) for key, entry in studies.items()}
        written = self.writer.keyed(Study, "key", values, kept)
        ids = _ids(Study, "key")
        pooled = {
            key: {"includes": {ids[other] for other in studies[key].includes if other in ids}}
            for key in written
        }
        self.writer.keyed(Study, "key", pooled, kept)

    def _write_findings(self, entries: Iterable[CompoundFile], compounds: Ids) -> None:
        """Write the findings; those that are public stay so."""
        outcomes, studies = _ids(Outcome, "slug"), _ids(Study, "key")
        public = set(Finding.objects.exclude(published_at=None).values_list("key", flat=True))
        findings = {}
        named = {one.key for entry in entries for one in entry.findings}
        for entry in (entry for entry in entries if entry.slug in compounds):
            for one in entry.findings:
                if one.outcome not in outcomes or one.study not in studies:
                    why = "rests on an outcome or a study that a person deleted"
                    self.writer.leave(Finding, one.key, why)
                    continue
                stamp = self._stamp(one.key in public)
                findings[one.key] = rows.finding_values(one) | {
                    "compound_id": compounds[entry.slug],
                    "outcome_id": outcomes[one.outcome],
                    "study_id": studies[one.study],
                    **(stamp and {**stamp, "state": "published"}),
                }
        self.writer.keyed(Finding, "key", findings, public if self.draft else ())
        self._list_dropped(set(compounds.values()), named)

    def _list_dropped(self, compounds: set[int], named: set[str]) -> None:
        """List the loader's own findings on these compounds that the files no longer name."""
        edited = self.writer.edited(Finding)
        for pk, key, compound in Finding.objects.values_list("pk", "key", "compound"):
            if compound in compounds and key not in named and pk not in edited:
                self.writer.leave(Finding, key, "is no longer in the files")

    def _write_children(self, entry: CompoundFile, compound: Any, ids: "_Ids") -> None:
        """Write the rows that belong to one compound alone."""
        sets: dict[Any, list[Values]] = {
            Alias: [{"name": name} for name in entry.aliases],
            **{model: rows.plain_rows(entry, part) for part, model in CHILD_MODELS.items()},
            Interaction: [
                rows.interaction_values(one, ids.compounds, ids.classes)
                for one in entry.interactions
            ],
        }
        if {rows.condition_code(one) for one in entry.cautions} <= {None, *ids.conditions}:
            sets[Caution] = [rows.caution_values(one, ids.conditions) for one in entry.cautions]
        else:
            why = "names a condition that a person deleted"
            self.writer.leave_set(Caution, compound, why)
        is_kept = self.draft and compound.published_at is not None
        for model, values in sets.items():
            self.writer.children(model, "compound", compound, values, kept=is_kept)

    def _shared(self, model: Any, key: str, values: dict[str, Values]) -> None:
        """Write rows of a vocabulary that all compounds share."""
        self.writer.keyed(model, key, values, self._kept_of(model, key))

    def _kept_of(self, model: Any, key: str) -> set[str]:
        """Return the keys a load of drafts must leave: all there are, once anything is public."""
        if not self.draft:
            return set()
        public = (table.objects.exclude(published_at=None) for table in (Compound, Finding))
        return set(_ids(model, key)) if any(found.exists() for found in public) else set()


@dataclass(frozen=True)
class _Ids:
    """The ids that a compound's own rows refer to, by slug or code."""

    compounds: Ids
    conditions: Ids
    classes: Ids


def _ids(model: Any, key: str) -> Ids:
    return dict(model.objects.values_list(key, "pk"))


def _in_order(values: dict[Any, Values]) -> dict[Any, Values]:
    """Give each row its position in the file."""
    return {key: row | {"position": at} for at, (key, row) in enumerate(values.items())}
