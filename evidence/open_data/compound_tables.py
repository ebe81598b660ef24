"""Tables of published compounds and what each owns: names, legal status, doses, safety."""

from django.db.models import Case, F, Prefetch, When

from evidence.choices import (
    CautionLevel,
    CompoundClass,
    Confidence,
    InteractionSeverity,
    LegalStatus,
    Route,
    SideEffectFrequency,
    SideEffectSeverity,
    SourceQuality,
)
from evidence.models import (
    Alias,
    Caution,
    Compound,
    Interaction,
    MedicineClass,
    Protocol,
    RegulatoryStatus,
    SideEffect,
)
from evidence.open_data.columns import (
    Column,
    Kind,
    Table,
    codes,
    codes_of,
    numbers,
    texts,
    wholes,
)

COMPOUND = texts("compound", "The compound's code.", path="compound.slug")
SOURCE = (
    texts("source", "Address, PMID or DOI of the source.", empty="not yet traced to a source"),
    texts("source_title", "The source's name.", empty="none is recorded"),
    codes("source_quality", "Whether the source is authoritative.", SourceQuality),
)
_DOLLARS = "that of the column cost_currency"


def _owned(model, *joined):
    """Return the question for rows that published compounds own, compound by compound."""

    def query(moment):
        rows = model.objects.filter(compound__published_at__lte=moment.at)
        rows = rows.select_related("compound", *joined)
        return rows.order_by("compound__slug", "position", "pk")

    return query


def _interactions(moment):
    """Ask for interactions; a compound that is a draft is named by the text alone."""
    is_public = When(other_compound__published_at__lte=moment.at, then=F("other_compound__slug"))
    classes = Prefetch("medicine_classes", MedicineClass.objects.order_by("position", "code"))
    rows = _owned(Interaction)(moment).prefetch_related(classes)
    return rows.annotate(other_slug=Case(is_public))


COMPOUNDS = Table(
    "compounds",
    "Supplements, peptides and medicines that are published here.",
    (
        texts("compound", "The compound's code.", path="slug"),
        texts("name", "What readers see."),
        codes("class", "What it is made of.", CompoundClass, path="compound_class"),
        texts("summary", "What it is, in a few sentences."),
        Column("mechanisms", Kind.TEXTS, "How it is thought to work, sentence by sentence."),
        Column("routes", Kind.TEXTS, "How it enters the body.", codes=codes_of(Route)),
        wholes(
            "pubchem_cid", "Its number at PubChem.", "a register's number", empty="none is recorded"
        ),
        texts("cas", "Its CAS number.", empty="none is recorded"),
        texts("unii", "Its UNII.", empty="none is recorded"),
        numbers("cost_low", "Typical retail price of a month, low.", _DOLLARS, empty="unknown"),
        numbers("cost_high", "Typical retail price of a month, high.", _DOLLARS, empty="unknown"),
        texts("cost_currency", "The currency of both, by its three letters."),
        texts("cost_basis", "How that price was worked out.", empty="not recorded"),
        texts("cost_source", "Where it stands.", empty="no source is recorded"),
        wholes("cost_year", "The year it is of.", "year", empty="not recorded"),
        codes("cost_confidence", "How far it is trusted.", Confidence, empty="not judged"),
    ),
    lambda moment: Compound.objects.published(moment.at).order_by("slug"),
)
ALIASES = Table(
    "aliases",
    "Other names of compounds.",
    (COMPOUND, texts("name", "Another name.")),
    _owned(Alias),
)
REGULATORY_STATUSES = Table(
    "regulatory_statuses",
    "What regulators and anti-doping rules say. No row for a region: nothing is recorded here.",
    (
        COMPOUND,
        texts("region", "Two letters of a country, EU, world, or sport for anti-doping rules."),
        codes("status", "What they say.", LegalStatus),
        texts("note", "What a curator noted.", empty="nothing was noted"),
        *SOURCE,
    ),
    _owned(RegulatoryStatus),
)
PROTOCOLS = Table(
    "protocols",
    "Doses as trials used them; never advice.",
    (
        COMPOUND,
        codes("route", "How it was given.", Route),
        texts("dose", "The dose as the trial printed it."),
        numbers("low", "Its lower end.", "that of the column unit", empty="not a number"),
        numbers("high", "Its upper end.", "that of the column unit", empty="not a number"),
        texts("unit", "The unit of both.", empty="no number, or none recorded"),
        texts("frequency", "How often.", empty="not recorded"),
        texts("duration", "For how long.", empty="not recorded"),
        texts("population", "Who took it.", empty="not recorded"),
        *SOURCE,
    ),
    _owned(Protocol),
)
SIDE_EFFECTS = Table(
    "side_effects",
    "Unwanted effects. No row: none recorded here, which is not to say that there are none.",
    (
        COMPOUND,
        texts("effect", "What happens."),
        codes("frequency", "How often it is reported.", SideEffectFrequency),
        codes("severity", "How bad it is when it comes.", SideEffectSeverity),
        *SOURCE,
    ),
    _owned(SideEffect),
)
CAUTIONS = Table(
    "cautions",
    "Conditions that speak against a compound. No row: none recorded here, which is not safe.",
    (
        COMPOUND,
        Column(
            "condition", Kind.TEXT, "The condition's code.", empty="a condition without a code",
            read=lambda row: row.condition and row.condition.code,
        ),
        texts("condition_name", "The condition in plain words."),
        codes("level", "How firmly it speaks against it.", CautionLevel),
        texts("reason", "Why."),
        texts("sources_differ", "A weaker reading of another source.", empty="none is recorded"),
        *SOURCE,
    ),
    _owned(Caution, "condition"),
)  # fmt: skip
INTERACTIONS = Table(
    "interactions",
    "What happens together with another compound or a medicine. No row: none recorded here.",
    (
        COMPOUND,
        texts("with_text", "What it interacts with, as the source says it."),
        Column(
            "other_compound", Kind.TEXT, "The other compound's code.",
            empty="not with a compound that is published here",
            path="other_slug",
        ),
        Column(
            "medicine_classes", Kind.TEXTS, "Classes of medicines that it is with.",
            read=lambda row: [one.code for one in row.medicine_classes.all()],
        ),
        codes("severity", "How serious it is.", InteractionSeverity),
        texts("effect", "What happens."),
        *SOURCE,
    ),
    _interactions,
)  # fmt: skip
