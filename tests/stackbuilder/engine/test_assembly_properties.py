"""What holds for every question about a stack."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stackbuilder.engine.assembly import Limits, assemble, next_best, value_of
from tests.stack_enumeration import random_instance
from tests.stack_problems import problem_of

# Slack for sums of the same numbers in another order.
CLOSE = 1e-9
# Some examples hold dozens of stacks of the same value, and every tie takes a few more solutions.
few = settings(deadline=None, max_examples=40)

problems = st.integers(0, 10**6).map(
    lambda seed: problem_of(random_instance(seed, is_possible=True))
)


def pair_of(problem, chance):
    first, second = chance.sample(sorted(item.slug for item in problem.items), 2)
    return first, second


@few
@given(problem=problems, chance=st.randoms(use_true_random=False))
def test_one_more_conflict_never_raises_the_value(problem, chance):
    first, second = pair_of(problem, chance)
    assume(not {first, second} <= problem.limits.must_have)

    stricter = replace(problem, conflicts=(*problem.conflicts, (first, second)))

    found = assemble(stricter)
    assert found.value <= assemble(problem).value + CLOSE
    assert not {first, second} <= set(found.slugs)


@few
@given(problem=problems, more=st.integers(1, 10))
def test_larger_size_never_lowers_the_value(problem, more):
    limits = replace(problem.limits, size=problem.limits.size + more)

    assert assemble(replace(problem, limits=limits)).value >= assemble(problem).value - CLOSE


@few
@given(problem=problems, more=st.one_of(st.none(), st.integers(1, 10_000)))
def test_larger_budget_never_lowers_the_value(problem, more):
    assume(problem.limits.budget_cents is not None)
    larger = None if more is None else problem.limits.budget_cents + more
    limits = replace(problem.limits, budget_cents=larger)

    assert assemble(replace(problem, limits=limits)).value >= assemble(problem).value - CLOSE


@few
@given(problem=problems, chance=st.randoms(use_true_random=False))
def test_order_of_items_and_conflicts_changes_nothing(problem, chance):
    items, conflicts = list(problem.items), [pair[::-1] for pair in problem.conflicts]
    chance.shuffle(items)
    chance.shuffle(conflicts)

    shuffled = replace(problem, items=tuple(items), conflicts=tuple(conflicts))

    assert assemble(shuffled) == assemble(problem)


@few
@given(problem=problems, data=st.data())
def test_no_change_of_benefits_brings_in_who_is_out(problem, data):
    out = problem.excluded | problem.limits.must_not
    assume(out)
    benefit = st.floats(-10, 10) | st.sampled_from([0.0, 1e6])
    benefits = st.tuples(*[benefit] * len(problem.shares))
    items = tuple(replace(item, benefits=data.draw(benefits)) for item in problem.items)
    changed = replace(problem, items=items)

    found = assemble(changed)
    second = next_best(changed, found)

    assert not out & set(found.slugs)
    assert second is None or not out & set(second.slugs)


@few
@given(problem=problems)
def test_every_limit_is_kept_and_the_reasons_add_up(problem):
    found = assemble(problem)

    slugs, limits = set(found.slugs), problem.limits
    members = [item for item in problem.items if item.slug in slugs]
    assert len(members) <= limits.size
    assert limits.must_have <= slugs
    assert not any({first, second} <= slugs for first, second in problem.conflicts)
    if limits.budget_cents is not None:
        assert sum(item.price_cents for item in members) <= limits.budget_cents
    served = sum(
        problem.shares[serving.goal] * serving.benefit
        for member in found.members
        for serving in member.servings
    )
    assert abs(served - 0.02 * len(members) - found.value) < CLOSE
    for member in found.members:
        others = [item for item in members if item.slug != member.slug]
        assert member.loss == found.value - value_of(others, problem.shares)
        # Who is not wished for is worth more than its charge.
        assert member.loss > CLOSE or member.slug in limits.must_have


@few
@given(problem=problems)
def test_without_limits_nothing_is_better(problem):
    freed = replace(
        problem, conflicts=(), excluded=frozenset(), limits=Limits(size=len(problem.items))
    )

    assert assemble(freed).value >= assemble(problem).value - CLOSE
