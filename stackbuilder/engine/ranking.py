"""Rank compounds for the goals a visitor chose, by the benefit that can be depended on.

A *benefit* is in MID units: 1 is just enough to matter, negative is harm. A *share* is a goal's
weight divided by the sum of all chosen weights. A *term* is one goal's part of a compound's mean,
share times benefit: the terms add up to the mean, and that is the explanation shown. A goal for
which a compound has nothing counted enters with the sceptical prior, so knowing nothing is never
better than a sure null. What a compound costs and who sells it cannot be said in this module's
arguments, on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence.synthesis.constants import PRIOR_SD, Z_DEPENDABLE

__all__ = ["WEIGHTS", "GoalTable", "GoalTerm", "RankedCompound", "Ranking", "RankingError", "rank"]

WEIGHTS = (1, 2, 3)  # what a visitor may give a goal; method, section 6
PRIOR_MEAN = 0.0  # MID units; the prior of method, section 5, expects nothing

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class RankingError(ValueError):
    """A ranking was asked for that cannot be made; the message names the argument and its value."""


@dataclass(frozen=True, eq=False)
class GoalTable:
    """The current profiles of n compounds for m goals, in MID units.

    The four arrays have the shape (n, m). Where `is_counted` is False nothing was counted for that
    goal, and `mean` and `sd` are ignored (they may be nan). `has_findings` is True wherever
    any finding exists, counted or not. Raises RankingError for shapes that differ, a slug
    given twice, or a counted profile whose mean is not finite or whose sd is not above 0.
    """

    slugs: tuple[str, ...]
    goals: tuple[str, ...]
    mean: FloatArray
    sd: FloatArray
    is_counted: BoolArray
    has_findings: BoolArray

    def __post_init__(self) -> None:
        expected = (len(self.slugs), len(self.goals))
        for name in ("mean", "sd", "is_counted", "has_findings"):
            shape = getattr(self, name).shape
            if shape != expected:
                raise RankingError(f"{name} must have the shape {expected}, got {shape}")
        for name, keys in (("slugs", self.slugs), ("goals", self.goals)):
            if len(set(keys)) != len(keys):
                raise RankingError(f"{name} must differ from each other")
        is_sound = np.isfinite(self.mean) & np.isfinite(self.sd) & (self.sd > 0)
        unsound = np.argwhere(self.is_counted & ~is_sound)
        if unsound.size:
            row, column = unsound[0]
            raise RankingError(
                f"{self.slugs[row]} for {self.goals[column]} needs a finite mean and an sd above 0,"
                f" got {self.mean[row, column]} and {self.sd[row, column]}"
            )


@dataclass(frozen=True)
class GoalTerm:
    """One goal's part of a compound's mean; `is_counted` is False where the prior stood in."""

    goal: str
    share: float
    benefit: float
    is_counted: bool

    @property
    def term(self) -> float:
        """What the goal adds to the compound's mean, in MID units."""
        return self.share * self.benefit


@dataclass(frozen=True)
class RankedCompound:
    """One line of a ranking; `place` starts at 1 and `index` is the compound's row in the table."""

    place: int
    index: int
    slug: str
    mean: float
    sd: float
    dependable: float
    terms: tuple[GoalTerm, ...]


