"""What the method page says of the method's closed lists, in their order; no figures in words."""

from dataclasses import dataclass

from evidence.choices import MidBasis
from evidence.figures import Link, source_links
from evidence.synthesis import Letter, NotCountedReason, Verdict
from evidence.synthesis.worked import VerdictRule

# The order is the order in which the reasons are tried; the first that fits is shown.
NOT_COUNTED = (
    (
        NotCountedReason.NOT_IN_PEOPLE,
        "What happens in animals and cells suggests what to test in people; it does not say"
        " what people get.",
    ),
    (NotCountedReason.RETRACTED, "Whoever published it no longer stands by it."),
    (
        NotCountedReason.SET_ASIDE,
        "A curator found a reason that no rule foresees, and the reason is printed beside it.",
    ),
    (
        NotCountedReason.NO_COMPARISON_GROUP,
        "Without a group that went without, time, chance and expectation look like an effect.",
    ),
    (
        NotCountedReason.COMPARED_WITH_ANOTHER_TREATMENT,
        "It tells which of the two is better, not whether either of them works.",
    ),
    (
        NotCountedReason.NO_USABLE_FIGURE,
        "A benefit or a harm was claimed without an estimate and its error: its size is unknown.",
    ),
    (
        NotCountedReason.NO_MID_IN_THIS_UNIT,
        "Nobody has said how much of it matters in this unit, and the study cannot be"
        " standardised by its own participants.",
    ),
    (
        NotCountedReason.OVERLAPS_ANOTHER_REVIEW,
        "Reviews of one question pool much the same trials, so one of them speaks: the newest;"
        " of equally new ones, the one with most participants.",
    ),
    (
        NotCountedReason.COUNTED_INSIDE_A_REVIEW,
        "The review that counts holds this trial already: it names it, or, if it names none, the"
        " trial is randomised, is no newer than the review, and no curator has checked that it"
        " stands apart.",
    ),
)

MID_BASES = (
    (
        MidBasis.PUBLISHED,
        "A study asked people what they notice, or a guideline panel agreed on a threshold.",
    ),
    (
        MidBasis.EVENT_EQUIVALENT,
        "For markers tied to illness by trials: the change that goes with an important change in"
        " events.",
    ),
    (
        MidBasis.FIFTH_OF_SD,
        "Nothing published could be found. A small share of the usual spread between people is a"
        " convention, not a measurement.",
    ),
    (MidBasis.GRADE_DEFAULT, "GRADE’s rough rule for a relative change in how often it happens."),
    (
        MidBasis.AS_MORTALITY,
        "An outcome as grave as death takes the threshold that holds for death.",
    ),
)
# Bases that were agreed on, not measured.
CONVENTIONS = {MidBasis.FIFTH_OF_SD, MidBasis.GRADE_DEFAULT, MidBasis.AS_MORTALITY}


@dataclass(frozen=True)
class VerdictRow:
    """One row of the table of verdicts: `rule` is a VerdictRule, or a code where nothing counts."""

    rule: str
    verdict: Verdict
    letters: tuple[Letter, ...]
    does_not_mean: str


VERDICTS = (
    VerdictRow(
        VerdictRule.LETTER_F,
        Verdict.HARM,
        (Letter.F,),
        "That everyone is harmed, or that any dose is. It is about this goal alone: side effects"
        " stand under safety.",
    ),
    VerdictRow(
        VerdictRule.VERY_LOW,
        Verdict.UNCLEAR,
        (Letter.D,),
        "That it does not work. Studies this weak could hide a benefit as well as a harm.",
    ),
    VerdictRow(
        VerdictRule.POSSIBLE_HARM,
        Verdict.POSSIBLE_HARM,
        (Letter.D,),
        "That harm is shown. It is the likelier reading of evidence that could still turn.",
    ),
    VerdictRow(
        VerdictRule.BENEFIT,
        Verdict.BENEFIT_THAT_MATTERS,
        (Letter.A, Letter.B),
        "That it will help you, that it is safe for you, or that more of it helps more.",
    ),
    VerdictRow(
        VerdictRule.POSSIBLE_BENEFIT,
        Verdict.POSSIBLE_BENEFIT,
        (Letter.C,),
        "That it works. Better trials often shrink such effects, or find none.",
    ),
    VerdictRow(
        VerdictRule.NO_BENEFIT,
        Verdict.NO_BENEFIT_THAT_MATTERS,
        (Letter.D,),
        "That nobody has looked, or that there is no effect whatever. It was tested, and a benefit"
        " large enough to matter is unlikely.",
    ),
    VerdictRow(
        VerdictRule.OTHERWISE,
        Verdict.UNCLEAR,
        (Letter.D,),
        "That the truth lies in the middle. The evidence leaves several answers open.",
    ),
    VerdictRow(
        "no-usable-figure",
        Verdict.STUDIED_NO_USABLE_FIGURE,
        (Letter.NOT_RATED,),
        "That the studies found nothing. What they reported is listed, only without a size.",
    ),
    VerdictRow(
        "never-controlled",
        Verdict.NO_PLACEBO_CONTROLLED_EVIDENCE,
        (Letter.NOT_RATED,),
        "That it was tested and failed. The comparison that could tell has not been published,"
        " or is not recorded here.",
    ),
)


@dataclass(frozen=True)
class Source:
    """A work that the method leans on, and for what."""

    title: str
    where: str
    source: str
    what_for: str

    @property
    def link(self) -> Link:
        """Where it can be read."""
        return source_links(self.source)[0]


SOURCES = (
    Source(
        "GRADE guidelines 13: preparing summary of findings tables and evidence profiles"
        " for continuous outcomes",
        "Guyatt and others, Journal of Clinical Epidemiology, 2013",
        "doi:10.1016/j.jclinepi.2012.08.001",
        "Effects in MID units as one way of presenting them, and the size of a small effect.",
    ),
    Source(
        "Bias modelling in evidence synthesis",
        "Turner, Spiegelhalter, Smith and Thompson, Journal of the Royal Statistical Society A,"
        " 2009",
        "doi:10.1111/j.1467-985X.2008.00547.x",
        "Weakening evidence by adding the variance of its possible bias. The sizes used here are"
        " our own conventions.",
    ),
    Source(
        "On a square-root transformation of the odds ratio for a common outcome",
        "VanderWeele, Epidemiology, 2017",
        "doi:10.1097/EDE.0000000000000733",
        "Reading the odds ratio of a common event as a risk ratio.",
    ),
    Source(
        "GRADE guidelines 26: informative statements to communicate the findings of systematic"
        " reviews of interventions",
        "Santesso and others, Journal of Clinical Epidemiology, 2020",
        "doi:10.1016/j.jclinepi.2019.10.014",
        "The wording of each statement by its certainty.",
    ),
    Source(
        "Review of Particle Physics",
        "Particle Data Group",
        "https://pdg.lbl.gov/",
        "Widening an average by the Birge ratio when its parts disagree.",
    ),
)
