"""Every constant of the method, once, with its unit and source; `CONSTANTS` lists them all.

Changing any of them means a new METHOD_VERSION, under which every profile is made again.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

METHOD_VERSION: Final = "1"

# Section 2, one finding. Ratios are given as ratios, never as logarithms.
# GRADE's rough default: a relative change of 20 to 25 % is worth noticing.
DEFAULT_RATIO_MID_LOWER: Final = 0.80
DEFAULT_RATIO_MID_HIGHER: Final = 1.25
# Standard deviations; Cohen's small effect. Rules 4 and 5 use it whatever the outcome's own row.
DEFAULT_SMD_MID: Final = 0.2
# Per cent, where a source prints an interval without saying of which level.
DEFAULT_CI_LEVEL: Final = 95.0
# The square root of an odds ratio approximates the risk ratio of a common event:
# VanderWeele 2017, doi:10.1097/EDE.0000000000000733.
COMMON_EVENT_EXPONENT: Final = 0.5
# People. A finding on fewer compares nothing and is refused at entry.
FEWEST_PARTICIPANTS: Final = 2

# Section 4, possible bias, standard deviations in MID units: declared conventions, in the way of
# Turner, Spiegelhalter, Smith & Thompson 2009, doi:10.1111/j.1467-985X.2008.00547.x.
BIAS_OF_ANY_STUDY: Final = 0.25
BIAS_IF_SERIOUS: Final = 0.75
BIAS_IF_VERY_SERIOUS: Final = 1.50
BIAS_IF_RISK_UNASSESSED: Final = 0.50
BIAS_IF_START_LOW: Final = 1.5
BIAS_IF_START_VERY_LOW: Final = 2.5

# Section 5, one profile.
SURROGATE_SHARE: Final = 0.5
BENEFIT_CAP: Final = 5.0  # MID units
# Steadies the Birge ratio (Particle Data Group) while clusters are few.
PRIOR_DEGREES_OF_FREEDOM: Final = 3
# MID units: one chance in four of an important benefit, and the same of harm.
PRIOR_SD: Final = 1.5
# Standard normal quantiles as the method prints them: 80 % one-sided, 95 % two-sided.
Z_DEPENDABLE: Final = 0.841621
Z_INTERVAL: Final = 1.959964
# MID units, by definition of the MID: just enough to matter.
IMPORTANT: Final = 1.0
BODY_LEVEL_SHARE: Final = 0.5

# Sections 5.9 and 5.10: probabilities at which letters and verdicts change.
P_MATTERS_A: Final = 0.90
P_MATTERS_B: Final = 0.75
P_MATTERS_C: Final = 0.50
P_MATTERS_UNLIKELY: Final = 0.10
P_HARM_F: Final = 0.75
P_HARM_POSSIBLE: Final = 0.50
PARTICIPANTS_OF_A_TELLING_NULL: Final = 400

# Section 5.11: where |mean| (MID units) starts to be called small, moderate, large.
SIZE_SMALL: Final = 1.0
SIZE_MODERATE: Final = 2.0
SIZE_LARGE: Final = 3.5


@dataclass(frozen=True, slots=True)
class MethodVersion:
    """One state of the method: since when it holds, and what it changed, in sentences."""

    version: str
    since: date
    change: str


# Newest first. Whoever raises METHOD_VERSION says here what became different.
METHOD_HISTORY: Final[tuple[MethodVersion, ...]] = (
    MethodVersion("1", date(2026, 11, 22), "The first version; nothing came before it."),
)


@dataclass(frozen=True, slots=True)
class Constant:
    """One row of the method page: `section` is the method's, `source` a doi or empty."""

    value: float
    unit: str
    meaning: str
    section: str
    source: str = ""


_GRADE_MID = "doi:10.1016/j.jclinepi.2012.08.001"
_VANDERWEELE = "doi:10.1097/EDE.0000000000000733"
_TURNER = "doi:10.1111/j.1467-985X.2008.00547.x"

CONSTANTS: Final[tuple[Constant, ...]] = (
    Constant(DEFAULT_RATIO_MID_LOWER, "ratio", "default MID where lower is better", "2.2"),
    Constant(DEFAULT_RATIO_MID_HIGHER, "ratio", "default MID where higher is better", "2.2"),
    Constant(DEFAULT_SMD_MID, "SD", "default MID of a standardised difference", "2.2", _GRADE_MID),
    Constant(DEFAULT_CI_LEVEL, "%", "level of an interval printed without one", "2.1"),
    Constant(
        COMMON_EVENT_EXPONENT,
        "exponent",
        "turns the odds ratio of a common event into a risk ratio",
        "2",
        _VANDERWEELE,
    ),
    Constant(FEWEST_PARTICIPANTS, "people", "fewest participants a finding may have", "2.6"),
    Constant(BIAS_OF_ANY_STUDY, "MID", "possible bias of any finding", "4", _TURNER),
    Constant(BIAS_IF_SERIOUS, "MID", "possible bias of a serious concern", "4", _TURNER),
    Constant(BIAS_IF_VERY_SERIOUS, "MID", "possible bias of a very serious concern", "4", _TURNER),
    Constant(BIAS_IF_RISK_UNASSESSED, "MID", "possible bias if nobody assessed it", "4", _TURNER),
    Constant(BIAS_IF_START_LOW, "MID", "possible bias without randomisation", "4", _TURNER),
    Constant(BIAS_IF_START_VERY_LOW, "MID", "possible bias of a case series", "4", _TURNER),
    Constant(SURROGATE_SHARE, "share", "share of a surrogate outcome in its cluster", "5.1"),
    Constant(BENEFIT_CAP, "MID", "most that one cluster can show, either way", "5.1"),
    Constant(PRIOR_DEGREES_OF_FREEDOM, "number", "prior degrees of freedom of disagreement", "5.2"),
    Constant(PRIOR_SD, "MID", "standard deviation of the sceptical prior", "5.3"),
    Constant(Z_DEPENDABLE, "sd", "how far the dependable benefit lies below the mean", "5.5"),
    Constant(Z_INTERVAL, "sd", "half the width of a 95 % interval", "4, 5.7"),
    Constant(IMPORTANT, "MID", "smallest benefit, or harm, that matters", "5.6"),
    Constant(BODY_LEVEL_SHARE, "share", "share of weight that settles the body level", "5.7"),
    Constant(P_MATTERS_A, "probability", "least chance of an important benefit for an A", "5.9"),
    Constant(
        P_MATTERS_B,
        "probability",
        "least chance of an important benefit for a B, and for “benefit that matters”",
        "5.9, 5.10",
    ),
    Constant(
        P_MATTERS_C,
        "probability",
        "least chance of an important benefit for a C, and for “possible benefit”",
        "5.9, 5.10",
    ),
    Constant(
        P_MATTERS_UNLIKELY,
        "probability",
        "largest chance of an important benefit for “no benefit that matters”",
        "5.10",
    ),
    Constant(P_HARM_F, "probability", "least chance of an important harm for an F", "5.9"),
    Constant(
        P_HARM_POSSIBLE,
        "probability",
        "least chance of an important harm for “possible harm”",
        "5.10",
    ),
    Constant(
        PARTICIPANTS_OF_A_TELLING_NULL,
        "people",
        "fewest participants that make a null without a printed estimate tell something",
        "5.10",
    ),
    Constant(SIZE_SMALL, "MID", "effects below this are little or none", "5.11"),
    Constant(SIZE_MODERATE, "MID", "effects below this are small", "5.11"),
    Constant(SIZE_LARGE, "MID", "effects below this are moderate, all others large", "5.11"),
)
