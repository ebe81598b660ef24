"""What the page of a search shows."""

import pytest

from stackbuilder.searching.page import marked


@pytest.mark.parametrize(
    "text, words, found",
    [
        ("Sleep quality", ("sleep",), ["Sleep"]),
        ("Sleep quality", ("sleeping",), ["Sleep"]),
        ("Depressive symptoms", ("depressed",), ["Depressive"]),
        ("Vitamin D and D-dimer", ("vitamin", "d"), ["Vitamin", "D", "D"]),
        ("Day by day", ("d",), []),
        ("Tα1 <b>", ("talpha",), ["Tα1"]),
        ("Crème", ("creme",), ["Crème"]),
        ("", ("sleep",), []),
        ("Sleep", (), []),
    ],
)
def test_words_looked_for_are_marked(text, words, found):
    pieces = marked(text, words)

    assert [piece for piece, is_found in pieces if is_found] == found
    assert "".join(piece for piece, _ in pieces) == text
