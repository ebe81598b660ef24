"""Who serves what in a stack, and who adds nothing."""

import doctest
from math import nan

import pytest

from stackbuilder.engine import coverage as module
from stackbuilder.engine.coverage import CellKind, Covering, Known, Outdone, Reach, coverage

SLEEP = {"sleep": 1.0}
BOTH = {"sleep": 0.75, "mood": 0.25}


def member(slug, *benefits, may_serve=True):
    """Return a member of which these dependable benefits are known; None was never studied."""
    known = (Known() if one is None else Known(one, has_findings=True) for one in benefits)
    return Covering(slug, tuple(known), may_serve)


def kinds(found):
    return {one.slug: [cell.kind for cell in one.cells] for one in found.members}


def test_best_member_serves_a_goal_and_the_next_is_the_runner_up():
    found = coverage(
        [member("valerian", 0.22), member("saffron", 0.41), member("zinc", 0.1)], SLEEP
    )

    assert kinds(found) == {"valerian": ["less"], "saffron": ["serves"], "zinc": ["less"]}
    assert found.reaches == (Reach("sleep", "saffron", 0.41, "valerian", 0.22),)


def test_first_by_slug_serves_of_two_that_do_equally_much():
    found = coverage([member("valerian", 0.4), member("saffron", 0.4)], SLEEP)

    assert kinds(found) == {"valerian": ["less"], "saffron": ["serves"]}
    assert found.members[0].outdone == (Outdone("sleep", 0.4, "saffron", 0.4),)


def test_members_and_goals_keep_their_order():
    found = coverage([member("zinc", 0.1, 0.2), member("creatine", 0.3, 0.1)], BOTH)

    assert [one.slug for one in found.members] == ["zinc", "creatine"]
    assert [cell.goal for cell in found.members[0].cells] == ["sleep", "mood"]
    assert [one.serves for one in found.members] == [("mood",), ("sleep",)]


@pytest.mark.parametrize(
    "known, kind",
    [
        (Known(), CellKind.UNSTUDIED),
        (Known(has_findings=True), CellKind.STUDIED),
        (Known(-0.1, has_findings=True), CellKind.NOT_COUNTED_ON),
        (Known(0.0, has_findings=True), CellKind.NOT_COUNTED_ON),
        (Known(-2.0, has_findings=True, is_harm=True), CellKind.HARM),
        (Known(0.5, has_findings=True, is_too_uncertain=True), CellKind.TOO_UNCERTAIN),
        (Known(-0.5, has_findings=True, is_too_uncertain=True), CellKind.NOT_COUNTED_ON),
    ],
)
def test_cell_without_a_benefit_to_count_on_says_why(known, kind):
    found = coverage([Covering("saffron", (known,))], SLEEP)

    assert kinds(found) == {"saffron": [kind]}
    assert found.reaches == (Reach("sleep", None, 0.0, None, 0.0),)
    assert found.members[0].is_redundant


def test_tested_without_effect_is_no_untested_one_though_both_are_worth_nothing():
    tested, untested = member("zinc", 0.0), member("zinc", None)

    found = [coverage([one], SLEEP) for one in (tested, untested)]

    assert found[0].value == found[1].value
    assert kinds(found[0]) != kinds(found[1])


def test_member_left_out_serves_nothing_and_counts_for_nothing():
    found = coverage([member("saffron", 0.9, may_serve=False), member("valerian", 0.2)], SLEEP)

    assert kinds(found) == {"saffron": ["left-out"], "valerian": ["serves"]}
    assert found.reaches == (Reach("sleep", "valerian", 0.2, None, 0.0),)
    assert not found.members[0].is_redundant
    assert found.value == pytest.approx(0.2 - 0.02)


def test_value_is_what_is_served_less_a_charge_for_each_member():
    found = coverage([member("saffron", 0.4, 0.0), member("zinc", 0.1, 0.2)], BOTH)

    assert found.served == pytest.approx(0.75 * 0.4 + 0.25 * 0.2)
    assert found.value == pytest.approx(0.35 - 2 * 0.02)
    # Without saffron zinc would serve sleep too.
    assert [one.loss for one in found.members] == pytest.approx([0.75 * 0.3 - 0.02, 0.05 - 0.02])


def test_redundant_member_is_told_by_whom_each_of_its_goals_is_served():
    found = coverage(
        [member("zinc", 0.1, 0.2), member("saffron", 0.4, 0.1), member("creatine", 0.0, 0.5)], BOTH
    )

    zinc, saffron, _ = found.members
    assert zinc.is_redundant
    assert zinc.loss == pytest.approx(-0.02)
    assert zinc.outdone == (
        Outdone("sleep", 0.1, "saffron", 0.4),
        Outdone("mood", 0.2, "creatine", 0.5),
    )
    assert not saffron.is_redundant


def test_nobody_is_redundant_without_a_goal():
    found = coverage([member("saffron")], {})

    assert (found.members[0].is_redundant, found.reaches, found.served) == (False, (), 0)


def test_empty_stack_reaches_nothing():
    found = coverage([], BOTH)

    assert (found.members, found.value, found.kinds) == ((), 0, frozenset())
    assert [one.served_by for one in found.reaches] == [None, None]


def test_kinds_are_those_that_occur():
    found = coverage([member("saffron", 0.4, None), member("zinc", 0.1, -0.2)], BOTH)

    assert found.kinds == {"serves", "less", "not-counted-on", "unstudied"}


@pytest.mark.parametrize(
    "members, word",
    [
        ([member("zinc", 0.1), member("zinc", 0.2)], "differ"),
        ([member("zinc", 0.1, 0.2)], "1 goals"),
    ],
)
def test_coverage_refuses_what_nobody_can_mean(members, word):
    with pytest.raises(ValueError, match=word):
        coverage(members, SLEEP)


def test_known_refuses_a_benefit_that_is_no_number():
    with pytest.raises(ValueError, match="finite"):
        Known(nan)


def test_examples_in_the_docstrings_hold():
    results = doctest.testmod(module)

    assert (results.failed, results.attempted) == (0, 3)
