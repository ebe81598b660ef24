"""Likely places against the plain way of finding them, which keeps every place of every draw."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackbuilder.engine import places
from stackbuilder.engine.places import DRAWS, SEED, likely_places
from stackbuilder.engine.ranking import RankingError


def ranked_figures(size, seed=7):
    """Means and sds as a ranking has them: by the dependable end, so not by the mean."""
    generator = np.random.default_rng(seed)
    mean, sd = generator.normal(0.0, 0.8, size), generator.uniform(0.3, 1.2, size)
    order = np.argsort(-(mean - 0.841621 * sd))
    return mean[order], sd[order]


def naive_places(mean, sd, draws=DRAWS, seed=SEED):
    """Every place of every draw in one array, sorted for its percentiles."""
    benefit = mean + sd * np.random.default_rng(seed).standard_normal((draws, mean.size))
    order = np.argsort(-benefit, axis=1, kind="stable")
    drawn = np.sort(np.argsort(order, axis=1), axis=0) + 1
    own = np.arange(mean.size) + 1
    low, high = (drawn[(draws * percentile + 99) // 100 - 1] for percentile in (10, 90))
    return np.minimum(low, own), np.maximum(high, own)


def peak_bytes(size, draws):
    mean, sd = ranked_figures(size)
    tracemalloc.start()
    try:
        likely_places(mean, sd, draws=draws)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 9, 10, 60, 300])
def test_likely_places_equal_the_naive_ones(size):
    mean, sd = ranked_figures(size)

    low, high = likely_places(mean, sd)

    expected_low, expected_high = naive_places(mean, sd)
    np.testing.assert_array_equal(low, expected_low)
    np.testing.assert_array_equal(high, expected_high)


@pytest.mark.parametrize("draws", [1, 2, 9, 10, 11, 1001])
def test_likely_places_equal_the_naive_ones_for_any_number_of_draws(draws):
    mean, sd = ranked_figures(40)

    low, high = likely_places(mean, sd, draws=draws, seed=5)

    expected_low, expected_high = naive_places(mean, sd, draws=draws, seed=5)
    np.testing.assert_array_equal(low, expected_low)
    np.testing.assert_array_equal(high, expected_high)


@pytest.mark.parametrize("cells", [1, 60, 1_000, 10_000_000])
def test_likely_places_do_not_depend_on_the_size_of_a_chunk(monkeypatch, cells):
    mean, sd = ranked_figures(60)
    expected = likely_places(mean, sd, draws=500)
    monkeypatch.setattr(places, "CHUNK_CELLS", cells)

    found = likely_places(mean, sd, draws=500)

    np.testing.assert_array_equal(found, expected)


def test_likely_places_are_the_same_when_asked_again():
    mean, sd = ranked_figures(30)

    first, second = likely_places(mean, sd), likely_places(mean, sd)

    np.testing.assert_array_equal(first, second)


def test_likely_places_follow_the_seed():
    mean, sd = ranked_figures(300)

    one, two = likely_places(mean, sd, seed=1), likely_places(mean, sd, seed=2)

    assert not np.array_equal(one, two)


def test_memory_of_likely_places_does_not_grow_with_the_draws():
    few, many = peak_bytes(2_000, draws=200), peak_bytes(2_000, draws=4_000)

    every_place_in_two_bytes = 2_000 * 4_000 * 2
    assert many < every_place_in_two_bytes / 2
    assert many < few * 1.05


def test_memory_of_likely_places_grows_slower_than_the_square_of_the_compounds():
    assert peak_bytes(8_000, draws=100) < 8 * peak_bytes(2_000, draws=100)


def test_certain_winner_is_likely_first_only():
    mean, sd = np.array([50.0, 0.2, 0.1]), np.array([0.5, 0.5, 0.5])

    low, high = likely_places(mean, sd)

    assert (low[0], high[0]) == (1, 1)
    assert low.tolist() == [1, 2, 2]
    assert high.tolist() == [1, 3, 3]


def test_own_place_is_inside_when_the_draws_put_the_compound_elsewhere():
    # First by its dependable end (0.96 against -0.37), yet nearly always beaten in the draws.
    mean, sd = np.array([1.0, 8.0]), np.array([0.05, 9.95])

    low, high = likely_places(mean, sd)

    assert (low[0], high[0]) == (1, 2)
    assert (low[1], high[1]) == (1, 2)


def test_equal_benefits_without_uncertainty_keep_their_ranked_order():
    mean, sd = np.full(12, 0.4), np.zeros(12)

    low, high = likely_places(mean, sd, draws=20)

    assert low.tolist() == high.tolist() == list(range(1, 13))


def test_tie_among_uncertain_compounds_keeps_the_ranked_order():
    mean = np.array([0.5, 0.0, 0.0, 0.0, -0.5])
    sd = np.array([1.0, 0.0, 0.0, 0.0, 1.0])

    low, high = likely_places(mean, sd)

    expected_low, expected_high = naive_places(mean, sd)
    np.testing.assert_array_equal(low, expected_low)
    np.testing.assert_array_equal(high, expected_high)


def test_nobody_ranked_has_no_likely_places():
    low, high = likely_places(np.zeros(0), np.zeros(0))

    assert low.size == high.size == 0


@settings(deadline=None, max_examples=60)
@given(
    figures=st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 3)), min_size=1, max_size=25),
    draws=st.integers(1, 60),
)
def test_likely_places_hold_the_own_place_and_stay_within_the_ranking(figures, draws):
    mean, sd = np.array(figures).T

    low, high = likely_places(mean, sd, draws=draws)

    own = np.arange(1, len(figures) + 1)
    assert (low <= own).all() and (own <= high).all()
    assert low.min() >= 1 and high.max() <= len(figures)


@pytest.mark.parametrize(
    "mean, sd, draws, message",
    [
        ([0.0, 1.0], [1.0], 10, r"got \(2,\) and \(1,\)"),
        ([[0.0]], [[1.0]], 10, r"got \(1, 1\)"),
        ([np.nan], [1.0], 10, "mean must be finite"),
        ([0.0], [np.inf], 10, "sd finite"),
        ([0.0], [-1.0], 10, "not below 0"),
        ([0.0], [1.0], 0, "draws must be at least 1, got 0"),
    ],
)
def test_likely_places_refuse_figures_that_cannot_be_drawn(mean, sd, draws, message):
    with pytest.raises(RankingError, match=message):
        likely_places(np.array(mean), np.array(sd), draws=draws)
