"""The shapes of the catalogue's files: one class a kind of row, one attribute a key.

`None` means unknown, never zero. A key with a default may be absent; every other must be there,
if only as null.
"""

from typing import Annotated

from pydantic import Field

from evidence.ingest import fields as f
from evidence.ingest.entry import FROM_JSON, Entry
from evidence.synthesis import (
    Better,
    Certainty,
    ComparatorKind,
    Concern,
    Design,
    Figures,
    Measure,
    OutcomeKind,
    Result,
)


class SourcedEntry(Entry):
    """A fact that says where it stands."""

    source: f.Text500 | None
    source_title: f.Text300 | None = None
    source_quality: f.SourceQuality


class RatioMidEntry(Entry):
    """The smallest ratio that matters, as a ratio."""

    mid: f.RatioMid
    basis: f.RatioMidBasis
    source: f.Text500 | None
    note: f.Lines | None


class MidEntry(Entry):
    """The smallest difference that matters in one unit, signed."""

    unit: f.OutcomeUnit
    mid: f.Mid
    basis: f.MidBasis
    source: f.Text500 | None
    note: f.Lines | None
    confidence: f.Confidence | None


class OutcomeEntry(Entry):
    """What a study measured."""

    slug: f.Slug
    name: f.Text120
    kind: Annotated[OutcomeKind, FROM_JSON]
    better: Annotated[Better, FROM_JSON]
    unit: f.OutcomeUnit
    common_event: bool
    ratio_mid: RatioMidEntry | None
    mids: Annotated[tuple[MidEntry, ...], FROM_JSON]


class GoalEntry(Entry):
    """A goal with its outcomes; `slug` is None for the outcomes outside every goal."""

    slug: f.Slug | None
    name: f.Text80
    outcomes: Annotated[tuple[OutcomeEntry, ...], FROM_JSON]


class ConditionEntry(Entry):
    """A health condition, and the classes of medicine that say the same."""

    code: f.Slug
    name: f.Text120
    group: f.Text60
    medicine_classes: Annotated[tuple[f.Slug, ...], FROM_JSON]


class MedicineClassEntry(Entry):
    """A class of medicines in plain words."""

    code: f.Slug
    name: f.Text120


class GoalsFile(Entry):
    """`goals.json`: what can be chosen, what is measured, and what difference matters."""

    conditions: Annotated[tuple[ConditionEntry, ...], FROM_JSON]
    unit_synonyms: dict[f.OutcomeUnit, f.OutcomeUnit]
    medicine_classes: Annotated[tuple[MedicineClassEntry, ...], FROM_JSON]
    goals: Annotated[tuple[GoalEntry, ...], FROM_JSON]


class IdentifiersEntry(Entry):
    """What other registers call a compound."""

    pubchem_cid: f.PubchemCid | None
    cas: f.Cas | None
    unii: f.Unii | None


class CostEntry(Entry):
    """The typical retail price of a month, in `currency`."""

    low: f.Price | None
    high: f.Price | None
    currency: f.Currency
    source: f.Text500 | None
    basis: f.Lines | None = None
    year: f.Year | None = None
    confidence: f.Confidence | None = None


class RegulatoryEntry(SourcedEntry):
    """What a regulator, or anti-doping rules, say in one region."""

    region: f.Region
    status: f.LegalStatus
    note: f.Lines | None


class ProtocolEntry(SourcedEntry):
    """A dose as trials used it; `low` and `high` are in `unit`."""

    route: f.Route
    dose: f.Text200
    low: f.Amount | None
    high: f.Amount | None
    unit: f.DoseUnit | None
    frequency: f.Text150 | None
    duration: f.Text150 | None
    population: f.Text250 | None


class SideEffectEntry(SourcedEntry):
    """An unwanted effect."""

    effect: f.Text250
    frequency: f.SideEffectFrequency
    severity: f.SideEffectSeverity


class CautionEntry(SourcedEntry):
    """A condition that speaks against a compound."""

    condition: f.CautionCondition
    level: f.CautionLevel
    reason: f.Text300
    sources_differ: f.Text300 | None = None


class InteractionEntry(SourcedEntry):
    """What happens together with another compound or a medicine; `with_text` names it always."""

    severity: f.InteractionSeverity
    effect: f.Text300
    compound: f.Slug | None
    medicine_classes: Annotated[tuple[f.Slug, ...], FROM_JSON]
    with_text: f.Text200


