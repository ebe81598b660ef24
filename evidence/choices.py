"""Every closed vocabulary of the evidence, once; the codes are those of the catalogue's files."""

from django.db import models


class OutcomeKind(models.TextChoices):
    """What sort of thing an outcome is; a surrogate counts half, safety never ranks."""

    CLINICAL = "clinical", "clinical"
    PATIENT_REPORTED = "patient-reported", "patient-reported"
    PERFORMANCE = "performance", "performance"
    SURROGATE = "surrogate", "marker (surrogate)"
    SAFETY = "safety", "safety"


class Better(models.TextChoices):
    """Which direction of a scale is better for the person."""

    LOWER = "lower", "lower is better"
    HIGHER = "higher", "higher is better"


class MidBasis(models.TextChoices):
    """Where a minimal important difference comes from."""

    PUBLISHED = "published-MID", "published MID"
    EVENT_EQUIVALENT = "event-equivalent", "as much as an important change in events"
    FIFTH_OF_SD = "0.2 SD", "a fifth of a standard deviation"
    GRADE_DEFAULT = "GRADE default", "GRADE's default"
    AS_MORTALITY = "as all-cause mortality", "as for all-cause mortality"


class Confidence(models.TextChoices):
    """How far a curator trusts a figure that is not an effect."""

    FAIR = "fair", "fair"
    LOW = "low", "low"


class CompoundClass(models.TextChoices):
    """What a compound is made of."""

    AMINO_ACID = "amino-acid", "amino acid"
    BOTANICAL = "botanical", "botanical"
    DRUG = "drug", "drug"
    FATTY_ACID = "fatty-acid", "fatty acid"
    FIBRE = "fibre", "fibre"
    HORMONE = "hormone", "hormone"
    MINERAL = "mineral", "mineral"
    OTHER = "other", "other"
    PEPTIDE = "peptide", "peptide"
    PROTEIN = "protein", "protein"
    VITAMIN = "vitamin", "vitamin"


class Route(models.TextChoices):
    """How a compound enters the body."""

    ORAL = "oral", "by mouth"
    SUBCUTANEOUS = "subcutaneous", "injected under the skin"
    INTRAMUSCULAR = "intramuscular", "injected into a muscle"
    INTRAVENOUS = "intravenous", "into a vein"
    INTRANASAL = "intranasal", "through the nose"
    TOPICAL = "topical", "on the skin or eye"


class LegalStatus(models.TextChoices):
    """What a regulator says of a compound in a region."""

    APPROVED_DRUG = "approved-drug", "approved medicine"
    PRESCRIPTION_ONLY = "prescription-only", "prescription only"
    DIETARY_SUPPLEMENT = "dietary-supplement", "dietary supplement"
    UNAPPROVED = "unapproved", "not approved"
    RESEARCH_ONLY = "research-only", "research use only"
    WITHDRAWN = "withdrawn", "withdrawn"
    BANNED_IN_SPORT = "banned-in-sport", "banned in sport"


class SourceQuality(models.TextChoices):
    """Whether a fact stands on an authoritative source."""

    PRIMARY = "primary", "authoritative source"
    UNTRACED = "untraced", "not yet traced to a primary source"


class SideEffectFrequency(models.TextChoices):
    """How often a side effect is reported."""

    COMMON = "common", "common"
    UNCOMMON = "uncommon", "uncommon"
    RARE = "rare", "rare"
    UNKNOWN = "unknown", "frequency not reported"


class SideEffectSeverity(models.TextChoices):
    """How bad a side effect is when it comes."""

    MILD = "mild", "mild"
    MODERATE = "moderate", "moderate"
    SEVERE = "severe", "severe"


class CautionLevel(models.TextChoices):
    """How firmly a condition speaks against a compound."""

    CONTRAINDICATED = "contraindicated", "contraindicated"
    AVOID = "avoid", "avoid"
    CAUTION = "caution", "caution"


