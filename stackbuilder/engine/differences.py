"""Which of several benefits is the larger, and how sure one can be that it is.

The order goes by the dependable benefit, as everywhere on the site. Whether two can be *told
apart* is another question: each true benefit is taken as Normal(mean, sd) and the two as
independent of each other, and what is asked is how likely the one is above the other. The first
in the order is never told to be the lower one: where its dependable benefit leads, the chance
that another is above it stays under `TELLING_CHANCE`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, isfinite
from statistics import NormalDist

from evidence.synthesis.constants import Z_DEPENDABLE
from stackbuilder.engine.ranking import RankingError

__all__ = ["TELLING_CHANCE", "Difference", "Estimate", "Lead", "chance_of_more", "lead"]

# As sure as one is of a dependable benefit (method, section 5).
TELLING_CHANCE = 0.80
_STANDARD = NormalDist()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A benefit in MID units; raises RankingError if not finite, or for an sd not above 0."""

    slug: str
    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (isfinite(self.mean) and isfinite(self.sd) and self.sd > 0):
            raise RankingError(
                f"{self.slug} needs a finite mean and an sd above 0, got {self.mean} and {self.sd}"
            )

    @property
    def dependable(self) -> float:
        """Return the benefit that one can be 80 % sure of."""
        return self.mean - Z_DEPENDABLE * self.sd


@dataclass(frozen=True, slots=True)
class Difference:
    """One that does not lead, and the chance that the leading one's true benefit is above its."""

    other: Estimate
    chance: float

    @property
    def is_told_apart(self) -> bool:
        """Say whether the two can be told apart."""
        return self.chance >= TELLING_CHANCE


@dataclass(frozen=True, slots=True)
class Lead:
    """The largest dependable benefit, and how the others differ from it, in the same order."""

    first: Estimate
    others: tuple[Difference, ...]


def chance_of_more(one: Estimate, other: Estimate) -> float:
    """Return the chance that the true benefit of `one` is above that of `other`.

    >>> round(chance_of_more(Estimate("a", 1.0, 0.6), Estimate("b", 0.0, 0.8)), 3)
    0.841
    """
    return _STANDARD.cdf((one.mean - other.mean) / hypot(one.sd, other.sd))


def lead(estimates: Iterable[Estimate]) -> Lead | None:
    """Return who leads and by how much, None if there is nobody.

    By dependable benefit, then the smaller sd, then the slug (method, section 6).
    """
    ordered = sorted(estimates, key=lambda one: (-one.dependable, one.sd, one.slug))
    if not ordered:
        return None
    first, *others = ordered
    return Lead(first, tuple(Difference(one, chance_of_more(first, one)) for one in others))
