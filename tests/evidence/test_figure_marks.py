"""Figures in Markdown: where they stand, and on which line of the source."""

import pytest

from evidence.figure_marks import Figure
from evidence.markdown import FIGURE, Prose, render


@pytest.mark.parametrize(
    "source, figures",
    [
        ("a {{ x }} b\nc {{y}}", [Figure("x", 1, "inline"), Figure("y", 2, "inline")]),
        ("a\n\n{{ x }}\n", [Figure("x", 3, "alone")]),
        ("{{ x }} {{ y }}", [Figure("x", 1, "inline"), Figure("y", 1, "inline")]),
        ("- {{ x }}", [Figure("x", 1, "inline")]),
        ("- a\n\n  {{ x }}", [Figure("x", 3, "inline")]),
        ("> {{ x }}", [Figure("x", 1, "inline")]),
        ("# {{ x }}", [Figure("x", 1, "heading")]),
        ("[a {{ x }}](/b/)", [Figure("x", 1, "link")]),
        ("| a |\n|---|\n| {{ x }} |", [Figure("x", 3, "inline")]),
        ("**{{ x }}**", [Figure("x", 1, "inline")]),
        ("a {{ x", [Figure("", 1, "inline")]),
        ("a {{ x\n}}", [Figure("", 1, "inline")]),
        ("{{}}", [Figure("", 1, "alone")]),
        ("`{{ x }}` and\n\n    {{ y }}\n\n```\n{{ z }}\n```", []),
        ("\\{{ x }} {\\{ y }}", []),
        ("{ {x} }", []),
    ],
)
def test_figures_are_found_with_their_lines_and_places(source, figures):
    assert list(render(source).figures) == figures


def test_prose_holds_a_character_where_a_figure_stands():
    assert render("By {{ x }} **min**\nor `so`").prose == (Prose(f"By {FIGURE} min\nor so", 1),)


def test_prose_holds_code_with_its_lines():
    assert render("a\n\n```\n7 of 9\n```").prose == (Prose("a", 1), Prose("7 of 9\n", 4))


def test_figure_counts_as_a_word_and_names_no_heading():
    text = render("# By {{ x }} so\n\nTwo {{ y }} words")

    assert text.words == 6
    assert text.headings[0].text == "By  so"


def test_places_are_filled_in_order_and_with_their_paragraphs():
    text = render("a {{ x }}\n\n{{ y }}")

    assert text.filled(lambda number, is_whole: f"<{number} {is_whole}>") == (
        "<p>a <0 False></p>\n<1 True>\n"
    )
