"""The current profiles as the command prints them, beside those of the reference."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evidence.models import Finding, Profile
from evidence.publication import system_user, withdraw_findings
from tests.catalogue_facts import read_reference
from tests.loaded_catalogue import loaded_catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
catalogue = pytest.fixture(scope="module")(loaded_catalogue)

TOLERANCE = 1e-6
REFERENCE = read_reference()["profiles"]


def run(*options):
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("profiles", *options, stdout=out)
    return out.getvalue()


def as_json(*options):
    """Return the rows by compound and goal."""
    rows = json.loads(run("--format=json", *options))
    return {(row["compound"], row["goal"]): row for row in rows}


@pytest.fixture(scope="module")
def printed(django_db_blocker, catalogue):
    with django_db_blocker.unblock():
        return as_json()


def in_one_order(row):
    """Return a row with its clusters, and what was not counted, in the order of what they say.

    The method gives those two no order.
    """
    return row | {
        "clusters": sorted(row["clusters"], key=lambda cluster: cluster["study"]),
        "not_counted": sorted(row["not_counted"], key=in_words),
    }


def in_words(entry):
    """Return an uncounted finding as text; -45 and -45.0 are one number of JSON."""
    estimate = entry["estimate"]
    return [
        *(str(entry[name]) for name in ("study", "outcome", "measure", "why")),
        "" if estimate is None else f"{estimate:g}",
    ]


def assert_same(printed, expected, place):
    """Compare like with like, all the way down: same keys, same words, numbers to 1e-6."""
    if isinstance(expected, dict):
        assert printed.keys() == expected.keys(), place
        for key, value in expected.items():
            assert_same(printed[key], value, f"{place}.{key}")
    elif isinstance(expected, list):
        assert len(printed) == len(expected), place
        for index, value in enumerate(expected):
            assert_same(printed[index], value, f"{place}[{index}]")
    elif isinstance(expected, float | int) and not isinstance(expected, bool):
        assert not isinstance(printed, bool), place
        assert printed == pytest.approx(expected, abs=TOLERANCE, rel=0), place
    else:
        assert (type(printed), printed) == (type(expected), expected), place


def test_reference_is_the_whole_of_it():
    assert len(REFERENCE) == 42


@pytest.mark.parametrize("expected", REFERENCE, ids=lambda row: f"{row['compound']} {row['goal']}")
def test_json_row_equals_the_reference(printed, expected):
    pair = expected["compound"], expected["goal"]

    assert_same(in_one_order(printed[pair]), in_one_order(expected), " ".join(pair))


def test_json_is_a_list_with_one_row_for_every_current_profile(printed):
    rows = json.loads(run("--format=json"))

    assert isinstance(rows, list)
    assert len(rows) == len(printed) == Profile.objects.current().count()


def test_json_may_be_one_compound_or_one_goal_or_both(printed):
    compound, goal = "melatonin", "sleep"

    assert as_json("--compound", compound).keys() == {
        pair for pair in printed if pair[0] == compound
    }
    assert as_json("--goal", goal).keys() == {pair for pair in printed if pair[1] == goal}
    assert as_json("--compound", compound, "--goal", goal).keys() == {(compound, goal)}


@pytest.mark.parametrize("option", ["--compound", "--goal"])
def test_unknown_compound_or_goal_is_refused(option):
    with pytest.raises(CommandError, match=r"There is no \w+ 'melatonine'"):
        run(option, "melatonine")


def test_table_has_a_heading_and_one_line_for_every_current_profile(printed):
    heading, *lines = run().splitlines()

    assert heading.split() == [
        "compound", "goal", "letter", "verdict", "mean", "sd", "dependable", "certainty",
    ]  # fmt: skip
    assert [tuple(line.split()[:2]) for line in lines] == sorted(printed)


def test_table_shows_figures_where_something_counts_and_blanks_where_not(printed):
    lines = {tuple(line.split()[:2]): line.split()[2:] for line in run().splitlines()[1:]}

    for pair, row in printed.items():
        words = [row["letter"], *row["verdict"].split()]
        figures = [f"{row[name]:.3f}" for name in ("mean", "sd", "dependable") if name in row]
        certainty = [row["certainty"]] if "certainty" in row else []
        assert lines[pair] == [*words, *figures, *certainty]


def test_profile_that_lost_its_last_finding_is_not_printed(printed):
    findings = Finding.objects.filter(compound__slug="melatonin", outcome__goal__slug="sleep")

    withdraw_findings(findings, by=system_user(), why="Under review")

    assert printed.keys() - as_json().keys() == {("melatonin", "sleep")}


def test_uncounted_finding_that_was_deleted_since_is_printed_without_its_figure():
    profile = next(row for row in Profile.objects.current() if len(row.not_counted) == 1)
    Finding.objects.filter(key=profile.not_counted[0]["key"]).delete()

    row = as_json()[profile.compound.slug, profile.goal.slug]

    assert [(entry["measure"], entry["estimate"]) for entry in row["not_counted"]] == [(None, None)]
