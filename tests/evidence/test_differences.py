"""What differs between two versions of a row, in words."""

from datetime import date

import pytest

from evidence.differences import (
    Change,
    changed_since,
    diff,
    diff_of,
    last_public,
    newest_record,
    proposed_row,
)
from evidence.models import Finding
from evidence.workflow import withdraw
from tests.curators import edit
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_outcome,
    make_proposal,
    make_study,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name, value, expected",
    [
        ("estimate", -8.0, ("Estimate", "−7.06", "−8")),
        ("estimate", None, ("Estimate", "−7.06", "")),
        ("indirectness", "very-serious", ("Indirectness", "no concern", "very serious")),
        ("indirectness_reason", "Rats", ("Indirectness: why", "", "Rats")),
        ("is_independent", True, ("Independent", "no", "yes")),
        ("next_review_on", date(2030, 1, 2), ("Next review", "", "2 January 2030")),
        ("measure", "RR", ("Measure", "mean difference", "risk ratio")),
        ("n_participants", 1700, ("Participants", "1683", "1700")),
    ],
)
def test_change_is_told_in_words(name, value, expected):
    finding = make_finding()
    record = newest_record(finding)
    setattr(finding, name, value)

    assert diff(finding, record) == [Change(name, *expected)]


def test_links_are_told_by_name_also_when_the_row_is_gone():
    finding = make_finding()
    gone = make_study("pmid:9", title="A lost trial")
    edit(finding, by=None, study=gone)
    record = newest_record(finding)
    edit(finding, by=None, study=make_study(), outcome=make_outcome("sleep-quality"))
    number = gone.pk
    gone.delete()

    study, outcome = sorted(diff(finding, record), key=lambda one: one.name, reverse=True)

    assert (study.before, study.after) == (f"no. {number}, deleted since", str(make_study()))
    assert (outcome.before, outcome.after) == ("Sleep onset latency", "Sleep quality")


def test_where_a_row_stands_is_no_difference():
    finding = make_finding()
    record = newest_record(finding)
    withdraw([finding], by=make_user(), why="Misread")

    assert diff(finding, record) == []


def test_two_records_are_compared_and_lists_told_item_by_item():
    compound = make_compound(mechanisms=["Binds MT1."])
    edit(compound, by=None, mechanisms=["Binds MT1.", "Binds MT2."])
    newer, older = compound.history.all()

    assert diff(newer, older) == [
        Change("mechanisms", "Mechanisms", "Binds MT1.", "Binds MT1.; Binds MT2.")
    ]


def test_last_public_version_is_the_newest_that_was_public():
    finding = make_finding()
    edit(finding, by=None, estimate=-8.0)
    withdraw([finding], by=make_user(), why="Misread")
    edit(finding, by=None, estimate=-9.0)

    assert last_public(finding).estimate == -8.0
    assert [(one.before, one.after) for one in diff(finding, last_public(finding))] == [
        ("−8", "−9")
    ]
    assert last_public(make_finding(published=False)) is None


def test_diff_of_a_proposal_is_against_what_is_stored_now():
    proposal = make_proposal(values={"estimate": -8.0, "next_review_on": "2030-01-02"})
    edit(proposal.finding, by=None, estimate=-7.5)

    assert {(one.name, one.before, one.after) for one in diff_of(proposal)} == {
        ("estimate", "−7.5", "−8"),
        ("next_review_on", "", "2 January 2030"),
    }


def test_proposed_row_is_not_stored():
    proposal = make_proposal(values={"estimate": -8.0})

    row = proposed_row(proposal)

    assert (row.pk, row.estimate) == (proposal.finding_id, -8.0)
    assert Finding.objects.get().estimate == -7.06


def test_what_changed_since_somebody_read_a_row():
    article = make_article()
    read = newest_record(article).history_id
    edit(article, by=None, title="Another title")

    (change,) = changed_since(article, read)

    assert (change.name, change.after) == ("title", "Another title")
    assert changed_since(article, newest_record(article).history_id) == []
    assert changed_since(article, 10**6) == []
