"""How the worth of the best stack grows with its size and with the budget: rows, and a drawing.

A row stands where the best stack gets better; up to the next row none is. Nobody has to give
a budget for the second curve: each of its rows answers what would be best if that were it. The
drawing's positions are in the units of its view box, and the rows say the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, pairwise
from math import ceil, floor, log10

from stackbuilder.engine.assembly import SECONDS, Assembly, Problem, assemble
from stackbuilder.engine.assembly_curves import curve_by_budget, curve_by_size
from stackbuilder.engine.assembly_model import TOLERANCE
from stackbuilder.suggesting.question import Question, amount_of, whole_cents
from stackbuilder.suggesting.suggestions import by_gain

__all__ = ["LARGEST", "Curve", "Drawing", "Row", "curve_of_budgets", "curve_of_sizes", "drawing_of"]

LARGEST = 10  # members on the curve; more than anybody takes with profit
MOST_TICKS = 8  # labels that fit below the drawing
# Budgets that people think in, in cents: the first, and those that come back ten times as large.
FIRST_BUDGET = 500
ROUND_BUDGETS = (1000, 1500, 2000, 3000, 5000, 7500)
WIDTH, HEIGHT = 360.0, 170.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 16.0, 10.0, 38.0  # margins, for the labels


@dataclass(frozen=True)
class Row:
    """From this limit on: the best stack, what it is worth, and what that is more than before."""

    limit: int
    value: float
    added: float
    names: tuple[str, ...]
    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    cost: Decimal | None
    is_proven: bool

    @property
    def amount(self) -> Decimal:
        """Return a limit that is a budget as an amount of money."""
        return amount_of(self.limit)


@dataclass(frozen=True)
class Drawing:
    """A line of steps: `path` is SVG's, `marks` are where it rises, ticks are (position, label)."""

    path: str
    marks: tuple[tuple[float, float], ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, float], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Curve:
    """The rows in ascending order, and the drawing of all points; `last` is the largest limit."""

    rows: tuple[Row, ...]
    drawing: Drawing
    last: int

    @property
    def is_proven(self) -> bool:
        """Say whether every row is the best there is."""
        return all(row.is_proven for row in self.rows)


def curve_of_sizes(question: Question, *, seconds: float = SECONDS) -> Curve:
    """Return the curve by size, up to LARGEST members or as many as the visitor allows.

    Raises AssemblyError where the limits leave no stack.
    """
    largest = max(LARGEST, question.problem.limits.size)
    points = curve_by_size(question.problem, largest, seconds=seconds)
    return _curve(question, points)


def curve_of_budgets(question: Question, *, seconds: float = SECONDS) -> Curve | None:
    """Return the curve by budget, up to what the best of all stacks costs whose prices are known.

    None where nothing that could be proposed has a price, or somebody who must be in has none.
    Raises AssemblyError where other limits leave no stack.
    """
    prices = sorted((i.price_cents or 0 for i in question.problem.items), reverse=True)
    enough = sum(prices[: question.problem.limits.size])
    problem = _with_budget(question.problem, enough)
    if question.cost(problem.limits.must_have) is None:
        return None
    dearest = question.cost(assemble(problem, seconds=seconds / 2).slugs)
    if not dearest:
        return None
    budgets = budgets_up_to(whole_cents(dearest))
    points = curve_by_budget(problem, budgets, seconds=seconds / 2)
    return _curve(question, points, _money)


def budgets_up_to(cents: int) -> tuple[int, ...]:
    """Return round budgets, ever further apart, of which only the last pays for `cents`.

    >>> budgets_up_to(4210)
    (500, 1000, 1500, 2000, 3000, 5000)
    """
    every = (budget * 10**power for power in count() for budget in ROUND_BUDGETS)
    found = [FIRST_BUDGET]
    while found[-1] < cents:
        found.append(next(every))
    return tuple(found)


def round_step(least: float) -> float:
    """Return the first of 1, 2, 5, 10, 20 … (and 0.1, 0.2, 0.5 …) that is not below `least`.

    >>> round_step(0.03), round_step(7), round_step(1000)
    (0.05, 10, 1000)
    """
    power: float = 10 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def drawing_of(points: Sequence[tuple[int, float]], label: Callable[[int], str] = str) -> Drawing:
    """Return the drawing of (limit, worth) in ascending order; there is at least one.

    Limits stand as far from each other as the next, whatever they are.
    """
    low = min(0.0, min(worth for _, worth in points))
    high = max(0.1, max(worth for _, worth in points))
    step = round_step((high - low) / 4)
    high, low = ceil(high / step - 1e-9) * step, floor(low / step + 1e-9) * step
    x = _scale(0, len(points) - 1, LEFT, WIDTH - RIGHT)
    y = _scale(low, high, HEIGHT - BOTTOM, TOP)
    placed = tuple((x(place), y(worth)) for place, (_, worth) in enumerate(points))
    steps = [(right, right[1] != left[1]) for left, right in pairwise(placed)]
    lines = round((high - low) / step) + 1
    labelled = range(0, len(points), ceil(len(points) / MOST_TICKS))
    return Drawing(
        path=f"M{placed[0][0]} {placed[0][1]}" + "".join(f"H{to[0]}V{to[1]}" for to, _ in steps),
        marks=(placed[0], *(place for place, is_step in steps if is_step)),
        x_ticks=tuple((x(place), label(points[place][0])) for place in labelled),
        y_ticks=tuple((y(low + step * number), low + step * number) for number in range(lines)),
    )


def _curve(
    question: Question,
    points: Sequence[tuple[int, Assembly]],
    label: Callable[[int], str] = str,
) -> Curve:
    """Return the rows where the best stack gets better, and the drawing up to the last of them."""
    rows: list[Row] = []
    before: Assembly | None = None
    for limit, best in points:
        if before is None or best.value > before.value + TOLERANCE:
            rows.append(_row(question, limit, best, before))
            before = best
    # One point beyond the last change shows that nothing more is gained.
    beyond = [limit for limit, _ in points if limit > rows[-1].limit][:1]
    end = (beyond or [rows[-1].limit])[0]
    shown = [(limit, best.value) for limit, best in points if limit <= end]
    return Curve(tuple(rows), drawing_of(shown, label), points[-1][0])


def _row(question: Question, limit: int, best: Assembly, before: Assembly | None) -> Row:
    slugs, earlier = by_gain(best), by_gain(before) if before else ()
    return Row(
        limit=limit,
        value=best.value,
        added=best.value - (before.value if before else 0.0),
        names=question.names(slugs),
        entering=question.names(slug for slug in slugs if slug not in earlier),
        leaving=question.names(slug for slug in earlier if slug not in slugs),
        cost=question.cost(slugs),
        is_proven=best.is_proven,
    )


def _money(cents: int) -> str:
    return f"{amount_of(cents):,.0f}"


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Return what places a value between `start` and `end`, in the middle if there is no range."""
    if high == low:
        return lambda value: round((start + end) / 2, 1)
    return lambda value: round(start + (value - low) / (high - low) * (end - start), 1)


def _with_budget(problem: Problem, cents: int) -> Problem:
    return replace(problem, limits=replace(problem.limits, budget_cents=cents))