class InteractionSeverity(models.TextChoices):
    """How serious an interaction with another compound or a medicine is."""

    MAJOR = "major", "major"
    MODERATE = "moderate", "moderate"
    MINOR = "minor", "minor"


class Design(models.TextChoices):
    """How a study was made."""

    META_ANALYSIS = "meta-analysis", "meta-analysis"
    NETWORK_META_ANALYSIS = "network-meta-analysis", "network meta-analysis"
    RCT = "rct", "randomised trial"
    CROSSOVER_RCT = "crossover-rct", "randomised crossover trial"
    NON_RANDOMISED_TRIAL = "non-randomised-trial", "non-randomised trial"
    SINGLE_ARM_TRIAL = "single-arm-trial", "single-arm trial"
    COHORT = "cohort", "cohort study"
    CASE_CONTROL = "case-control", "case-control study"
    CASE_SERIES = "case-series", "case series"
    ANIMAL = "animal", "animal study"
    IN_VITRO = "in-vitro", "laboratory study"


class Blinding(models.TextChoices):
    """Who knew which treatment was given."""

    DOUBLE_BLIND = "double-blind", "double-blind"
    SINGLE_BLIND = "single-blind", "single-blind"
    OPEN_LABEL = "open-label", "open-label"
    MIXED = "mixed", "mixed"
    UNKNOWN = "unknown", "not reported"


class StudyStatus(models.TextChoices):
    """Whether a publication still stands as printed."""

    PUBLISHED = "published", "published"
    CORRECTED = "corrected", "corrected"
    RETRACTED = "retracted", "retracted"


class Measure(models.TextChoices):
    """The scale of an effect estimate."""

    SMD = "SMD", "standardised mean difference"
    MD = "MD", "mean difference"
    RR = "RR", "risk ratio"
    OR = "OR", "odds ratio"
    HR = "HR", "hazard ratio"
    RD = "RD", "risk difference"
    PCT = "PCT", "percentage change"


# Measures whose null is 1 and that are pooled as logarithms.
RATIO_MEASURES = (Measure.RR, Measure.OR, Measure.HR)


class ComparatorKind(models.TextChoices):
    """What the other group received."""

    INACTIVE = "inactive", "placebo, nothing or usual care"
    ACTIVE = "active", "another treatment"
    NONE = "none", "no comparison group"


class Result(models.TextChoices):
    """What the interval says for the person."""

    BENEFIT = "benefit", "benefit"
    NO_CLEAR_DIFFERENCE = "no-clear-difference", "no clear difference"
    HARM = "harm", "harm"


class Concern(models.TextChoices):
    """A curator's judgement of one GRADE domain."""

    NONE = "none", "no concern"
    SERIOUS = "serious", "serious"
    VERY_SERIOUS = "very-serious", "very serious"
    UNKNOWN = "unknown", "not assessed"


class Certainty(models.TextChoices):
    """GRADE's four levels of certainty, best first."""

    HIGH = "high", "high"
    MODERATE = "moderate", "moderate"
    LOW = "low", "low"
    VERY_LOW = "very-low", "very low"


class FindingState(models.TextChoices):
    """How far a finding or an article is on its way to the public, and back."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in-review", "in review"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class ProposalState(models.TextChoices):
    """What became of a proposed change."""

    OPEN = "open", "waiting"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"


class Letter(models.TextChoices):
    """The letter of a profile; never shown without its verdict."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    F = "F", "F"
    NONE = "–", "–"


class Verdict(models.TextChoices):
    """What a profile says in words (method, section 5.10)."""

    BENEFIT = "benefit that matters", "benefit that matters"
    POSSIBLE_BENEFIT = "possible benefit", "possible benefit"
    UNCLEAR = "unclear", "unclear"
    NO_BENEFIT = "no benefit that matters", "no benefit that matters"
    POSSIBLE_HARM = "possible harm", "possible harm"
    HARM = "harm", "harm"
    NO_USABLE_FIGURE = "studied, no usable figure", "studied, no usable figure"
    NO_CONTROLLED = "no placebo-controlled evidence", "no placebo-controlled evidence"