@dataclass(frozen=True, eq=False)
class Ranking:
    """Compounds in order of dependable benefit: row i of every array holds place i + 1.

    `goals` are the chosen ones in the table's order, and `shares` their normalised weights;
    `benefit` and `is_counted` have a column for each. `listed_apart` are the compounds, by slug,
    studied for a chosen goal with nothing that counts for any of them. `index` and `apart_index`
    are rows of the table.
    """

    goals: tuple[str, ...]
    shares: FloatArray
    index: IntArray
    slugs: tuple[str, ...]
    mean: FloatArray
    sd: FloatArray
    dependable: FloatArray
    benefit: FloatArray
    is_counted: BoolArray
    listed_apart: tuple[str, ...]
    apart_index: IntArray

    def __len__(self) -> int:
        return len(self.slugs)

    def __iter__(self) -> Iterator[RankedCompound]:
        return (self.at(place) for place in range(1, len(self) + 1))

    @property
    def terms(self) -> FloatArray:
        """What each goal adds to each mean, shaped as `benefit`: the rows add up to `mean`."""
        return self.shares * self.benefit

    def at(self, place: int) -> RankedCompound:
        """Return the compound at `place`; raises RankingError outside 1 to the last place."""
        if not 1 <= place <= len(self):
            raise RankingError(f"place must lie in 1 to {len(self)}, got {place}")
        row = place - 1
        columns = zip(
            self.goals,
            self.shares.tolist(),
            self.benefit[row].tolist(),
            self.is_counted[row].tolist(),
            strict=True,
        )
        return RankedCompound(
            place=place,
            index=int(self.index[row]),
            slug=self.slugs[row],
            mean=float(self.mean[row]),
            sd=float(self.sd[row]),
            dependable=float(self.dependable[row]),
            terms=tuple(GoalTerm(*column) for column in columns),
        )


def rank(table: GoalTable, weights: Mapping[str, int]) -> Ranking:
    """Rank the compounds of `table` for goals weighted 1, 2 or 3 by slug (method, section 6).

    Raises RankingError if no goal is chosen, or for an unknown goal or another weight.

    >>> table = GoalTable(("a", "b"), ("sleep",), np.array([[0.2], [1.0]]), np.full((2, 1), 0.5),
    ...                   np.full((2, 1), True), np.full((2, 1), True))
    >>> rank(table, {"sleep": 1}).slugs
    ('b', 'a')
    """
    columns, shares = _chosen_goals(table, weights)
    is_counted = table.is_counted[:, columns]
    has_findings = table.has_findings[:, columns].any(axis=1)
    ranked = np.flatnonzero(is_counted.any(axis=1))
    benefit, sd_by_goal = _with_prior(table, ranked, columns)
    mean = (shares * benefit).sum(axis=1)
    sd = np.sqrt(np.square(shares * sd_by_goal).sum(axis=1))
    dependable = mean - Z_DEPENDABLE * sd

    slugs = np.array(table.slugs, dtype=np.str_)
    # The last key decides first: dependable benefit, then the surer, then the slug.
    order = np.lexsort((slugs[ranked], sd, -dependable))
    index = ranked[order]
    apart = np.flatnonzero(has_findings & ~is_counted.any(axis=1))
    apart = apart[np.argsort(slugs[apart])]
    return Ranking(
        goals=tuple(table.goals[column] for column in columns),
        shares=shares,
        index=index,
        slugs=tuple(slugs[index].tolist()),
        mean=mean[order],
        sd=sd[order],
        dependable=dependable[order],
        benefit=benefit[order],
        is_counted=is_counted[index],
        listed_apart=tuple(slugs[apart].tolist()),
        apart_index=apart,
    )


def _chosen_goals(table: GoalTable, weights: Mapping[str, int]) -> tuple[IntArray, FloatArray]:
    """Return the columns of the chosen goals in the table's order, and their shares."""
    if not weights:
        raise RankingError("at least one goal must be chosen, got none")
    for goal, weight in weights.items():
        if goal not in table.goals:
            raise RankingError(f"unknown goal {goal!r}")
        if weight not in WEIGHTS:
            raise RankingError(f"weight of {goal!r} must be 1, 2 or 3, got {weight!r}")
    # The table's order, so that the order of a query string cannot move a last digit.
    columns = [column for column, goal in enumerate(table.goals) if goal in weights]
    chosen = np.array([weights[table.goals[column]] for column in columns], dtype=np.float64)
    return np.array(columns, dtype=np.int64), chosen / chosen.sum()


def _with_prior(
    table: GoalTable, rows: IntArray, columns: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return the mean and the sd of those cells, the prior standing in where nothing counted."""
    cells = np.ix_(rows, columns)
    is_counted = table.is_counted[cells]
    mean = np.where(is_counted, table.mean[cells], PRIOR_MEAN)
    return mean, np.where(is_counted, table.sd[cells], PRIOR_SD)