class StudyEntry(Entry):
    """One publication; `includes` holds the keys of the studies that it pools."""

    key: f.StudyKey
    pmid: f.Pmid | None
    doi: f.Doi | None
    registry: f.Text60 | None
    url: f.WebAddress | None = None
    title: f.Text600
    title_confirmed: bool
    year: f.Year | None
    journal: f.Text200 | None
    design: Annotated[Design, FROM_JSON]
    n_studies: f.Count | None
    n_participants: f.Count | None
    population: f.Text300 | None
    countries: f.Text200 | None
    blinding: f.Blinding
    funding: f.Text300 | None
    status: f.StudyStatus
    includes: Annotated[tuple[f.StudyKey, ...], FROM_JSON]


class ConcernsEntry(Entry):
    """The five GRADE domains."""

    risk_of_bias: Annotated[Concern, FROM_JSON]
    inconsistency: Annotated[Concern, FROM_JSON]
    indirectness: Annotated[Concern, FROM_JSON]
    imprecision: Annotated[Concern, FROM_JSON]
    publication_bias: Annotated[Concern, FROM_JSON]


class ConcernReasonsEntry(Entry):
    """Why a concern was judged as it was; the files of the starter catalogue say it in notes."""

    risk_of_bias: f.Text300 | None = None
    inconsistency: f.Text300 | None = None
    indirectness: f.Text300 | None = None
    imprecision: f.Text300 | None = None
    publication_bias: f.Text300 | None = None


class FindingEntry(Entry):
    """One effect on one outcome, with the sign its source printed."""

    key: f.FindingKey
    outcome: f.Slug
    study: f.StudyKey
    comparator: f.Text150
    comparator_kind: Annotated[ComparatorKind, FROM_JSON]
    combined_with: f.Text150 | None
    dose: f.Text150 | None
    duration: f.Text150 | None
    population: f.Text200 | None
    measure: Annotated[Measure | None, FROM_JSON]
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    ci_level: float | None
    p: float | None
    unit: f.FindingUnit | None
    # Its least value is the method's, so `refusals` holds it.
    n_participants: Annotated[int, Field(le=f.LARGEST_WHOLE_NUMBER)] | None
    n_studies: f.Count | None
    i2: f.Percentage | None
    result: Annotated[Result, FROM_JSON]
    grade_reported: Annotated[Certainty | None, FROM_JSON]
    concerns: ConcernsEntry
    concern_reasons: ConcernReasonsEntry = ConcernReasonsEntry()
    note: f.Lines | None
    better: Annotated[Better | None, FROM_JSON]
    set_aside: f.Text300 | None
    independent: bool

    @property
    def figures(self) -> Figures:
        """Its numbers alone."""
        return Figures(
            measure=self.measure,
            estimate=self.estimate,
            ci_low=self.ci_low,
            ci_high=self.ci_high,
            ci_level=self.ci_level,
            p=self.p,
            n_participants=self.n_participants,
        )


class CompoundFile(Entry):
    """`compounds/<slug>.json`: one compound with its studies and findings."""

    slug: f.Slug
    name: f.Text120
    aliases: Annotated[tuple[f.Text120, ...], FROM_JSON]
    compound_class: f.CompoundClass = Field(alias="class")
    identifiers: IdentifiersEntry
    summary: f.Lines
    mechanisms: Annotated[tuple[f.Prose, ...], FROM_JSON]
    routes: Annotated[tuple[f.Route, ...], FROM_JSON]
    cost_per_month: CostEntry
    regulatory: Annotated[tuple[RegulatoryEntry, ...], FROM_JSON]
    protocols: Annotated[tuple[ProtocolEntry, ...], FROM_JSON]
    side_effects: Annotated[tuple[SideEffectEntry, ...], FROM_JSON]
    cautions: Annotated[tuple[CautionEntry, ...], FROM_JSON]
    interactions: Annotated[tuple[InteractionEntry, ...], FROM_JSON]
    studies: Annotated[tuple[StudyEntry, ...], FROM_JSON]
    findings: Annotated[tuple[FindingEntry, ...], FROM_JSON]
