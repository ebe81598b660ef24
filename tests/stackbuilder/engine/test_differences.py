"""Who leads, by how much, and when two cannot be told apart."""

from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.engine.differences import TELLING_CHANCE, Estimate, chance_of_more, lead
from stackbuilder.engine.ranking import RankingError

STRONG = Estimate("strong", 1.0, 0.6)
CLOSE = Estimate("close", 0.9, 0.6)
WEAK = Estimate("weak", 0.0, 0.8)

estimates = st.builds(
    Estimate,
    st.text("abc", min_size=1, max_size=3),
    st.floats(-5, 5),
    st.floats(0.05, 3),
)


@pytest.mark.parametrize(
    "one, other, chance",
    [
        # Φ(1 / √(0.36 + 0.64)) = Φ(1), Φ(0.1 / √0.72) = Φ(0.117851), from a table.
        (STRONG, WEAK, 0.841345),
        (WEAK, STRONG, 0.158655),
        (STRONG, CLOSE, 0.546907),
        (STRONG, replace(STRONG, slug="same"), 0.5),
    ],
)
def test_chance_of_more_is_that_of_two_normal_benefits(one, other, chance):
    assert chance_of_more(one, other) == pytest.approx(chance, abs=1e-5)


def test_lead_goes_by_the_dependable_benefit_not_by_the_best_estimate():
    bold = Estimate("bold", 1.4, 1.5)

    found = lead([bold, STRONG])

    assert STRONG.dependable == pytest.approx(0.495027, abs=1e-6)
    assert found.first == STRONG
    assert found.others[0].chance < 0.5
    assert not found.others[0].is_told_apart


def test_lead_tells_apart_only_those_far_enough_behind():
    found = lead([WEAK, CLOSE, STRONG])

    assert [one.other.slug for one in found.others] == ["close", "weak"]
    assert [one.is_told_apart for one in found.others] == [False, True]


def test_lead_of_equals_goes_by_the_slug():
    found = lead([replace(STRONG, slug="b"), replace(STRONG, slug="a")])

    assert (found.first.slug, found.others[0].chance) == ("a", 0.5)


def test_lead_of_nobody_is_nobody():
    assert lead([]) is None
    assert lead([WEAK]).others == ()


@pytest.mark.parametrize("mean, sd", [(nan, 1), (inf, 1), (0, 0), (0, -1), (0, nan)])
def test_estimate_needs_figures(mean, sd):
    with pytest.raises(RankingError, match="valerian needs a finite mean"):
        Estimate("valerian", mean, sd)


@given(estimates, estimates)
def test_chances_of_either_being_above_add_up(one, other):
    assert chance_of_more(one, other) + chance_of_more(other, one) == pytest.approx(1)


@given(st.lists(estimates, min_size=1, max_size=4))
def test_lead_is_never_told_to_be_behind(given_estimates):
    found = lead(given_estimates)

    # Rounding aside: where one's sd dwarfs the other's, the bound is all but reached.
    assert all(one.chance > 1 - TELLING_CHANCE - 1e-9 for one in found.others)
    assert found.first.dependable == max(one.dependable for one in given_estimates)
