"""Findings that the profiles do not count, asked in the database."""

import pytest

from evidence.models import Finding
from evidence.synthesis.vocabulary import NotCountedReason
from evidence.uncounted import not_counted, tally_not_counted
from evidence.workflow import withdraw
from tests.factories import make_finding, make_study, make_user, publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(db):
    """One counted finding and three that are not, for two reasons."""
    make_finding("melatonin-01")
    for key in ("02", "03"):
        trial = make_study(f"pmid:{key}", design="crossover-rct", year=2020)
        make_finding(f"melatonin-{key}", unit="furlongs", study=trial)
    make_finding("melatonin-04", set_aside="It's “printed” twice: 100 %.")
    publish_all()


def keys(why):
    return sorted(not_counted(Finding.objects.all(), why).values_list("key", flat=True))


def test_findings_not_counted_are_those_of_their_reason(published):
    assert keys(NotCountedReason.NO_MID_IN_THIS_UNIT) == ["melatonin-02", "melatonin-03"]
    assert keys(NotCountedReason.SET_ASIDE) == ["melatonin-04"]
    assert keys(NotCountedReason.RETRACTED) == []


def test_tally_agrees_with_the_rows(published):
    tally = tally_not_counted()

    assert tally == {"no MID in this unit": 2, "set aside": 1}
    assert {why: len(keys(why)) for why in tally} == tally


def test_finding_that_left_the_current_profile_is_not_asked_for_again(published):
    finding = Finding.objects.get(key="melatonin-04")

    withdraw([finding], by=make_user(), why="A test")

    assert keys(NotCountedReason.SET_ASIDE) == []
    assert "set aside" not in tally_not_counted()


def test_tally_takes_one_query(published, django_assert_num_queries):
    with django_assert_num_queries(1):
        tally_not_counted()


def test_chains_with_other_questions(published):
    found = not_counted(Finding.objects.filter(key="melatonin-03"), "no MID in this unit")

    assert [finding.key for finding in found] == ["melatonin-03"]
