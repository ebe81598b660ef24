"""What publication types and subject headings say of how a study was made, and of its fate.

The words are PubMed's; other sources print the same ones among their keywords.
"""

from collections.abc import Iterable

from evidence.synthesis import Design

# Best first: a paper may carry several.
_REVIEWS = {
    "network meta-analysis": Design.NETWORK_META_ANALYSIS,
    "meta-analysis": Design.META_ANALYSIS,
}
_TRIALS = {
    "randomized controlled trial": Design.RCT,
    "controlled clinical trial": Design.NON_RANDOMISED_TRIAL,
    "case reports": Design.CASE_SERIES,
    "case-control studies": Design.CASE_CONTROL,
    "cohort studies": Design.COHORT,
}
_CROSSOVER = "cross-over studies"
_VETERINARY = "randomized controlled trial, veterinary"
_BLINDING = {"double-blind method": "double-blind", "single-blind method": "single-blind"}
_NOTICES = {
    "retraction of publication": "Is a notice that retracts another publication, not a study.",
    "retraction notice": "Is a notice that retracts another publication, not a study.",
    "published erratum": "Is a correction of another publication, not a study.",
    "expression of concern": "Is an expression of concern about another publication, not a study.",
}
_RETRACTED = "retracted publication"


def design_of(words: Iterable[str]) -> Design | None:
    """Return the design that types and headings name, None if they name none."""
    said = _folded(words)
    for word, design in _REVIEWS.items():
        if word in said:
            return design
    if _VETERINARY in said or ("animals" in said and "humans" not in said):
        return Design.ANIMAL
    for word, design in _TRIALS.items():
        if word in said:
            is_crossover = design is Design.RCT and _CROSSOVER in said
            return Design.CROSSOVER_RCT if is_crossover else design
    return None


def blinding_of(words: Iterable[str]) -> str | None:
    """Return the code of the blinding that headings name, None if they name none."""
    said = _folded(words)
    return next((code for word, code in _BLINDING.items() if word in said), None)


def is_retracted(words: Iterable[str]) -> bool:
    """Say whether the types call the publication retracted."""
    return _RETRACTED in _folded(words)


def notice_in(words: Iterable[str]) -> str | None:
    """Return why this is no study but a notice about one, None if it is a study."""
    said = _folded(words)
    return next((why for word, why in _NOTICES.items() if word in said), None)


def _folded(words: Iterable[str]) -> set[str]:
    """Return headings in small letters, without the mark of a main topic or a qualifier."""
    return {word.partition("/")[0].strip(" *").casefold() for word in words}
