import pytest

from evidence.imports.preview import State, differences, preview
from evidence.imports.reading import read_file
from evidence.imports.rows import Candidate
from tests.evidence.imports.made_up_sources import NBIB, STUDY, as_json, table
from tests.factories import make_finding, make_study

pytestmark = pytest.mark.django_db


def rows(data):
    return preview(read_file(data if isinstance(data, bytes) else data.encode(), "a.txt"))


@pytest.fixture
def known():
    """The study of the PubMed file as the database has it."""
    return make_study(
        "pmid:999000001",
        doi="10.9999/INVENTED.1",
        title="Invented herb alpha for imaginary sleep: a randomised trial that never was.",
        year=2021,
        journal="Journal of invented results",
        design="crossover-rct",
        n_studies=None,
        blinding="double-blind",
        registry="nct99000001",
    )


def test_rows_are_new_known_conflicting_or_refused(known):
    make_study("pmid:999000002", title="Invented two", year=2019)
    heading = "pmid,title,year"
    lines = [
        "999000001,Invented herb alpha for imaginary sleep: a randomised trial that never was,2021",
        "999000002,Invented two,2020",
        "999000003,Invented three,2020",
        "999000004,Invented four,20x4",
    ]

    found = rows(table(*lines, heading=heading))

    assert [(row.number, str(row.state)) for row in found] == [
        (2, "known"),
        (3, "conflicting"),
        (4, "new"),
        (5, "refused"),
    ]


def test_study_that_says_the_same_in_other_letters_is_known(known):
    (row,) = rows(NBIB)

    assert (row.state, row.study, row.matched_by) == (State.KNOWN, known, "key")
    assert row.differences == ()


def test_conflicting_facts_are_named_with_both_values(known):
    known.year, known.journal, known.design = 2020, "J Inv Res", "cohort"
    known.save()

    (row,) = rows(NBIB)

    assert row.state is State.CONFLICTING
    assert [(one.field, one.held, one.given, one.is_addition) for one in row.differences] == [
        ("year", "2020", "2021", False),
        ("journal", "J Inv Res", "Journal of Invented Results", False),
        ("design", "cohort", "rct", False),
    ]


def test_empty_fact_may_be_filled_and_is_no_conflict(known):
    known.doi, known.blinding, known.year = "", "unknown", None
    known.save()

    (row,) = rows(NBIB)

    assert row.state is State.KNOWN
    assert {one.field for one in row.differences} == {"doi", "blinding", "year"}
    assert all(one.is_addition for one in row.differences)


def test_title_of_our_own_making_may_be_replaced_and_is_no_conflict(known):
    known.title, known.is_title_confirmed = "A trial of the invented herb", False
    known.save()

    (row,) = rows(NBIB)

    assert row.state is State.KNOWN
    assert [one.field for one in row.differences] == ["title"]


def test_retraction_of_a_known_study_is_a_conflict(known):
    (row,) = rows(NBIB.replace("PT  - Journal Article", "PT  - Retracted Publication"))

    assert row.state is State.CONFLICTING
    assert [(one.field, one.held, one.given) for one in row.differences] == [
        ("status", "published", "retracted")
    ]


def test_what_a_review_pools_is_compared():
    study = make_study("pmid:999000004", title="x")
    study.includes.add(make_study("pmid:999000005"))
    candidate = Candidate(title="x", key="pmid:999000004", includes=["pmid:999000006"])

    (found,) = differences(study, candidate)

    assert (found.field, found.held, found.given) == (
        "includes",
        "pmid:999000005",
        "pmid:999000006",
    )


def test_row_without_any_number_is_refused_unless_its_title_is_known():
    make_study("pmid:999000001", title="Invented one", year=None)

    known, unknown = rows(table(",Invented one,2020", ",Invented two,2020"))

    assert known.state is State.KNOWN
    assert not known.can_be_new
    assert unknown.state is State.REFUSED
    assert unknown.problems[0].message.startswith("Has no PMID, DOI, registry number or key")


def test_row_that_only_its_title_tells_may_be_another_study():
    make_study("pmid:999000001", title="Invented one", year=2020)

    (row,) = rows(table("999000002,Invented one,2020"))

    assert row.state is State.CONFLICTING
    assert (row.matched_by, row.can_be_new, row.needs_design) == ("title", True, True)
    assert [one.field for one in row.differences] == ["pmid"]


def test_numbers_of_two_studies_refuse_the_row(known):
    make_study("doi:10.9999/other")
    heading = "pmid,doi,title"

    (row,) = rows(table("999000001,10.9999/other,Invented", heading=heading))

    assert row.state is State.REFUSED
    assert "doi:10.9999/other" in row.problems[0].message
    assert "pmid:999000001" in row.problems[0].message


def test_new_study_without_a_design_needs_one():
    (without,) = rows(table("999000002,Invented,2020"))
    (with_design,) = rows(as_json())

    assert without.needs_design
    assert not with_design.needs_design


@pytest.mark.parametrize("is_published", [True, False])
def test_public_study_is_one_that_a_public_page_prints(known, is_published):
    review = make_study("pmid:999000009", title="A review")
    review.includes.add(known)
    make_finding(study=review, published=is_published)

    (row,) = rows(NBIB)

    assert row.is_public is is_published


def test_mark_changes_with_the_database_and_with_the_row(known):
    first = rows(NBIB)[0].mark
    other_row = rows(NBIB.replace("2021 May 3", "2020"))[0].mark
    again = rows(NBIB)[0].mark
    known.year = 1999
    known.save()
    moved_on = rows(NBIB)[0].mark

    assert first == again
    assert len({first, other_row, moved_on}) == 3


@pytest.mark.parametrize("count", [3, 2_000])
def test_preview_costs_the_same_queries_for_any_number(known, count, django_assert_num_queries):
    lines = [f"{999_000_000 + at},Invented {at},2020" for at in range(count)]
    read = read_file(table(*lines))

    with django_assert_num_queries(4):
        found = preview(read)

    assert {row.state for row in found} == {State.NEW, State.CONFLICTING}


def test_preview_of_the_catalogues_own_study_is_known():
    make_study(
        "pmid:999000004",
        title=STUDY["title"],
        year=2018,
        journal=STUDY["journal"],
        design="rct",
        n_studies=None,
        n_participants=40,
        population="made-up adults",
        blinding="double-blind",
    )

    (row,) = rows(as_json())

    assert (row.state, row.differences) == (State.KNOWN, ())
