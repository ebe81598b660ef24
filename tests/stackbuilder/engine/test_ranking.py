"""Rankings small enough to check by hand, and what holds for every ranking."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence.synthesis import OutcomeKind, synthesise
from stackbuilder.engine.ranking import GoalTable, GoalTerm, RankingError, rank
from tests.catalogue_facts import catalogue_findings, read_reference

NOTHING = None  # no finding at all
UNCOUNTED = "uncounted"  # findings, none of which counts


def table_of(goals, profiles):
    """Build a table from {slug: (profile per goal)}, a profile being (mean, sd) or a word above."""

    shape = (len(profiles), len(goals))
    mean, sd = np.full(shape, np.nan), np.full(shape, np.nan)
    is_counted, has_findings = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for row, cells in enumerate(profiles.values()):
        for column, profile in enumerate(cells):
            has_findings[row, column] = profile is not NOTHING
            if isinstance(profile, tuple):
                mean[row, column], sd[row, column] = profile
                is_counted[row, column] = True
    return GoalTable(tuple(profiles), goals, mean, sd, is_counted, has_findings)


@pytest.fixture
def sleep_and_stress():
    return table_of(
        ("libido", "sleep", "stress-anxiety"),
        {
            "caffeine": (NOTHING, (-0.9, 0.3), NOTHING),
            "bacopa": ((2.0, 0.4), NOTHING, NOTHING),
            "valerian": (NOTHING, (0.9, 0.3), UNCOUNTED),
            "ibutamoren": (NOTHING, UNCOUNTED, UNCOUNTED),
            "ashwagandha": ((0.5, 0.4), (0.6, 0.3), (1.2, 0.6)),
            "ginkgo": (NOTHING, NOTHING, UNCOUNTED),
        },
    )


def test_ranking_of_two_weighted_goals_by_hand(sleep_and_stress):
    ranking = rank(sleep_and_stress, {"sleep": 2, "stress-anxiety": 1})

    assert ranking.goals == ("sleep", "stress-anxiety")
    assert ranking.shares == pytest.approx([2 / 3, 1 / 3])
    assert ranking.slugs == ("ashwagandha", "valerian", "caffeine")
    # ⅔·0.6 + ⅓·1.2; ⅔·0.9 + ⅓·0 (the prior); ⅔·-0.9 + ⅓·0
    assert ranking.mean == pytest.approx([0.8, 0.6, -0.6])
    # (⅔·0.3)² + (⅓·0.6)² = 0.08; (⅔·0.3)² + (⅓·1.5)² = 0.29, the prior's sd being 1.5
    assert ranking.sd == pytest.approx([sqrt(0.08), sqrt(0.29), sqrt(0.29)])
    assert ranking.dependable == pytest.approx([0.561954, 0.146774, -1.053226], abs=1e-6)
    assert ranking.terms == pytest.approx(np.array([[0.4, 0.4], [0.6, 0.0], [-0.6, 0.0]]))


def test_ranking_of_one_goal_takes_the_profile_as_it_is(sleep_and_stress):
    ranking = rank(sleep_and_stress, {"stress-anxiety": 3})

    assert ranking.slugs == ("ashwagandha",)
    assert (ranking.mean[0], ranking.sd[0]) == (1.2, 0.6)
    assert ranking.dependable[0] == pytest.approx(1.2 - 0.841621 * 0.6)


def test_compound_with_nothing_counted_is_listed_apart_by_slug(sleep_and_stress):
    ranking = rank(sleep_and_stress, {"sleep": 1, "stress-anxiety": 1})

    assert ranking.listed_apart == ("ginkgo", "ibutamoren")
    assert ranking.apart_index.tolist() == [5, 3]


def test_compound_without_findings_for_the_chosen_goals_is_not_listed(sleep_and_stress):
    ranking = rank(sleep_and_stress, {"sleep": 1})

    assert set(ranking.slugs) == {"ashwagandha", "valerian", "caffeine"}
    assert ranking.listed_apart == ("ibutamoren",)


def test_goal_nobody_studied_ranks_nobody():
    table = table_of(("sleep", "libido"), {"valerian": ((0.9, 0.3), NOTHING)})

    ranking = rank(table, {"libido": 1})

    assert len(ranking) == 0
    assert list(ranking) == []
    assert ranking.listed_apart == ()


def test_empty_catalogue_ranks_nobody():
    ranking = rank(table_of(("sleep",), {}), {"sleep": 1})

    assert len(ranking) == 0
    assert ranking.listed_apart == ()


def test_row_of_a_ranking_shows_where_the_prior_stood_in(sleep_and_stress):
    second = rank(sleep_and_stress, {"sleep": 1, "stress-anxiety": 1}).at(2)

    assert (second.place, second.index, second.slug) == (2, 2, "valerian")
    assert second.mean == pytest.approx(0.45)
    assert second.terms == (
        GoalTerm("sleep", share=0.5, benefit=0.9, is_counted=True),
        GoalTerm("stress-anxiety", share=0.5, benefit=0.0, is_counted=False),
    )
    assert [term.term for term in second.terms] == pytest.approx([0.45, 0.0])


def test_rows_of_a_ranking_come_in_order_of_place(sleep_and_stress):
    rows = list(rank(sleep_and_stress, {"sleep": 1}))

    assert [row.place for row in rows] == [1, 2, 3]
    assert [sleep_and_stress.slugs[row.index] for row in rows] == [row.slug for row in rows]


@pytest.mark.parametrize("place", [0, -1, 4])
def test_place_outside_a_ranking_is_refused(sleep_and_stress, place):
    ranking = rank(sleep_and_stress, {"sleep": 1})

    with pytest.raises(RankingError, match=f"1 to 3, got {place}"):
        ranking.at(place)


def test_equal_dependable_benefits_put_the_surer_first():
    # 0.841621·sd is the mean, so both dependable benefits are exactly 0.
    table = table_of(("sleep",), {"a-wide": ((0.841621, 1.0),), "b-sure": ((0.841621 / 2, 0.5),)})

    ranking = rank(table, {"sleep": 1})

    assert ranking.dependable.tolist() == [0.0, 0.0]
    assert ranking.slugs == ("b-sure", "a-wide")


def test_equal_profiles_are_ordered_by_slug():
    same = ((0.4, 0.5),)

    ranking = rank(
        table_of(("sleep",), {"zinc": same, "bacopa": same, "garlic": same}), {"sleep": 1}
    )

    assert ranking.slugs == ("bacopa", "garlic", "zinc")


@pytest.mark.parametrize(
    "weights, message",
    [
        ({}, "at least one goal"),
        ({"sleep": 1, "flying": 2}, "unknown goal 'flying'"),
        ({"sleep": 0}, "weight of 'sleep' must be 1, 2 or 3, got 0"),
        ({"sleep": 1, "libido": 4}, "weight of 'libido' must be 1, 2 or 3, got 4"),
        ({"sleep": -1}, "got -1"),
        ({"sleep": 1.5}, "got 1.5"),
    ],
)
def test_ranking_refuses_weights_by_name(sleep_and_stress, weights, message):
    with pytest.raises(RankingError, match=message):
        rank(sleep_and_stress, weights)


@pytest.mark.parametrize(
    "profile", [(np.nan, 1.0), (np.inf, 1.0), (0.5, np.nan), (0.5, np.inf), (0.5, 0.0), (0.5, -1.0)]
)
def test_table_refuses_a_counted_profile_without_figures(profile):
    with pytest.raises(RankingError, match="zinc for sleep needs a finite mean and an sd above 0"):
        table_of(("libido", "sleep"), {"garlic": (NOTHING, (1.0, 1.0)), "zinc": (NOTHING, profile)})


def test_table_refuses_arrays_of_another_shape():
    with pytest.raises(RankingError, match=r"sd must have the shape \(1, 1\), got \(1, 2\)"):
        GoalTable(
            ("zinc",),
            ("sleep",),
            np.ones((1, 1)),
            np.ones((1, 2)),
            np.ones((1, 1)),
            np.ones((1, 1)),
        )


@pytest.mark.parametrize(
    "slugs, goals", [(("zinc", "zinc"), ("sleep",)), (("zinc",), ("sleep",) * 2)]
)
def test_table_refuses_a_slug_given_twice(slugs, goals):
    figures = np.ones((len(slugs), len(goals)))

    with pytest.raises(RankingError, match="must differ"):
        GoalTable(slugs, goals, figures, figures, figures > 0, figures > 0)


@pytest.fixture(scope="module")
def catalogue_table():
    """The shipped catalogue, synthesised."""
    findings = catalogue_findings()
    slugs, goals = ({key[i]: None for key in findings} for i in (0, 1))
    profiles = {slug: [NOTHING] * len(goals) for slug in slugs}
    for (slug, goal), facts in findings.items():
        # Safety outcomes belong to no profile, so they alone do not list a compound.
        if all(fact.outcome.kind is OutcomeKind.SAFETY for fact in facts):
            continue
        profile = synthesise(facts)
        figures = UNCOUNTED if profile.mean is None else (profile.mean, profile.sd)
        profiles[slug][list(goals).index(goal)] = figures
    return table_of(tuple(goals), profiles)


def test_ranking_of_the_catalogue_equals_the_reference(catalogue_table):
    expected = read_reference()["ranking"]

    ranking = rank(catalogue_table, expected["weights"])

    assert list(ranking.slugs) == [row["compound"] for row in expected["rows"]]
    for name in ("mean", "sd", "dependable"):
        figures = [row[name] for row in expected["rows"]]
        assert getattr(ranking, name) == pytest.approx(figures, rel=0, abs=1e-6), name
    assert list(ranking.listed_apart) == expected["listed_apart"]


# Few distinct figures, so that ties in the dependable benefit and in the sd do happen.
counted = st.tuples(st.sampled_from([-2.0, -0.3, 0.0, 0.7, 1.9]), st.sampled_from([0.25, 0.5, 1.1]))
profile_cells = st.one_of(st.none(), st.just(UNCOUNTED), counted)


@st.composite
def tables_and_weights(draw):
    goals = ("energy", "libido", "sleep", "weight")[: draw(st.integers(1, 4))]
    slugs = draw(st.lists(st.sampled_from("abcdefghij"), unique=True, max_size=10))
    profiles = {slug: draw(st.tuples(*[profile_cells] * len(goals))) for slug in slugs}
    weights = draw(st.dictionaries(st.sampled_from(goals), st.integers(1, 3), min_size=1))
    return table_of(goals, profiles), weights


def assert_same_ranking(one, two):
    assert (one.goals, one.slugs, one.listed_apart) == (two.goals, two.slugs, two.listed_apart)
    for name in ("shares", "mean", "sd", "dependable", "benefit", "terms", "is_counted"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


@settings(deadline=None)
@given(tables_and_weights())
def test_terms_add_up_to_the_mean(case):
    table, weights = case

    ranking = rank(table, weights)

    assert ranking.shares.sum() == pytest.approx(1.0)
    for row in ranking:
        assert sum(term.term for term in row.terms) == pytest.approx(row.mean, abs=1e-12)
    assert ranking.terms.sum(axis=1) == pytest.approx(ranking.mean, abs=1e-12)


@settings(deadline=None)
@given(tables_and_weights())
def test_order_is_by_dependable_benefit_then_sd_then_slug(case):
    table, weights = case

    ranking = rank(table, weights)

    keys = [(-row.dependable, row.sd, row.slug) for row in ranking]
    assert keys == sorted(keys)


@settings(deadline=None)
@given(tables_and_weights())
def test_ranked_and_listed_apart_are_told_by_what_was_counted(case):
    table, weights = case

    ranking = rank(table, weights)

    chosen = [table.goals.index(goal) for goal in weights]
    is_ranked = table.is_counted[:, chosen].any(axis=1)
    is_known = table.has_findings[:, chosen].any(axis=1)
    assert set(ranking.slugs) == {
        s for s, ranked in zip(table.slugs, is_ranked, strict=True) if ranked
    }
    assert ranking.listed_apart == tuple(
        sorted(s for s, apart in zip(table.slugs, is_known & ~is_ranked, strict=True) if apart)
    )
    assert [table.slugs[i] for i in ranking.index] == list(ranking.slugs)
    assert [table.slugs[i] for i in ranking.apart_index] == list(ranking.listed_apart)


@settings(deadline=None)
@given(tables_and_weights(), st.randoms(use_true_random=False))
def test_order_of_the_compounds_and_of_the_weights_does_not_matter(case, random):
    table, weights = case
    rows = list(range(len(table.slugs)))
    random.shuffle(rows)
    shuffled = GoalTable(
        slugs=tuple(table.slugs[row] for row in rows),
        goals=table.goals,
        mean=table.mean[rows],
        sd=table.sd[rows],
        is_counted=table.is_counted[rows],
        has_findings=table.has_findings[rows],
    )

    found = rank(shuffled, dict(reversed(weights.items())))

    assert_same_ranking(found, rank(table, weights))


@settings(deadline=None)
@given(tables_and_weights(), st.sampled_from([2, 3]))
def test_equal_weights_of_any_size_give_the_same_ranking(case, weight):
    table, weights = case

    found = rank(table, dict.fromkeys(weights, weight))

    assert_same_ranking(found, rank(table, dict.fromkeys(weights, 1)))


@settings(deadline=None)
@given(tables_and_weights())
def test_goal_that_was_not_chosen_changes_nothing(case):
    table, weights = case
    others = [column for column, goal in enumerate(table.goals) if goal not in weights]
    assume(others)
    mean = table.mean.copy()
    mean[:, others] += 1.0
    changed = GoalTable(
        table.slugs, table.goals, mean, table.sd, table.is_counted, table.has_findings
    )

    assert_same_ranking(rank(changed, weights), rank(table, weights))
