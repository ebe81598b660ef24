"""Questions about stacks from made-up tables, without a database.

The standing story has two goals. Melatonin serves sleep, saffron mood, valerian both a little, and
zinc neither.
"""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from stackbuilder.candidates import CompoundCard, GoalCard, Snapshot
from stackbuilder.engine.person import Person
from stackbuilder.engine.ranking import GoalTable
from stackbuilder.links import State
from stackbuilder.prices import MonthlyPrice, PriceSource
from stackbuilder.suggesting.question import Ground, question_of
from stackbuilder.visitor.screening import Questions, SafetyTables
from tests.made_up_safety import CAUTION, INTERACTION, OVERLAPS, a_compound

STORY = {
    "melatonin": (0.9, 0.0),
    "saffron": (0.0, 0.8),
    "valerian": (0.5, 0.4),
    "zinc": (None, -0.3),
}
GOALS = ("sleep", "mood")
PREGNANT = Person(conditions=frozenset({"pregnancy"}))


def made_up_tables(benefits=STORY, *, goals=GOALS, certainties=None):
    """Return tables of dependable benefits by slug, one a goal; None says that nothing counts."""
    figures = np.array(
        [[np.nan if one is None else one for one in row] for row in benefits.values()]
    )
    figures = figures.reshape(len(benefits), len(goals))
    is_counted = ~np.isnan(figures)
    rows, columns = (where.tolist() for where in np.nonzero(is_counted))
    cells = dict.fromkeys(zip(rows, columns, strict=True), "moderate")
    return Snapshot(
        version=1,
        goals=tuple(GoalCard(n, goal, goal.capitalize()) for n, goal in enumerate(goals)),
        compounds=tuple(
            CompoundCard(n, slug, slug.capitalize(), "botanical", "botanical", ("oral",), ())
            for n, slug in enumerate(benefits)
        ),
        # So little is uncertain here that what can be depended on is the mean.
        table=GoalTable(
            slugs=tuple(benefits),
            goals=goals,
            mean=figures,
            sd=np.where(is_counted, 1e-30, np.nan),
            is_counted=is_counted,
            has_findings=is_counted,
        ),
        verdicts={},
        certainties={**cells, **(certainties or {})},
    )


def made_up_safety(slugs=STORY, *, avoided=(), clashing=()):
    """Return tables of safety: who is to be avoided in pregnancy, which pairs clash severely."""
    notes = {slug: [] for slug in slugs}
    for slug in avoided:
        notes[slug].append(CAUTION)
    for first, second, *severity in clashing:
        fact = replace(INTERACTION, medicine_classes=(), other_slug=second)
        notes[first].append(replace(fact, severity=(severity or ["major"])[0]))
    facts = {slug: a_compound(*found, slug=slug) for slug, found in notes.items()}
    return SafetyTables(1, facts, Questions((), (), OVERLAPS))


def made_up_prices(**amounts):
    """Return the price of a month by slug, in US dollars."""
    return {
        slug: MonthlyPrice(Decimal(amount), Decimal(amount), "USD", PriceSource.TYPICAL)
        for slug, amount in amounts.items()
    }


def a_question(*, tables=None, safety=None, person=None, prices=None, **limits):
    """Return a question about the standing story, for sleep and mood alike, with `limits`."""
    tables = tables or made_up_tables()
    ground = Ground(
        tables=tables,
        safety=safety or made_up_safety(tables.row_of),
        person=person or Person(),
        prices=prices or {},
    )
    return question_of(State(**{"weights": {"sleep": 1, "mood": 1}, **limits}), ground)
