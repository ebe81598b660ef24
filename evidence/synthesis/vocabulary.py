"""The closed vocabularies of the synthesis; codes are those of the catalogue's files."""

from enum import StrEnum
from typing import Self


class Design(StrEnum):
    """How a study was made, which decides where its certainty starts."""

    META_ANALYSIS = "meta-analysis"
    NETWORK_META_ANALYSIS = "network-meta-analysis"
    RCT = "rct"
    CROSSOVER_RCT = "crossover-rct"
    NON_RANDOMISED_TRIAL = "non-randomised-trial"
    SINGLE_ARM_TRIAL = "single-arm-trial"
    COHORT = "cohort"
    CASE_CONTROL = "case-control"
    CASE_SERIES = "case-series"
    ANIMAL = "animal"
    IN_VITRO = "in-vitro"

    @property
    def is_review(self) -> bool:
        """Whether the study pools others."""
        return self in (Design.META_ANALYSIS, Design.NETWORK_META_ANALYSIS)

    @property
    def is_randomised_trial(self) -> bool:
        """Whether the study is itself one randomised trial."""
        return self in (Design.RCT, Design.CROSSOVER_RCT)

    @property
    def is_in_people(self) -> bool:
        """Whether the study was made in people."""
        return self not in (Design.ANIMAL, Design.IN_VITRO)

    @property
    def is_parallel_group(self) -> bool:
        """Whether the study compares separate groups, so that its N splits into two arms."""
        return self in (
            Design.RCT,
            Design.NON_RANDOMISED_TRIAL,
            Design.COHORT,
            Design.CASE_CONTROL,
        )


class OutcomeKind(StrEnum):
    """What sort of thing an outcome measures."""

    CLINICAL = "clinical"
    PATIENT_REPORTED = "patient-reported"
    PERFORMANCE = "performance"
    SURROGATE = "surrogate"
    SAFETY = "safety"


class Better(StrEnum):
    """Which direction of a scale is good for the person."""

    LOWER = "lower"
    HIGHER = "higher"

    @property
    def sign(self) -> int:
        """+1 where higher is better, -1 where lower is."""
        return 1 if self is Better.HIGHER else -1


class Measure(StrEnum):
    """The kind of number a source printed."""

    SMD = "SMD"
    MD = "MD"
    PCT = "PCT"
    RD = "RD"
    RR = "RR"
    OR = "OR"
    HR = "HR"

    @property
    def is_ratio(self) -> bool:
        """Whether "no difference" is 1 and the scale is a logarithm."""
        return self in (Measure.RR, Measure.OR, Measure.HR)


class ComparatorKind(StrEnum):
    """What the compound was compared with."""

    INACTIVE = "inactive"
    ACTIVE = "active"
    NONE = "none"


class Result(StrEnum):
    """What the interval says for the person."""

    BENEFIT = "benefit"
    NO_CLEAR_DIFFERENCE = "no-clear-difference"
    HARM = "harm"


class Domain(StrEnum):
    """The five GRADE domains, named as the fields of `Concerns`."""

    RISK_OF_BIAS = "risk_of_bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication_bias"


class Concern(StrEnum):
    """How seriously one GRADE domain is in doubt; UNKNOWN means not assessed."""

    NONE = "none"
    SERIOUS = "serious"
    VERY_SERIOUS = "very-serious"
    UNKNOWN = "unknown"

    @property
    def levels(self) -> int:
        """How many levels of certainty it costs."""
        return {Concern.SERIOUS: 1, Concern.VERY_SERIOUS: 2}.get(self, 0)


class Certainty(StrEnum):
    """A GRADE level. Compare by `rank`: as text, "high" sorts before "low"."""

    VERY_LOW = "very-low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for very low to 3 for high."""
        return list(Certainty).index(self)

    def lowered(self, levels: int) -> Self:
        """Return the certainty `levels` lower, never below very low."""
        return list(type(self))[max(0, self.rank - levels)]

    def is_at_least(self, other: "Certainty") -> bool:
        """Whether it is `other` or better."""
        return self.rank >= other.rank


class NotCountedReason(StrEnum):
    """Why a finding is shown but not counted, in the words of the method."""

    NOT_IN_PEOPLE = "not in people"
    RETRACTED = "retracted"
    SET_ASIDE = "set aside"
    NO_COMPARISON_GROUP = "no comparison group"
    COMPARED_WITH_ANOTHER_TREATMENT = "compared with another treatment"
    NO_USABLE_FIGURE = "no usable figure"
    NO_MID_IN_THIS_UNIT = "no MID in this unit"
    OVERLAPS_ANOTHER_REVIEW = "overlaps another review"
    COUNTED_INSIDE_A_REVIEW = "counted inside a review"


class Letter(StrEnum):
    """The letter of a profile; never shown without its verdict."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    F = "F"
    NOT_RATED = "–"


class Verdict(StrEnum):
    """What a profile comes to, in the words of the method."""

    HARM = "harm"
    POSSIBLE_HARM = "possible harm"
    BENEFIT_THAT_MATTERS = "benefit that matters"
    POSSIBLE_BENEFIT = "possible benefit"
    NO_BENEFIT_THAT_MATTERS = "no benefit that matters"
    UNCLEAR = "unclear"
    STUDIED_NO_USABLE_FIGURE = "studied, no usable figure"
    NO_PLACEBO_CONTROLLED_EVIDENCE = "no placebo-controlled evidence"
