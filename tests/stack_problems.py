"""Questions about stacks as the engine takes them: of an instance, or large and made up."""

import numpy as np

from stackbuilder.engine.assembly import Item, Limits, Problem

SHARES = (0.3, 0.2, 0.2, 0.1, 0.1, 0.1)


def problem_of(instance):
    """Put an instance of `tests.stack_enumeration` as the engine takes it."""
    total = sum(instance.weights)
    return Problem(
        items=tuple(
            Item(slug, tuple(benefit / 1000 for benefit in benefits), instance.prices[slug])
            for slug, benefits in instance.benefits.items()
        ),
        shares=tuple(weight / total for weight in instance.weights),
        conflicts=tuple(instance.conflicts),
        limits=Limits(
            size=instance.size,
            budget_cents=instance.budget,
            must_have=frozenset(instance.must_have),
            must_not=frozenset(instance.must_not),
        ),
        excluded=frozenset(instance.excluded),
    )


def problem_with_equals(names):
    """Ask for four goals among seven compounds whose stacks of four, two and one are worth 0.92.

    Four serve a goal each, 1 - 4·0.02; two serve two goals each, 0.96 - 2·0.02; the last serves all
    of them, 0.94 - 0.02.
    """
    goals_of = [(0,), (1,), (2,), (3,), (0, 1), (2, 3), (0, 1, 2, 3)]
    strengths = [1.0, 1.0, 1.0, 1.0, 0.96, 0.96, 0.94]
    items = [
        Item(name, tuple(strength * (goal in goals) for goal in range(4)))
        for name, goals, strength in zip(names, goals_of, strengths, strict=True)
    ]
    return Problem(tuple(items), (0.25,) * 4)


def large_problem(compounds, *, seed=1, size=6, budget_cents=6000):
    """Make up a question of six goals, half of which a compound does not serve at all.

    A tenth as many pairs conflict as there are compounds.
    """
    generator = np.random.default_rng(seed)
    benefits = generator.normal(0.2, 0.6, (compounds, len(SHARES)))
    benefits[generator.random(benefits.shape) < 0.5] = -0.5
    prices = generator.integers(300, 6000, compounds)
    pairs = generator.integers(0, compounds, (compounds // 10, 2))
    return Problem(
        items=tuple(
            Item(f"compound-{number:04}", tuple(row), price)
            for number, (row, price) in enumerate(
                zip(benefits.tolist(), prices.tolist(), strict=True)
            )
        ),
        shares=SHARES,
        conflicts=tuple(
            (f"compound-{first:04}", f"compound-{second:04}")
            for first, second in pairs.tolist()
            if first != second
        ),
        limits=Limits(size=size, budget_cents=budget_cents),
    )
