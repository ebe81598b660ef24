"""Tables of what was studied and what was found: studies behind published findings, and those."""

from django.db.models import Prefetch

from evidence.choices import (
    Better,
    Blinding,
    Certainty,
    ComparatorKind,
    Concern,
    Design,
    Measure,
    Result,
    StudyStatus,
)
from evidence.models import Finding, Study
from evidence.open_data.columns import (
    Column,
    Kind,
    Table,
    codes,
    numbers,
    texts,
    wholes,
)

_OWN = "that of the column unit; a ratio has none"
_UNPRINTED = "the source does not print it"


def studies_at(moment):
    """Return the public studies with those public ones that they pool."""
    # Only keys are read of what a review pools.
    pooled = Prefetch("includes", Study.objects.public().only("key").order_by("key"))
    return Study.objects.public().prefetch_related(pooled).order_by("key")


def findings_at(moment):
    """Return the published findings of published compounds."""
    rows = Finding.objects.published(moment.at).filter(compound__published_at__lte=moment.at)
    return rows.select_related("compound", "outcome__goal", "study").order_by("key")


def _concern(name):
    words = name.replace("_", " ")
    return codes(name, f"GRADE: a curator's concern about {words}.", Concern)


STUDIES = Table(
    "studies",
    "Publications that a published finding rests on.",
    (
        texts("study", "The study's key: pmid:…, doi:…, registry:… or untraced:….", path="key"),
        texts("pmid", "Its PMID.", empty="none is recorded"),
        texts("doi", "Its DOI.", empty="none is recorded"),
        texts("registry", "Its registration.", empty="none is recorded"),
        texts("url", "Its address elsewhere.", empty="none is recorded"),
        texts("title", "Its title, or our description of it."),
        Column("is_title_confirmed", Kind.YES_NO, "Whether the title is the publication's own."),
        wholes("year", "The year of publication.", "year", empty="unknown"),
        texts("journal", "Where it was published.", empty="unknown"),
        codes("design", "How it was made.", Design),
        wholes("n_studies", "Studies that it pools.", "studies", empty="unknown, or not a review"),
        wholes("n_participants", "Who took part.", "people", empty="unknown"),
        texts("population", "Who they were.", empty="not recorded"),
        texts("countries", "Where it was made.", empty="not recorded"),
        codes("blinding", "Who knew which treatment was given.", Blinding),
        texts("funding", "Who paid for it.", empty="not recorded"),
        codes("status", "Whether it still stands as printed; a retracted one never counts.",
              StudyStatus),
        Column("pools", Kind.TEXTS, "Keys of the studies in this table that it pools.",
               read=lambda row: [one.key for one in row.includes.all()]),
    ),
    studies_at,
)  # fmt: skip
FINDINGS = Table(
    "findings",
    "One effect of one compound on one outcome, as one study reported it and with its own sign.",
    (
        texts("finding", "The finding's key.", path="key"),
        texts("compound", "The compound.", path="compound.slug"),
        texts("outcome", "The outcome.", path="outcome.slug"),
        Column("goal", Kind.TEXT, "The goal that the outcome serves.", empty="it serves none",
               read=lambda row: row.outcome.goal and row.outcome.goal.slug),
        texts("study", "The study's key.", path="study.key"),
        texts("comparator", "What the other group received."),
        codes("comparator_kind", "What sort of comparison that is.", ComparatorKind),
        texts("combined_with", "What only the active group received besides.", empty="nothing"),
        texts("dose", "The dose.", empty="not recorded"),
        texts("duration", "For how long.", empty="not recorded"),
        texts("population", "In whom.", empty="not recorded"),
        codes("measure", "The scale of the estimate.", Measure, empty="only a direction is known"),
        numbers("estimate", "The effect; ratios as ratios.", _OWN, empty=_UNPRINTED),
        numbers("ci_low", "Lower bound of its interval.", _OWN, empty=_UNPRINTED),
        numbers("ci_high", "Upper bound of its interval.", _OWN, empty=_UNPRINTED),
        numbers("ci_level", "The interval's level.", "per cent", empty="95"),
        numbers("p", "Two-sided p.", "probability", empty=_UNPRINTED),
        texts("unit", "The unit of estimate and bounds.", empty="a ratio, or no number"),
        wholes("n_participants", "Who is in this comparison.", "people", empty="unknown"),
        wholes("n_studies", "Studies pooled for it.", "studies", empty="unknown, or not pooled"),
        numbers("i2", "I², how far those disagree.", "per cent", empty=_UNPRINTED),
        codes("result", "What the interval says for the person.", Result),
        codes("better", "The better direction on this scale.", Better,
              empty="as the outcome says"),
        *(_concern(name) for name in (
            "risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias",
        )),
        codes("grade_reported", "Certainty that the source itself gives.", Certainty,
              empty="it gives none"),
        texts("note", "What a curator noted.", empty="nothing was noted"),
        texts("set_aside", "Why a curator does not count it.", empty="it was not set aside"),
        Column("is_independent", Kind.YES_NO,
               "Whether it was checked that no review of this outcome contains the study."),
    ),
    findings_at,
)  # fmt: skip
