"""Stacks small enough to check by hand, and stacks held to trying every one there is."""

import doctest
from dataclasses import replace

import pytest

from stackbuilder.engine import assembly
from stackbuilder.engine.assembly import (
    AssemblyError,
    Item,
    Limits,
    Member,
    Problem,
    Serving,
    assemble,
    next_best,
    one_more,
)
from tests.stack_enumeration import allowed_stacks, best_stack, random_instance, value
from tests.stack_problems import problem_of, problem_with_equals

SEEDS = range(200)
HALVES = (0.5, 0.5)
GOOD = Item("good", (1.0, 0.0), 2000)
BROAD = Item("broad", (0.8, 0.6), 3000)
OTHER = Item("other", (0.0, 0.5), 1500)
USELESS = Item("useless", (-1.0, 0.0), 0)


def problem(*items, shares=HALVES, conflicts=(), excluded=(), **limits):
    sets = {"must_have", "must_not"}
    limits = {name: frozenset(v) if name in sets else v for name, v in limits.items()}
    return Problem(items, shares, tuple(conflicts), Limits(**limits), frozenset(excluded))


@pytest.mark.parametrize("seed", SEEDS)
def test_stack_equals_the_best_of_all_there_are(seed):
    instance = random_instance(seed)
    expected = best_stack(instance)

    if expected is None:
        with pytest.raises(AssemblyError):
            assemble(problem_of(instance))
        return
    found = assemble(problem_of(instance))

    assert found.value == pytest.approx(value(instance, expected), abs=1e-9)
    assert found.slugs == expected
    assert found.is_proven
    assert found.bound == found.value


def test_random_instances_are_of_all_kinds():
    instances = [random_instance(seed) for seed in SEEDS]
    best = [best_stack(instance) for instance in instances]

    assert 5 <= best.count(None) <= 40
    assert () in best
    assert {len(stack) for stack in best if stack is not None} == {0, 1, 2, 3, 4, 5}
    assert sum(bool(instance.conflicts) for instance in instances) > 60
    assert sum(instance.budget is not None for instance in instances) > 60


def test_random_instances_often_have_several_best_stacks():
    def count_best(instance):
        values = [value(instance, stack) for stack in allowed_stacks(instance)]
        return values.count(max(values, default=None))

    assert sum(count_best(random_instance(seed)) > 1 for seed in SEEDS) >= 30


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_next_best_equals_the_best_of_those_that_lack_a_member(seed):
    instance = random_instance(seed, is_possible=True)
    first = assemble(problem_of(instance))

    second = next_best(problem_of(instance), first)

    expected = best_stack(instance, lacking_one_of=first.slugs)
    assert (second and second.slugs) == expected
    if second is not None:
        assert second.value == pytest.approx(value(instance, expected), abs=1e-9)
        assert second.value <= first.value + 1e-9
        assert second.is_proven


@pytest.mark.parametrize("seed", SEEDS[1::4])
def test_one_more_equals_the_gain_of_trying_all_of_one_more(seed):
    instance = random_instance(seed, is_possible=True)
    asked = problem_of(instance)

    addition = one_more(asked, assemble(asked))

    wider = replace(instance, size=instance.size + 1)
    best, wider_best = best_stack(instance), best_stack(wider)
    expected = value(wider, wider_best) - value(instance, best)
    assert addition.gain == pytest.approx(expected, abs=1e-9)
    assert addition.assembly.slugs == wider_best


def test_second_member_adds_nothing_to_a_goal_served_better():
    found = assemble(problem(GOOD, BROAD))

    # ½·1.0 + ½·0.6 - 2·0.02: of broad only the second goal counts.
    assert found.value == pytest.approx(0.76)
    assert found.slugs == ("broad", "good")


def test_members_say_what_they_serve_and_what_is_lost_without_them():
    found = assemble(problem(GOOD, BROAD))

    broad, good = found.members
    assert broad.servings == (Serving(goal=1, benefit=0.6),)
    assert good.servings == (Serving(goal=0, benefit=1.0),)
    # Without broad nobody serves the second goal: ½·0.6 - 0.02. Without good, broad steps in for
    # the first: ½·(1.0 - 0.8) - 0.02.
    assert broad.loss == pytest.approx(0.28)
    assert good.loss == pytest.approx(0.08)


def test_member_kept_by_wish_alone_serves_nothing_and_costs_its_charge():
    found = assemble(problem(GOOD, USELESS, must_have={"useless"}))

    useless = found.members[1]
    assert found.slugs == ("good", "useless")
    assert useless == Member("useless", (), pytest.approx(-0.02))
    assert found.value == pytest.approx(0.46)


def test_goal_served_equally_by_two_is_the_first_ones():
    twin = replace(GOOD, slug="a-twin")

    found = assemble(problem(GOOD, twin, must_have={"good", "a-twin"}))

    assert [len(member.servings) for member in found.members] == [1, 0]


