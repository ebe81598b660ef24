"""The best stack as an integer program, for HiGHS.

Chosen are x (is this compound a member?) and y (does this member serve that goal?):

    maximise   Σ gain y - charge Σ x                       gain = share × dependable benefit
    subject to Σ y <= 1 for every goal,  y <= x,  Σ x <= size,  Σ price x <= budget,
               x + x' <= 1 for every conflict,  x = 1 for every must-have,  all of them 0 or 1.

That y is whole follows from the rest, for fixed x: a goal's y share out at most 1 among its
members, and no sharing out beats giving all of it to the best. It is demanded all the same, because
HiGHS then proves in tenths of a second what can take it ten seconds otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import highspy
import numpy as np

from stackbuilder.engine.ranking import FloatArray, IntArray

__all__ = ["TOLERANCE", "Found", "Program", "relaxed_duals", "solve"]

# Two values nearer than this, in MID units, are one: far below any figure that is shown.
TOLERANCE = 1e-9
_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,  # any number, but always the same: the same request gives the same stack
    # The defaults stop 0.01 % short of the optimum and pass over what is better by 0.000001.
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-10,
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}
_FINISHED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)


@dataclass(frozen=True, eq=False)
class Program:
    """The problem in numbers: a column for each compound, in alphabetical order.

    `gains` has a row for each column and a column for each goal, and 0 where nothing is served.
    Without a budget `prices` and `budget` are 0. Not all members of a set in `cuts` may be there.
    """

    gains: FloatArray
    charge: float
    prices: tuple[int, ...]
    budget: int
    size: int
    conflicts: tuple[tuple[int, int], ...] = ()
    must: tuple[int, ...] = ()
    cuts: tuple[tuple[int, ...], ...] = ()

    def value(self, columns: Iterable[int]) -> float:
        """Return the value of a stack in MID units."""
        members = list(columns)
        best = self.gains[members].max(axis=0, initial=0.0)
        return float(best.sum()) - self.charge * len(members)

    def allows(self, columns: Iterable[int]) -> bool:
        """Say whether a stack keeps every limit, in whole numbers: HiGHS has tolerances."""
        members = set(columns)
        forbidden = (*self.conflicts, *self.cuts)
        return (
            members.issuperset(self.must)
            and len(members) <= self.size
            and sum(self.prices[column] for column in members) <= self.budget
            and not any(members.issuperset(pair) for pair in forbidden)
        )

    @cached_property
    def price_array(self) -> FloatArray:
        """The prices as HiGHS takes them."""
        return np.array(self.prices, dtype=np.float64)


@dataclass(frozen=True)
class Found:
    """A stack by its columns, in order; no stack is worth more than `bound`."""

    columns: tuple[int, ...]
    value: float
    bound: float
    is_proven: bool
    seconds: float


def solve(program: Program, columns: IntArray, seconds: float) -> Found:
    """Return the best stack among `columns`, which include the must-haves.

    The must-haves alone have to keep every limit: when time runs out, the best found so far may
    be no more than those.
    """
    highs = _run(_model(program, columns, is_whole=True), seconds)
    info, members = highs.getInfo(), program.must
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        is_member = np.array(highs.getSolution().col_value[: len(columns)]) > 0.5
        found = tuple(columns[is_member].tolist())
        members = found if program.allows(found) else members
    value = program.value(members)
    bound = max(value, info.mip_dual_bound)
    is_proven = highs.getModelStatus() in _FINISHED and bound - value <= TOLERANCE
    return Found(members, value, bound, is_proven, highs.getRunTime())


def relaxed_duals(program: Program, columns: IntArray) -> FloatArray:
    """Return what one more of each goal, of the size and of the budget is worth, by parts.

    That is for `columns` alone and where a compound may be a member in part, without conflicts.
    """
    highs = _run(_model(program, columns, is_whole=False))
    duals = highs.getSolution().row_dual[: program.gains.shape[1] + 2]
    # Below 0 by a rounding only; the bound needs none that is.
    return np.array([max(0.0, dual) for dual in duals])


def _run(model: highspy.HighsLp, seconds: float = highspy.kHighsInf) -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, setting in {**_OPTIONS, "time_limit": max(0.0, seconds)}.items():
        highs.setOptionValue(name, setting)
    # A model that is refused would be run as an empty one, and its answer called proven.
    if highs.passModel(model) == highspy.HighsStatus.kError:
        raise ValueError("benefits and prices must be of a size to calculate with")
    highs.run()
    return highs


def _model(program: Program, columns: IntArray, *, is_whole: bool) -> highspy.HighsLp:
    """Return the program over some of its columns: every x first, then every y."""
    gains = program.gains[columns]
    member, goal = np.nonzero(gains > 0)
    count, served = len(columns), len(member)
    rows = [*_rows_of_goals(goal, count, gains.shape[1]), *_rows_of_members(program, columns)]
    rows += [_Row([count + y, x], [1, -1], 0) for y, x in enumerate(member.tolist())]
    rows += _rows_of_cuts(program, columns) if is_whole else []
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count + served, len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.concatenate([np.full(count, -program.charge), gains[member, goal]])
    model.col_lower_ = np.concatenate([np.isin(columns, program.must), np.zeros(served)])
    model.col_upper_ = np.concatenate([np.ones(count), np.full(served, highspy.kHighsInf)])
    model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = np.array([row.most for row in rows], dtype=np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.variables) for row in rows)])
    model.a_matrix_.index_ = [variable for row in rows for variable in row.variables]
    model.a_matrix_.value_ = [factor for row in rows for factor in row.factors]
    if is_whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * (count + served)
    return model


class _Row(NamedTuple):
    """The sum of factor × variable is at most `most`."""

    variables: list[int]
    factors: list[float]
    most: float


def _rows_of_goals(goal: IntArray, count: int, goals: int) -> Iterator[_Row]:
    """Yield that a goal is served once, for every goal, those that nobody serves included."""
    for number in range(goals):
        serving = count + np.flatnonzero(goal == number)
        yield _Row(serving.tolist(), [1.0] * len(serving), 1)


def _rows_of_members(program: Program, columns: IntArray) -> Iterator[_Row]:
    """Yield size and budget."""
    members = list(range(len(columns)))
    yield _Row(members, [1.0] * len(members), program.size)
    yield _Row(members, program.price_array[columns].tolist(), program.budget)


def _rows_of_cuts(program: Program, columns: IntArray) -> Iterator[_Row]:
    """Yield that not all of a set are members, if all of them could be."""
    place = {column: number for number, column in enumerate(columns.tolist())}
    for together in (*program.conflicts, *program.cuts):
        if all(column in place for column in together):
            variables = [place[column] for column in together]
            yield _Row(variables, [1.0] * len(variables), len(variables) - 1)
