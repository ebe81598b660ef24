"""What the method page prints is read from the code at each request."""

import pytest

from evidence.synthesis import CONSTANTS, constants
from stackbuilder.engine import places, ranking
from stackbuilder.method_page import (
    constant_rows,
    constants_in_force,
    derived_figures,
    mid_bases,
    starting_levels,
)
from tests.factories import make_mid, make_outcome


def test_constants_in_force_are_all_that_the_synthesis_and_the_ranking_have():
    numbers = constants_in_force()

    names = {
        name
        for name, value in vars(constants).items()
        if name.isupper() and isinstance(value, int | float)
    }
    assert names | {"WEIGHTS", "PRIOR_MEAN", "SEED"} < set(numbers)
    assert numbers["PRIOR_SD"] == constants.PRIOR_SD
    assert numbers["DRAWS"] == places.DRAWS
    assert numbers["WEIGHTS"] == ranking.WEIGHTS


def test_constant_rows_hold_each_constant_of_the_method_once():
    rows = constant_rows(constants_in_force())

    meanings = [meaning for meaning, *_ in rows]
    assert meanings[: len(CONSTANTS)] == [one.meaning for one in CONSTANTS]
    assert len(meanings) == len(CONSTANTS) + 7 == len(set(meanings))
    assert all(link.url for *_, links in rows for link in links)


def test_derived_figures_follow_from_the_constants():
    figures = derived_figures(constants_in_force())

    assert figures["sure"] == pytest.approx(0.8, abs=1e-6)
    assert figures["interval"] == pytest.approx(0.95, abs=1e-6)
    # The prior's promise: one chance in four of an important benefit.
    assert figures["prior_chance"] == pytest.approx(0.25, abs=0.005)
    assert (figures["weights"], figures["draws"]) == ("1, 2 or 3", "4,000")


def test_starting_levels_name_each_design_that_can_count_once():
    levels = dict(starting_levels())

    assert list(levels) == ["high", "low", "very-low"]
    assert levels["very-low"] == ["case series"]
    assert sum(map(len, levels.values())) == 9


@pytest.mark.django_db
def test_mid_bases_count_what_the_database_holds():
    outcome = make_outcome()
    make_mid(outcome, unit="score", basis="0.2 SD")
    make_mid(outcome, unit="%", basis="0.2 SD")

    counts = {basis.label: basis.count for basis in mid_bases()}

    assert counts["a fifth of a standard deviation"] == 2
    assert counts["published MID"] == 1
    assert counts["GRADE's default"] == 0
    assert sum(basis.count for basis in mid_bases() if basis.is_convention) == 2
