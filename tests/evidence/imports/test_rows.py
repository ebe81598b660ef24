import pytest
from pydantic import ValidationError

from evidence.imports.reading import read_file
from evidence.imports.rows import from_text, place_of, to_text
from tests.evidence.imports.made_up_sources import NBIB, table


@pytest.mark.parametrize(
    "data", [NBIB.encode(), table("1,<b>One</b>,2020", "x,Two,20x4"), b"none of them"]
)
def test_what_was_read_comes_back_from_its_text(data):
    read = read_file(data, "a.csv")

    assert from_text(to_text(read)) == read


def test_text_that_was_changed_is_checked_again():
    text = to_text(read_file(NBIB.encode(), "a.nbib")).replace('"year":2021', '"year":1066')

    with pytest.raises(ValidationError, match="year"):
        from_text(text)


def test_place_of_a_row_names_the_file_if_it_has_a_name():
    assert place_of("a.csv", 3) == "a.csv, row 3"
    assert place_of("", 3) == "row 3"
