"""What holds for every stack, and that coverage says what `assembly` proves."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stackbuilder.engine.assembly import Item, Limits, Problem, assemble
from stackbuilder.engine.coverage import CellKind, Covering, Known, coverage

GOALS = ("sleep", "mood", "skin")
SLUGS = ("creatine", "garlic", "saffron", "valerian", "zinc")

# Few values, so that ties are common.
known = st.builds(
    Known,
    dependable=st.none() | st.sampled_from([-1.0, 0.0, 0.01, 0.2, 0.4, 0.4, 1.5]),
    has_findings=st.booleans(),
    is_harm=st.booleans(),
    is_too_uncertain=st.booleans(),
)
members = st.lists(st.sampled_from(SLUGS), unique=True).flatmap(
    lambda slugs: st.tuples(
        *[
            st.builds(
                Covering, st.just(slug), st.tuples(*[known] * len(GOALS)), may_serve=st.booleans()
            )
            for slug in slugs
        ]
    )
)
shares = st.lists(st.sampled_from([1, 2, 3]), min_size=3, max_size=3).map(
    lambda weights: {g: w / sum(weights) for g, w in zip(GOALS, weights, strict=True)}
)


def reached(found):
    return [reach.benefit for reach in found.reaches]


@settings(deadline=None, max_examples=50)
@given(members=members, shares=shares)
def test_coverage_is_that_of_the_assembly_of_the_same_members(members, shares):
    items = tuple(
        Item(one.slug, tuple(k.benefit for k in one.known)) for one in members if one.may_serve
    )
    assume(items)
    limits = Limits(size=len(items), must_have=frozenset(item.slug for item in items))

    found = coverage(members, shares)
    assembly = assemble(Problem(items, tuple(shares.values()), limits=limits))

    assert found.value == pytest.approx(assembly.value)
    serving = {
        one.slug: [(GOALS.index(c.goal), c.benefit) for c in one.cells if c.kind == "serves"]
        for one in found.members
        if one.may_serve
    }
    assert serving == {
        one.slug: [(s.goal, s.benefit) for s in one.servings] for one in assembly.members
    }
    losses = {one.slug: one.loss for one in found.members if one.may_serve}
    assert losses == pytest.approx({one.slug: one.loss for one in assembly.members})


@given(members=members, shares=shares)
def test_taking_a_redundant_member_away_changes_no_reach(members, shares):
    found = coverage(members, shares)

    for one in found.members:
        if one.is_redundant:
            others = [other for other in members if other.slug != one.slug]
            assert reached(coverage(others, shares)) == reached(found)


@given(members=members, shares=shares)
def test_taking_away_one_that_serves_lowers_a_reach_or_leaves_an_equal(members, shares):
    found = coverage(members, shares)

    for one in found.members:
        others = coverage([other for other in members if other.slug != one.slug], shares)
        for goal, without in zip(found.reaches, others.reaches, strict=True):
            if goal.served_by == one.slug:
                assert (without.served_by, without.benefit) == (
                    goal.runner_up,
                    goal.runner_up_benefit,
                )


@given(members=members, shares=shares)
def test_who_is_left_out_serves_nothing_however_well_it_works(members, shares):
    found = coverage(members, shares)

    out = {one.slug for one in members if not one.may_serve}
    assert not out & {reach.served_by for reach in found.reaches}
    assert not out & {reach.runner_up for reach in found.reaches}
    for one in found.members:
        if one.slug in out:
            assert CellKind.SERVES not in {cell.kind for cell in one.cells}
            assert (one.loss, one.outdone) == (0, ())


@given(members=members, shares=shares, last=st.tuples(*[known] * len(GOALS)))
def test_one_more_member_never_lowers_a_reach(members, shares, last):
    before = coverage(members, shares)

    after = coverage([*members, Covering("zzz", last)], shares)

    pairs = zip(reached(before), reached(after), strict=True)
    assert all(new >= old for old, new in pairs)


@given(members=members, shares=shares)
def test_each_goal_is_served_once_or_by_nobody(members, shares):
    found = coverage(members, shares)

    for position, reach in enumerate(found.reaches):
        cells = [one.cells[position] for one in found.members]
        serving = [cell.slug for cell in cells if cell.kind is CellKind.SERVES]
        assert serving == ([reach.served_by] if reach.served_by else [])
        assert (reach.benefit > 0) is bool(serving)


@given(members=members, shares=shares)
def test_order_of_the_members_changes_nothing_but_their_order(members, shares):
    found, turned = coverage(members, shares), coverage(members[::-1], shares)

    assert turned == replace(found, members=found.members[::-1])
