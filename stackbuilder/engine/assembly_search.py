"""Find the best stack among thousands of compounds, and prove it, in a fraction of a second.

HiGHS can take a minute for 2,000 compounds at once, but hardly any of them matter. The relaxed
program, in which a compound may be a member in part, puts a price on each goal, on a member's
place and on the budget. From these prices follow

    bound    what no stack is worth more than;
    reduced  per compound: where below 0, a stack with it is worth that much less than the bound.

A compound that the bound plus `reduced` puts below a stack already found is in no stack as good.
It is left out, and the optimum of the rest is the optimum of all. This holds for any prices not
below 0, so that a rounding in them cannot make an answer wrong, only slow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from stackbuilder.engine.assembly_model import TOLERANCE, Found, Program, relaxed_duals, solve
from stackbuilder.engine.ranking import FloatArray, IntArray

__all__ = ["best"]

CORE = 50  # how many compounds are tried first, the most promising; the answer is the same
ROUNDS = 20  # of adding compounds that the prices do not know yet; 2 or 3 are usual


def best(program: Program, seconds: float) -> Found:
    """Return the stack of the largest value; the program must allow the must-haves alone.

    Of stacks within TOLERANCE of it, the one of the fewest members is taken, then the first by
    slug. When time runs out it is the best found.
    """
    search = _Search(program, seconds)
    found = search.best()
    return replace(found, seconds=seconds - search.seconds)


@dataclass(frozen=True, eq=False)
class _Relaxed:
    """What the relaxed program says of every compound; see the module."""

    bound: float
    reduced: FloatArray

    def contenders(self, value: float) -> IntArray:
        """Return, in order, the columns that a stack worth `value` can have."""
        # Twice the tolerance: once for stacks that count as equal, once for rounding.
        least = value - 2 * TOLERANCE
        return np.flatnonzero(self.bound + np.minimum(self.reduced, 0.0) >= least)

    def promising(self, columns: IntArray) -> IntArray:
        """Return at most CORE of them, those worth most."""
        return columns[np.argsort(-self.reduced[columns], kind="stable")[:CORE]]


def _relax(program: Program) -> _Relaxed:
    """Price goals, places and budget by a few compounds, until no other is worth its price."""
    relaxed = _priced(program, np.zeros(program.gains.shape[1] + 2))
    columns = np.array(program.must, dtype=np.int64)
    for _ in range(ROUNDS):
        unknown = np.setdiff1d(np.flatnonzero(relaxed.reduced > TOLERANCE), columns)
        if not unknown.size:
            break
        columns = np.union1d(columns, relaxed.promising(unknown))
        relaxed = _priced(program, relaxed_duals(program, columns))
    return relaxed


def _priced(program: Program, duals: FloatArray) -> _Relaxed:
    """Return what follows from prices of the goals, of a place and of a cent."""
    goals, (place, cent) = duals[:-2], duals[-2:]
    surplus = np.maximum(program.gains - goals, 0.0).sum(axis=1)
    reduced = surplus - program.charge - place - cent * program.price_array
    is_free = np.isin(np.arange(reduced.size), program.must, invert=True)
    bound = goals.sum() + place * program.size + cent * program.budget
    bound += np.maximum(reduced[is_free], 0.0).sum() + reduced[~is_free].sum()
    # A must-have is in every stack, whatever it is worth.
    return _Relaxed(float(bound), np.where(is_free, reduced, 0.0))


class _Search:
    """One search, and the seconds that it has left."""

    def __init__(self, program: Program, seconds: float) -> None:
        self.program = program
        self.seconds = seconds

    def best(self) -> Found:
        """Solve the most promising, then all that could still matter, then look for equals."""
        relaxed = _relax(self.program)
        promising = relaxed.promising(np.arange(len(self.program.prices)))
        core = np.union1d(promising, np.array(self.program.must, dtype=np.int64))
        found = self._solve(self.program, core)
        if not found.is_proven:
            return replace(found, bound=max(found.value, relaxed.bound))
        contenders = relaxed.contenders(found.value)
        if not np.isin(contenders, core).all():
            wider = self._solve(self.program, contenders)
            if not wider.is_proven:
                better = max(wider, found, key=lambda stack: stack.value)
                bound = max(found.value, min(wider.bound, relaxed.bound))
                return replace(better, bound=bound, is_proven=False)
            found, contenders = wider, relaxed.contenders(wider.value)
        return self._first_of_equals(found, contenders)

    def _first_of_equals(self, found: Found, contenders: IntArray) -> Found:
        """Return the stack as good with the fewest members, of those the first by slug."""
        program, least = self.program, found.value - TOLERANCE
        others = replace(program, cuts=(*program.cuts, found.columns))
        if self._as_good(others, contenders, least) is None:
            return found  # nearly always
        size = len(found.columns)
        while fewer := self._as_good(replace(program, size=size - 1), contenders, least):
            found, size = fewer, len(fewer.columns)
        for column in contenders.tolist():
            # One that `found` has needs no trial: all before it are settled.
            with_it = replace(program, size=size, must=(*program.must, column))
            if column in found.columns:
                program = with_it
            elif first := self._as_good(with_it, contenders, least):
                found, program = first, with_it
        return found

    def _as_good(self, program: Program, columns: IntArray, least: float) -> Found | None:
        """Return a stack worth `least`, None if there is none, or no time to look for it."""
        if not program.allows(program.must):
            return None
        found = self._solve(program, columns)
        return found if found.value >= least else None

    def _solve(self, program: Program, columns: IntArray) -> Found:
        found = solve(program, columns, self.seconds)
        self.seconds -= found.seconds
        return found
