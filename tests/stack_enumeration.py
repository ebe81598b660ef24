"""Every stack there is, tried one by one: the slow truth that proposed stacks are held to.

Written apart from the engine and in whole numbers, so that nothing here rounds: benefits in
thousandths of a MID, weights as a visitor gives them, prices in cents. The worth of a stack is its
value × 1,000 × the sum of the weights.
"""

import random
from dataclasses import dataclass, field
from itertools import combinations

CHARGE = 20  # thousandths of a MID for every member


@dataclass
class Instance:
    """One question in whole numbers; `benefits` and `prices` by compound."""

    benefits: dict[str, list[int]]
    weights: list[int]
    prices: dict[str, int | None]
    size: int
    budget: int | None = None
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    must_have: set[str] = field(default_factory=set)
    must_not: set[str] = field(default_factory=set)
    excluded: set[str] = field(default_factory=set)


def random_instance(seed, *, is_possible=False):
    """Make a question of 8 to 16 compounds, 1 to 6 goals and 1 to 5 members.

    Every other one has few different benefits, so that many stacks are worth the same. Some have
    limits that clash, unless `is_possible`.
    """
    instance = _random_instance(seed)
    while is_possible and not _has_stacks(instance):
        seed += 1000
        instance = _random_instance(seed)
    return instance


def _random_instance(seed):
    chance = random.Random(seed)
    slugs = [f"compound-{number:02}" for number in range(chance.randint(8, 16))]
    goals, step = chance.randint(1, 6), (250, 1)[seed % 2]
    return Instance(
        benefits={
            slug: [step * chance.randint(-400 // step, 1200 // step) for _ in range(goals)]
            for slug in slugs
        },
        weights=[chance.randint(1, 3) for _ in range(goals)],
        prices={
            slug: None if chance.random() < 0.15 else chance.randint(0, 4000) for slug in slugs
        },
        size=chance.randint(1, 5),
        budget=chance.choice([None, chance.randint(0, 12_000)]),
        conflicts=[
            pair for pair in combinations(slugs, 2) if chance.random() < chance.choice([0, 0.1])
        ],
        must_have=set(chance.sample(slugs, chance.choice([0, 0, 1, 2]))),
        must_not=set(chance.sample(slugs, chance.choice([0, 1, 2]))),
        excluded=set(chance.sample(slugs, chance.choice([0, 1]))),
    )


def allowed_stacks(instance):
    """Yield every stack that keeps all limits, as a tuple of slugs in alphabetical order."""
    for size in range(instance.size + 1):
        for members in combinations(sorted(instance.benefits), size):
            if _is_allowed(instance, set(members)):
                yield members


def _has_stacks(instance):
    # More members break every limit that fewer break.
    wanted = instance.must_have
    return len(wanted) <= instance.size and _is_allowed(instance, wanted)


def _is_allowed(instance, members):
    if members & (instance.must_not | instance.excluded) or not instance.must_have <= members:
        return False
    if any(first in members and second in members for first, second in instance.conflicts):
        return False
    if instance.budget is None:
        return True
    prices = [instance.prices[slug] for slug in members]
    return None not in prices and sum(prices) <= instance.budget


def worth(instance, members):
    """Return what a stack is worth: each goal by its best member, less the charges."""
    total = -CHARGE * sum(instance.weights) * len(members)
    for goal, weight in enumerate(instance.weights):
        best = 0
        for slug in members:
            if instance.benefits[slug][goal] > best:
                best = instance.benefits[slug][goal]
        total += weight * best
    return total


def value(instance, members):
    """Return the same in MID units."""
    return worth(instance, members) / (1000 * sum(instance.weights))


def best_stack(instance, *, lacking_one_of=None):
    """Return the stack worth most, of equals the smallest, of those the first; None if none.

    Given a stack, only those count that lack at least one of its members.
    """
    stacks = [
        members
        for members in allowed_stacks(instance)
        if lacking_one_of is None or not set(lacking_one_of) <= set(members)
    ]
    return min(stacks, key=lambda m: (-worth(instance, m), len(m), m), default=None)
