import pytest

from evidence.imports.repeats import numbers_of, refuse_repeats
from evidence.imports.rows import Candidate, RowRead


def rows(*candidates):
    return [RowRead(at, Candidate(**{"title": f"Study {at}", **one}), ()) for at, one in
            enumerate(candidates, start=1)]  # fmt: skip


@pytest.mark.parametrize(
    "first, second, field",
    [
        ({"key": "pmid:1", "pmid": "1"}, {"key": "pmid:1", "pmid": "1"}, "key"),
        ({"key": "pmid:1"}, {"key": "doi:10.9999/a", "pmid": "1"}, "pmid"),
        ({"key": "pmid:1", "doi": "10.9999/A"}, {"key": "pmid:2", "doi": "10.9999/a"}, "doi"),
        ({"title": "Herb α", "year": 2020}, {"title": "herb alpha", "year": 2020}, "title"),
        ({"title": "Herb", "key": "pmid:1"}, {"title": "Herb."}, "title"),
    ],
)
def test_later_row_of_the_same_study_is_refused(first, second, field):
    kept, again = refuse_repeats("a.csv", rows(first, second))

    assert kept.candidate is not None
    assert again.candidate is None
    message = f"a.csv, row 2: {field}: Is the study of row 1 again: the same {field}."
    assert str(again.problems[0]) == message


@pytest.mark.parametrize(
    "first, second",
    [
        ({"title": "Herb", "key": "pmid:1"}, {"title": "Herb", "key": "pmid:2"}),
        ({"title": "Herb", "year": 2019}, {"title": "Herb", "year": 2020}),
    ],
)
def test_rows_that_a_number_or_a_year_tells_apart_both_stand(first, second):
    assert all(row.candidate for row in refuse_repeats("", rows(first, second)))


def test_numbers_are_found_in_the_key_too():
    candidate = Candidate(title="x", key="doi:10.9999/A", pmid="1")

    assert list(numbers_of(candidate)) == [
        ("key", "doi:10.9999/a"),
        ("pmid", "1"),
        ("doi", "10.9999/a"),
    ]
