import pytest

from evidence.imports.matching import match
from evidence.imports.rows import MOST_ROWS, Candidate
from evidence.models import Study
from tests.factories import make_study

pytestmark = pytest.mark.django_db

TITLE = "Thymosin α1 for imaginary ills: an invented study"


@pytest.fixture
def study():
    return make_study("pmid:999000001", doi="10.9999/Invented.1", title=TITLE, year=2020)


def matched(**values):
    """Return the match of one candidate."""
    return match([Candidate(**{"title": "Something else", **values})])[0]


@pytest.mark.parametrize(
    "values, by",
    [
        ({"key": "pmid:999000001"}, "key"),
        ({"key": "doi:10.9999/other", "pmid": "999000001"}, "pmid"),
        ({"key": "doi:10.9999/invented.1", "doi": "10.9999/INVENTED.1"}, "doi"),
        ({"title": "Thymosin Alpha-1 for Imaginary ills; an invented study."}, "title"),
        ({"title": TITLE, "year": 2020}, "title"),
        ({"title": TITLE, "key": "pmid:999000002", "pmid": "999000002"}, "title"),
    ],
)
def test_known_study_is_found_by_its_surest_name(study, values, by):
    found = matched(**values)

    assert (found.study, found.by, found.rivals) == (study, by, ())


@pytest.mark.parametrize(
    "values",
    [
        {"key": "pmid:999000002", "pmid": "999000002"},
        {"title": TITLE, "year": 2021},
        {"title": "Thymosin α2 for imaginary ills: an invented study"},
    ],
)
def test_other_study_is_new(study, values):
    assert matched(**values).study is None


def test_number_in_the_key_alone_is_found_too():
    study = make_study("doi:10.9999/Invented.2", doi="")

    assert matched(key="pmid:1", doi="10.9999/invented.2").study == study


def test_study_of_unknown_year_is_found_by_title():
    study = make_study("pmid:999000003", title=TITLE, year=None)

    assert matched(title=TITLE, year=1999).study == study


def test_numbers_of_two_studies_name_the_rival(study):
    other = make_study("doi:10.9999/other")

    found = matched(key="pmid:999000001", pmid="999000001", doi="10.9999/Other")

    assert found.study == study
    assert found.rivals == (("doi", other),)


def test_title_of_two_studies_names_the_rival(study):
    other = make_study("pmid:999000009", title=TITLE, year=2020)

    found = matched(title=TITLE, year=2020)

    assert (found.study, found.rivals) == (study, (("title", other),))


@pytest.mark.parametrize("count", [3, MOST_ROWS])
def test_any_number_of_candidates_costs_the_same_queries(count, django_assert_num_queries):
    Study.objects.bulk_create(
        Study(key=f"pmid:{990_000_000 + at}", pmid=str(990_000_000 + at), title=f"Invented {at}")
        for at in range(count)
    )
    by_number = [
        Candidate(title="x", key=f"pmid:{990_000_000 + at}", doi=f"10.9999/{at}")
        for at in range(0, count, 2)
    ]
    by_title = [Candidate(title=f"invented {at}!") for at in range(1, count, 2)]

    with django_assert_num_queries(5):
        found = match([*by_number, *by_title])

    assert all(one.study for one in found)


def test_no_candidates_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert match([]) == []
