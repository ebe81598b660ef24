"""The evidence of a comparison: cells, who leads, how much is counted, what weighs most."""

import pytest

from evidence.models import Finding
from stackbuilder.candidates import snapshot, snapshot_at
from stackbuilder.comparing.evidence import KEY_STUDIES, evidence_of, goals_compared
from stackbuilder.links import State
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)
from tests.made_profiles import make_profile, make_profiles, new_version

pytestmark = pytest.mark.django_db


def evidence(*slugs, tables=None, **choices):
    """Return the evidence on the compounds with these slugs."""
    tables = tables or snapshot()
    cards = [tables.compounds[tables.row_of[slug]] for slug in slugs]
    return evidence_of(tables, State(members=slugs, **choices), cards)


def only_goal(*slugs, **choices):
    (goal,) = evidence(*slugs, **choices).goals
    return goal


def test_goal_says_who_leads_and_from_whom_it_can_be_told_apart():
    make_profiles()

    goal = only_goal("weak", "close", "strong")

    assert [cell.slug for cell in goal.cells] == ["weak", "close", "strong"]
    assert goal.first.slug == "strong"
    assert goal.first.bar.dependable == pytest.approx(0.495, abs=0.001)
    assert [one.cell.slug for one in goal.alike] == ["close"]
    assert [one.cell.slug for one in goal.outdone] == ["weak"]
    assert goal.outdone[0].difference.chance == pytest.approx(0.8413, abs=0.0001)
    assert goal.is_dependable
    assert [cell.slug for cell in goal.level] == ["strong"]


def test_goal_with_equal_figures_puts_nobody_in_front():
    make_profile(make_compound("a"), 0.5, 0.5)
    make_profile(make_compound("b"), 0.5, 0.5)

    assert [cell.slug for cell in only_goal("b", "a").level] == ["a", "b"]


@pytest.mark.parametrize("mean, is_dependable", [(0.424, False), (0.44, True)])
def test_lead_is_dependable_only_if_its_printed_figure_is_above_zero(mean, is_dependable):
    make_profile(make_compound("a"), mean, 0.5)
    make_profile(make_compound("b"), -1, 0.5)

    assert only_goal("a", "b").is_dependable is is_dependable


def test_tested_without_benefit_is_neither_untested_nor_uncounted():
    make_profile(make_compound("null"), 0.1, 0.2, letter="F", verdict="no benefit that matters")
    make_profile(make_compound("odd"), None, None)
    make_compound("untried")

    goal = only_goal("null", "odd", "untried")

    assert [cell.slug for cell in goal.without_benefit] == ["null"]
    assert [cell.slug for cell in goal.uncounted] == ["odd"]
    assert [cell.slug for cell in goal.untested] == ["untried"]
    assert goal.first.slug == "null"
    assert goal.behind == ()


def test_goal_without_anything_counted_has_nobody_in_front():
    make_profile(make_compound("odd"), None, None)
    make_compound("untried")

    goal = only_goal("odd", "untried")

    assert (goal.first, goal.behind, goal.level) == (None, (), [])


def test_goals_are_those_chosen_or_those_that_one_of_them_was_studied_for():
    sleep, mood = make_goal("sleep", position=0), make_goal("mood", position=1)
    make_goal("skin", position=2)
    make_profile(make_compound("a"), 1, 1, goal=mood)
    make_profile(make_compound("b"), None, None, goal=sleep)
    make_compound("c")
    tables = snapshot()

    def names(*slugs, **choices):
        cards = [tables.compounds[tables.row_of[slug]] for slug in slugs]
        return [goal.slug for goal in goals_compared(tables, State(**choices), cards)]

    assert names("a", "b") == ["sleep", "mood"]
    assert names("a", "c") == ["mood"]
    assert names("a", "c", weights={"skin": 1}) == ["skin"]


def test_counted_are_studies_and_the_most_participants_that_each_counts():
    make_finding(n_participants=1683)
    make_finding(n_participants=900, outcome=make_outcome("awake"))
    trial = make_study("pmid:2", design="rct", n_participants=60)
    make_finding(study=trial, n_participants=None, outcome=make_outcome("depth"))
    unsized = make_study("pmid:3", design="rct", n_participants=None)
    make_finding(study=unsized, n_participants=None, outcome=make_outcome("naps"))
    mice = make_study("pmid:7", design="animal")
    make_finding(study=mice)
    make_compound("valerian")
    publish_all()

    counted = only_goal("melatonin", "valerian").cells[0].counted

    assert (counted.studies, counted.reviews) == (3, 1)
    assert (counted.participants, counted.unsized) == (1683 + 60, 1)
    assert counted.not_counted == 1


def test_finding_deleted_since_is_counted_by_its_key():
    make_finding()
    make_compound("valerian")
    publish_all()
    Finding.objects.all().delete()

    found = evidence("melatonin", "valerian")

    counted = found.goals[0].cells[0].counted
    assert (counted.studies, counted.participants, counted.unsized) == (1, 0, 1)
    (study,) = found.key_studies["melatonin"]
    assert (study.key, study.study) == ("pmid:23691095", None)


def test_key_studies_are_those_that_weigh_most_each_once():
    for n, width in enumerate((1.0, 2.0, 3.0, 9.0), start=1):
        study = make_study(f"pmid:{n}", design="rct")
        bounds = {"ci_low": -7.06 - width, "ci_high": -7.06 + width}
        make_finding(study=study, outcome=make_outcome(f"outcome-{n}"), **bounds)
    make_compound("valerian")
    publish_all()

    found = evidence("melatonin", "valerian").key_studies

    assert [one.study.pmid for one in found["melatonin"]] == ["1", "2", "3"]
    shares = [one.share for one in found["melatonin"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) < 1
    assert len(shares) == KEY_STUDIES
    assert found["valerian"] == ()


def test_figures_are_those_of_the_version_they_are_pinned_to():
    compounds = make_profiles()
    pinned = snapshot().version
    newest = new_version()
    make_profile(compounds["weak"], 3.0, 0.5)

    then = only_goal("weak", "strong", tables=snapshot_at(pinned, newest.number))
    now = only_goal("weak", "strong", tables=snapshot(newest.number))

    assert then.first.slug == "strong"
    assert now.first.slug == "weak"


@pytest.mark.parametrize("slugs", [("a", "b"), ("a", "b", "c", "d")])
def test_evidence_takes_two_queries(django_assert_num_queries, slugs):
    for slug in "abcd":
        make_finding(compound=make_compound(slug), study=make_study(f"untraced:{slug}"))
    publish_all()
    tables = snapshot()

    with django_assert_num_queries(2):
        found = evidence(*slugs, tables=tables)

    assert len(found.goals[0].cells) == len(slugs)
