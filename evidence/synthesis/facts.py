"""What the synthesis is told: one finding with its study and outcome, as plain values."""

from dataclasses import dataclass
from math import isfinite

from evidence.synthesis.vocabulary import (
    Better,
    ComparatorKind,
    Concern,
    Design,
    Measure,
    OutcomeKind,
    Result,
)


class SynthesisError(ValueError):
    """Facts that entry should have refused reached the synthesis."""


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """One publication; `includes` holds the keys of the studies a review says it pools."""

    key: str
    design: Design
    year: int | None
    is_retracted: bool
    includes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mid:
    """One minimal important difference, signed: negative where lower is better.

    Raises SynthesisError at 0: nothing can be divided by it.
    """

    unit: str
    value: float

    def __post_init__(self) -> None:
        if not isfinite(self.value) or self.value == 0:
            raise SynthesisError(f"a MID must be a finite number other than 0, got {self.value}")


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What was measured; `ratio_mid` is a ratio, None where the default holds.

    Raises SynthesisError for a ratio MID that is not positive, or is 1.
    """

    slug: str
    kind: OutcomeKind
    better: Better
    is_common_event: bool
    ratio_mid: float | None
    mids: tuple[Mid, ...]

    def __post_init__(self) -> None:
        mid = self.ratio_mid
        if mid is not None and not (isfinite(mid) and mid > 0 and mid != 1):
            raise SynthesisError(f"a ratio MID must be above 0 and not 1, got {mid}")

    @property
    def is_surrogate(self) -> bool:
        """Whether it is a marker rather than something a person notices."""
        return self.kind is OutcomeKind.SURROGATE


@dataclass(frozen=True, slots=True)
class Concerns:
    """The five GRADE domains as a curator judged them."""

    risk_of_bias: Concern
    inconsistency: Concern
    indirectness: Concern
    imprecision: Concern
    publication_bias: Concern


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one finding as its source printed them; None where it printed none.

    Ratios are ratios, `ci_level` is per cent, `n_participants` the finding's own.
    """

    measure: Measure | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    p: float | None = None
    n_participants: int | None = None


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """One effect of one compound on one outcome, reported by one study.

    `better` is set only where the finding's scale runs against its outcome's; `set_aside` is a
    curator's reason for not counting it; `is_combined` says that the active arm had something
    more; `is_independent` that no review of the outcome contains it.
    """

    key: str
    study: StudyFacts
    outcome: OutcomeFacts
    comparator_kind: ComparatorKind
    is_combined: bool
    measure: Measure | None
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    ci_level: float | None
    p: float | None
    unit: str | None
    n_participants: int | None
    result: Result
    better: Better | None
    set_aside: str | None
    is_independent: bool
    concerns: Concerns

    @property
    def figures(self) -> Figures:
        """Its numbers alone, as entry checks them."""
        return Figures(
            measure=self.measure,
            estimate=self.estimate,
            ci_low=self.ci_low,
            ci_high=self.ci_high,
            ci_level=self.ci_level,
            p=self.p,
            n_participants=self.n_participants,
        )

    @property
    def direction(self) -> Better:
        """Which way is good on the finding's own scale."""
        return self.better or self.outcome.better
