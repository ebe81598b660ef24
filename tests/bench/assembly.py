"""How long a provably best stack takes, beside SciPy's `milp` and what a greedy choice loses.

Six members under a budget, six goals, a tenth as many conflicts as compounds; one value for each
of a few made-up questions. All three see the same questions in the same run.
"""

import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from stackbuilder.engine.assembly import MEMBER_CHARGE, assemble, next_best, value_of
from stackbuilder.engine.assembly_curves import curve_by_size
from tests.stack_problems import large_problem

SIZES = (50, 500, 2000)
SEEDS = range(5)
SECONDS = 600  # ends nobody early: what is measured is the proof


def measure(compounds):
    """Return {figure: [values]} for questions of so many compounds; seconds unless named."""
    figures = {}
    for seed in SEEDS:
        for name, value in _measure_one(large_problem(compounds, seed=seed)).items():
            figures.setdefault(name, []).append(value)
    return figures


def _measure_one(problem):
    stack, proof = _timed(assemble, problem, seconds=SECONDS)
    (value, is_optimal), scipy_proof = _timed(_solved_by_scipy, problem)
    if not (stack.is_proven and is_optimal and abs(stack.value - value) < 1e-6):
        raise RuntimeError(f"{stack.value} by ours and {value} by SciPy cannot both be the best")
    greedy, greedy_time = _timed(_greedy_value, problem)
    return {
        "best stack, proven": proof,
        "best stack by SciPy's milp": scipy_proof,
        "stack by greedy choice": greedy_time,
        "greedy's loss of value, %": 100 * (stack.value - greedy) / stack.value,
        "next best stack": _timed(next_best, problem, stack, seconds=SECONDS)[1],
        "curve of sizes 1 to 10": _timed(curve_by_size, problem, 10, seconds=SECONDS)[1],
    }


def _timed(act, *arguments, **named):
    start = time.perf_counter()
    result = act(*arguments, **named)
    return result, time.perf_counter() - start


def _solved_by_scipy(problem):
    """Return the best value by method section 7 as it stands, and whether SciPy says it is best."""
    items, shares = problem.eligible, problem.shares
    gains = np.maximum([item.benefits for item in items], 0) * shares
    member, goal = np.nonzero(gains)
    count, served = len(items), len(member)
    row = {item.slug: number for number, item in enumerate(items)}
    pairs = np.array([[row[first], row[second]] for first, second in problem.conflicts])
    y = count + np.arange(served)
    blocks = [
        _rows(np.r_[y, member], np.tile(np.arange(served), 2), np.repeat([1, -1], served)),
        _rows(y, goal, np.ones(served)),
        _rows(np.arange(count), np.zeros(count), np.ones(count)),
        _rows(np.arange(count), np.zeros(count), [item.price_cents for item in items]),
        _rows(pairs.ravel(), np.repeat(np.arange(len(pairs)), 2), np.ones(pairs.size)),
    ]
    limits = problem.limits
    tops = [0] * served + [1] * len(shares) + [limits.size, limits.budget_cents] + [1] * len(pairs)
    for block in blocks:
        block.resize(block.shape[0], count + served)
    answer = milp(
        np.r_[np.full(count, MEMBER_CHARGE), -gains[member, goal]],
        integrality=np.ones(count + served),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(vstack(blocks), ub=tops),
        options={"mip_rel_gap": 0, "time_limit": SECONDS},
    )
    return -answer.fun, answer.status == 0


def _rows(column, row, factor):
    return coo_array((factor, (row.astype(int), column)))


def _greedy_value(problem):
    """Add whoever raises the value most, as long as anybody allowed does."""
    limits, members = problem.limits, []
    conflicts = {frozenset(pair) for pair in problem.conflicts}
    while len(members) < limits.size:
        spent = sum(item.price_cents for item in members)
        allowed = [
            item
            for item in problem.eligible
            if item not in members
            and spent + item.price_cents <= limits.budget_cents
            and not any({item.slug, member.slug} in conflicts for member in members)
        ]
        values = [value_of([*members, item], problem.shares) for item in allowed]
        if not values or max(values) <= value_of(members, problem.shares):
            break
        members.append(allowed[int(np.argmax(values))])
    return value_of(members, problem.shares)
