"""One made-up finding with a study and an outcome, to be varied by the tests of the synthesis.

Pain on a scale of points, lower is better, 2 points just matter. A randomised trial with nothing
to fault found 3 points less, with a standard error of 1: a benefit of 1.5 with s = 0.5.
"""

from dataclasses import replace

from evidence.synthesis import (
    Better,
    ComparatorKind,
    Concern,
    Concerns,
    Design,
    FindingFacts,
    Measure,
    Mid,
    OutcomeFacts,
    OutcomeKind,
    Result,
    StudyFacts,
)

Z95 = 1.959963985

PAIN = OutcomeFacts(
    slug="pain",
    kind=OutcomeKind.PATIENT_REPORTED,
    better=Better.LOWER,
    is_common_event=False,
    ratio_mid=None,
    mids=(Mid("points", -2.0),),
)
STRENGTH = replace(
    PAIN,
    slug="strength",
    kind=OutcomeKind.PERFORMANCE,
    better=Better.HIGHER,
    mids=(Mid("kg", 4.0),),
)
MARKER = replace(PAIN, slug="marker", kind=OutcomeKind.SURROGATE)

TRIAL = StudyFacts(
    key="s:trial", design=Design.RCT, year=2020, is_retracted=False, includes=frozenset()
)
REVIEW = replace(TRIAL, key="s:review", design=Design.META_ANALYSIS)

NO_CONCERNS = Concerns(
    risk_of_bias=Concern.NONE,
    inconsistency=Concern.NONE,
    indirectness=Concern.NONE,
    imprecision=Concern.NONE,
    publication_bias=Concern.NONE,
)

LESS_PAIN = FindingFacts(
    key="f-01",
    study=TRIAL,
    outcome=PAIN,
    comparator_kind=ComparatorKind.INACTIVE,
    is_combined=False,
    measure=Measure.MD,
    estimate=-3.0,
    ci_low=-3.0 - Z95,
    ci_high=-3.0 + Z95,
    ci_level=None,
    p=None,
    unit="points",
    n_participants=100,
    result=Result.BENEFIT,
    better=None,
    set_aside=None,
    is_independent=False,
    concerns=NO_CONCERNS,
)

WITHOUT_FIGURES = {
    "measure": None,
    "estimate": None,
    "ci_low": None,
    "ci_high": None,
    "ci_level": None,
    "p": None,
    "unit": None,
}


def a_finding(**changes):
    """Return the made-up finding with `changes`; names of concerns change its concerns."""
    concerns = {name: changes.pop(name) for name in NO_CONCERNS.__slots__ if name in changes}
    changes.setdefault("concerns", replace(NO_CONCERNS, **concerns))
    return replace(LESS_PAIN, **changes)


def a_study(**changes):
    """Return the made-up trial with `changes`."""
    return replace(TRIAL, **changes)


def a_null(**changes):
    """Return a null that was printed without any figure."""
    return a_finding(**{**WITHOUT_FIGURES, "result": Result.NO_CLEAR_DIFFERENCE, **changes})


def a_difference(y, s, **changes):
    """Return a finding on pain whose benefit is `y` with standard error `s`, in MID units."""
    estimate, reach = -2.0 * y, 2.0 * s * Z95
    figures = {"estimate": estimate, "ci_low": estimate - reach, "ci_high": estimate + reach}
    return a_finding(**{**figures, **changes})
