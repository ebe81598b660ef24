"""Every profile of the reference, which was computed independently from the method's text."""

import pytest

from evidence.synthesis import synthesise
from tests.catalogue_facts import catalogue_findings, planted_findings, read_reference

TOLERANCE = 1e-6
REFERENCE = read_reference()
PROFILES = REFERENCE["profiles"]
PLANTED = [compound["expected"] for compound in REFERENCE["planted"]["compounds"]]

NAMES = ("compound", "goal")
LISTS = ("clusters", "not_counted")
FIGURES = ("mean", "sd", "dependable", "p_matters", "p_harm", "scale")
WORDS = ("letter", "verdict", "certainty", "body_level", "only_markers", "reviews_disagree_on")


def name_of(expected):
    return f"{expected['compound']} {expected['goal']}"


@pytest.fixture(scope="module")
def catalogue():
    return catalogue_findings()


@pytest.fixture(scope="module")
def planted():
    return planted_findings()


@pytest.mark.parametrize("expected", PROFILES, ids=name_of)
def test_profile_of_the_catalogue_equals_the_reference(catalogue, expected):
    profile = synthesise(catalogue[expected["compound"], expected["goal"]])

    assert_equals_reference(profile.as_values(), expected)


@pytest.mark.parametrize("expected", PLANTED, ids=name_of)
def test_profile_of_the_planted_catalogue_equals_the_reference(planted, expected):
    profile = synthesise(planted[expected["compound"]])

    assert_equals_reference(profile.as_values(), expected)


def test_reference_is_compared_as_a_whole():
    known = {*NAMES, *LISTS, *FIGURES, *WORDS}

    assert len(PROFILES) == 42
    assert len(PLANTED) == 5
    assert {name for expected in [*PROFILES, *PLANTED] for name in expected} <= known


def assert_equals_reference(values, expected):
    is_counted = "mean" in expected
    for name in FIGURES:
        wanted = expected[name] if is_counted else None
        assert values[name] == (pytest.approx(wanted, abs=TOLERANCE, rel=0) if is_counted else None)
    for name in WORDS:
        if name in expected:
            assert values[name] == expected[name], name
        else:
            assert not values[name], name
    assert clusters_by_study(values["clusters"]) == {
        study: pytest.approx(row, abs=TOLERANCE, rel=0)
        for study, row in reference_clusters(expected["clusters"]).items()
    }
    assert levels_by_study(values["clusters"]) == levels_by_study(expected["clusters"])
    assert sorted(map(uncounted, values["not_counted"])) == sorted(
        map(uncounted, expected["not_counted"])
    )


def clusters_by_study(clusters):
    """`findings` is a number in the reference and the keys themselves in ours."""
    return {
        row["study"]: (row["y"], row["v"], row["contribution"], len(row["findings"]))
        for row in clusters
    }


def reference_clusters(clusters):
    return {
        row["study"]: (row["y"], row["v"], row["contribution"], row["findings"]) for row in clusters
    }


def levels_by_study(clusters):
    return {row["study"]: row["level"] for row in clusters}


def uncounted(row):
    """One uncounted finding as text, because None does not sort beside numbers."""
    return tuple(str(row[name]) for name in ("study", "outcome", "measure", "estimate", "why"))