@pytest.mark.parametrize(
    "items",
    [
        (),
        (USELESS,),
        # ½·0.04 is exactly the charge for a member: not worth having.
        (Item("faint", (0.04, 0.0)),),
        (Item("harmful", (-2.0, -0.1)), USELESS),
    ],
)
def test_nothing_worth_having_gives_the_empty_stack(items):
    asked = problem(*items)

    found = assemble(asked)

    assert (found.members, found.value, found.is_proven) == ((), 0.0, True)
    assert next_best(asked, found) is None
    assert one_more(asked, found).gain == 0


def test_compound_just_above_its_charge_is_in():
    assert assemble(problem(Item("faint", (0.0401, 0.0)))).slugs == ("faint",)


@pytest.mark.parametrize("pair", [("other", "good"), ("good", "other")])
def test_conflicting_pair_is_not_together_in_whichever_order_it_is_named(pair):
    assert assemble(problem(GOOD, OTHER)).slugs == ("good", "other")
    assert assemble(problem(GOOD, OTHER, conflicts=[pair])).slugs == ("good",)


def test_conflict_with_a_compound_that_is_not_there_changes_nothing():
    assert assemble(problem(GOOD, conflicts=[("good", "far-away")])).slugs == ("good",)


def test_must_not_and_excluded_are_out_however_good():
    best = Item("best", (9.0, 9.0))

    assert assemble(problem(GOOD, best, must_not={"best"})).slugs == ("good",)
    assert assemble(problem(GOOD, best, excluded={"best"})).slugs == ("good",)


def test_budget_holds_to_the_cent():
    assert assemble(problem(GOOD, BROAD, budget_cents=5000)).slugs == ("broad", "good")
    assert assemble(problem(GOOD, BROAD, budget_cents=4999)).slugs == ("broad",)
    assert assemble(problem(GOOD, BROAD, budget_cents=3000)).slugs == ("broad",)
    assert assemble(problem(GOOD, BROAD, budget_cents=2999)).slugs == ("good",)
    assert assemble(problem(GOOD, BROAD, budget_cents=1999)).slugs == ()


def test_budget_of_nothing_leaves_what_costs_nothing():
    free = Item("free", (0.2, 0.0), 0)

    assert assemble(problem(GOOD, free, budget_cents=0)).slugs == ("free",)


def test_large_budget_holds_to_the_cent():
    items = [
        Item(f"item-{n}", tuple(float(n == goal) for goal in range(4)), 10**8 + n) for n in range(4)
    ]
    shares = (0.25,) * 4
    exact = sum(item.price_cents for item in items)

    enough = assemble(problem(*items, shares=shares, budget_cents=exact))
    short = assemble(problem(*items, shares=shares, budget_cents=exact - 1))

    assert len(enough.members) == 4
    assert (short.slugs, short.is_proven) == (("item-0", "item-1", "item-2"), True)


def test_unknown_price_is_left_out_under_a_budget_and_named():
    unpriced = Item("unpriced", (2.0, 2.0))
    aside = Item("aside", (2.0, 2.0))

    free_of_budget = assemble(problem(GOOD, unpriced, aside, must_not={"aside"}))
    found = assemble(
        problem(
            GOOD,
            unpriced,
            aside,
            replace(USELESS, price_cents=None),
            must_not={"aside"},
            budget_cents=9000,
        )
    )

    assert (free_of_budget.slugs, free_of_budget.unpriced) == (("unpriced",), ())
    assert (found.slugs, found.unpriced) == (("good",), ("unpriced",))


def test_next_best_of_members_all_wished_for_is_none():
    asked = problem(GOOD, BROAD, must_have={"good", "broad"})

    assert next_best(asked, assemble(asked)) is None


def test_next_best_is_no_padded_copy():
    asked = problem(GOOD, replace(GOOD, slug="lesser", benefits=(0.5, 0.0)), USELESS)

    second = next_best(asked, assemble(asked))

    # good with useless would be worth 0.46; an alternative is without good.
    assert second.slugs == ("lesser",)


def test_one_more_says_what_it_adds():
    asked = problem(GOOD, OTHER, size=1)

    addition = one_more(asked, assemble(asked))

    assert addition.gain == pytest.approx(0.5 * 0.5 - 0.02)
    assert addition.assembly.slugs == ("good", "other")


def test_one_more_than_the_largest_size_can_be_asked():
    asked = problem(GOOD, OTHER, size=assembly.LARGEST_SIZE)

    assert one_more(asked, assemble(asked)).gain == 0


@pytest.mark.parametrize("names", ["abcdefg", "gfedcba", "dgbface"])
def test_of_equal_stacks_the_one_of_fewest_members_is_taken(names):
    found = assemble(problem_with_equals(names))

    assert found.slugs == (names[-1],)
    assert found.value == pytest.approx(0.92)


def test_of_equal_stacks_of_one_size_the_first_by_slug_is_taken():
    twins = [Item(f"twin-{name}", (1.0, 0.5)) for name in "dbca"]

    assert assemble(problem(*twins)).slugs == ("twin-a",)


def test_stacks_a_hair_apart_are_told_apart():
    items = [Item(f"item-{n:02}", (1 + n * 1e-8, 0.5)) for n in range(40)]

    assert assemble(problem(*items)).slugs == ("item-39",)


def test_examples_in_the_docstrings_are_true():
    results = doctest.testmod(assembly)

    assert (results.attempted, results.failed) == (3, 0)
