"""How evidence becomes a profile: numbers in, numbers out; no database, no clock, no state.

The words. A *study* is one publication; a *review* is a study that pools others (meta-analysis
or network meta-analysis). A *finding* is one effect of one compound on one *outcome*, which is
what was measured. A *concern* is one GRADE domain in doubt, and *certainty* the GRADE level that
is left: high, moderate, low or very low. A *benefit* is an effect divided by the smallest
difference that matters for its outcome (the MID): 1 is just enough to matter, positive is better
for the person. A *cluster* is the counted findings of one study, which share participants. A
*profile* is everything counted about one compound for one goal, synthesised.

Read in this order: `facts` (what goes in), `refusals` and `effects` (one finding → benefit),
`selection` (what counts), `grading` (how far to trust it), `pooling` (all of it together),
`verdicts` (in words), `profile` (the whole). `constants` has every number of the method.
"""

from evidence.synthesis.constants import CONSTANTS, METHOD_VERSION, Constant
from evidence.synthesis.effects import Basis, Effect, read_effect, signed_mid
from evidence.synthesis.facts import (
    Concerns,
    Figures,
    FindingFacts,
    Mid,
    OutcomeFacts,
    StudyFacts,
    SynthesisError,
)
from evidence.synthesis.grading import Downgrade, DowngradeCause, Grade, grade
from evidence.synthesis.pooling import CountedFinding
from evidence.synthesis.profile import ClusterShare, Profile, synthesise
from evidence.synthesis.refusals import Refusal, refusals
from evidence.synthesis.selection import NotCounted
from evidence.synthesis.verdicts import Size, StatementVerb, size_in_words, statement_verb
from evidence.synthesis.vocabulary import (
    Better,
    Certainty,
    ComparatorKind,
    Concern,
    Design,
    Domain,
    Letter,
    Measure,
    NotCountedReason,
    OutcomeKind,
    Result,
    Verdict,
)

__all__ = [
    "CONSTANTS",
    "METHOD_VERSION",
    "Basis",
    "Better",
    "Certainty",
    "ClusterShare",
    "ComparatorKind",
    "Concern",
    "Concerns",
    "Constant",
    "CountedFinding",
    "Design",
    "Domain",
    "Downgrade",
    "DowngradeCause",
    "Effect",
    "Figures",
    "FindingFacts",
    "Grade",
    "Letter",
    "Measure",
    "Mid",
    "NotCounted",
    "NotCountedReason",
    "OutcomeFacts",
    "OutcomeKind",
    "Profile",
    "Refusal",
    "Result",
    "Size",
    "StatementVerb",
    "StudyFacts",
    "SynthesisError",
    "Verdict",
    "grade",
    "read_effect",
    "refusals",
    "signed_mid",
    "size_in_words",
    "statement_verb",
    "synthesise",
]
