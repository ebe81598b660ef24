"""Every damage by name: refused or cleaned with a message, and the good rows stand."""

import pytest

from evidence.imports.reading import read_file
from tests.evidence.imports.damaged_files import DAMAGE


def said(read):
    """Return everything that is said about a file and its rows, line by line."""
    lines = [*read.problems, *read.notes]
    lines += [line for row in read.rows for line in (*row.problems, *row.notes)]
    return "\n".join(str(line) for line in lines)


def test_thirty_kinds_of_damage_are_known():
    assert len(DAMAGE) >= 30


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_file_is_refused_or_cleaned_with_a_message(name):
    damage = DAMAGE[name]

    read = read_file(damage.data, damage.file)

    assert damage.message in said(read)
    titles = [row.candidate.title for row in read.rows if row.candidate]
    assert sorted(titles) == sorted(damage.titles)
    assert all(row.candidate is None or not row.problems for row in read.rows)
    assert all(row.candidate or row.problems for row in read.rows)
    assert bool(read.rows) != bool(read.problems)
