"""Figures that are refused wherever they enter: file, form or command. Nothing is guessed."""

from math import isfinite
from typing import NamedTuple

from evidence.synthesis.constants import FEWEST_PARTICIPANTS
from evidence.synthesis.facts import Figures


class Refusal(NamedTuple):
    """One thing wrong with one field, as a sentence for the person who entered it."""

    field: str
    message: str


def refusals(figures: Figures) -> list[Refusal]:
    """Return everything wrong with `figures`; an empty list means that they can be read.

    >>> from evidence.synthesis.vocabulary import Measure
    >>> refusals(Figures(measure=Measure.MD, estimate=-9.0, ci_low=-4.0, ci_high=-2.0))
    [Refusal(field='ci_low', message='The interval -4.0 to -2.0 does not contain -9.0.')]
    """
    not_finite = _not_finite(figures)
    if not_finite:
        return not_finite
    return [*_ratio_refusals(figures), *_interval_refusals(figures), *_other_refusals(figures)]


def _not_finite(figures: Figures) -> list[Refusal]:
    """Comparisons with NaN are all false, so it must be caught before anything is compared."""
    numbers = {
        "estimate": figures.estimate,
        "ci_low": figures.ci_low,
        "ci_high": figures.ci_high,
        "ci_level": figures.ci_level,
        "p": figures.p,
    }
    return [
        Refusal(field, f"Must be a finite number, got {value}.")
        for field, value in numbers.items()
        if value is not None and not isfinite(value)
    ]


def _ratio_refusals(figures: Figures) -> list[Refusal]:
    if figures.measure is None or not figures.measure.is_ratio:
        return []
    numbers = {
        "estimate": figures.estimate,
        "ci_low": figures.ci_low,
        "ci_high": figures.ci_high,
    }
    return [
        Refusal(field, f"A ratio must be above 0, got {value}.")
        for field, value in numbers.items()
        if value is not None and value <= 0
    ]


def _interval_refusals(figures: Figures) -> list[Refusal]:
    low, high, estimate = figures.ci_low, figures.ci_high, figures.estimate
    if low is None and high is None:
        return []
    if low is None:
        return [Refusal("ci_low", f"The lower bound is missing; the upper is {high}.")]
    if high is None:
        return [Refusal("ci_high", f"The upper bound is missing; the lower is {low}.")]
    if low >= high:
        return [Refusal("ci_low", f"Must lie below the upper bound {high}, got {low}.")]
    if estimate is not None and not low <= estimate <= high:
        field = "ci_low" if estimate < low else "ci_high"
        return [Refusal(field, f"The interval {low} to {high} does not contain {estimate}.")]
    return []


def _other_refusals(figures: Figures) -> list[Refusal]:
    found = []
    level, p, people = figures.ci_level, figures.p, figures.n_participants
    if level is not None and not 0 < level < 100:
        found.append(Refusal("ci_level", f"Must lie between 0 and 100, got {level}."))
    if p is not None and not 0 < p < 1:
        found.append(Refusal("p", f"Must lie between 0 and 1, neither included, got {p}."))
    if people is not None and people < FEWEST_PARTICIPANTS:
        message = f"Must be at least {FEWEST_PARTICIPANTS}, got {people}."
        found.append(Refusal("n_participants", message))
    return found
