"""Text in pictures: drawn in full, in characters that the font has."""

import string

import pytest

from stackbuilder.machines.lettering import drawable, font, shortened, wrapped


def test_plain_text_is_left_alone():
    text = string.ascii_letters + string.digits + " .,:;!?()/&%+-’“”…"

    assert drawable(text) == text


@pytest.mark.parametrize(
    "text, plain",
    [
        ("Tα1", "Talpha1"),
        ("σ ς Ω", "sigma sigma omega"),
        ("5 µg", "5 ug"),
        ("a – b — c − d", "a - b - c - d"),
        ("naïve Łódź", "naive Lodz"),
        ("CO₂ m²", "CO2 m2"),
        ("≥ 3 ½ ×", ">= 3 1⁄2 x"),
        ("tea 漢字 \u0000\ud7ff", "tea  "),
    ],
)
def test_what_the_font_lacks_is_written_plainly(text, plain):
    assert drawable(text) == plain


def test_wrapped_lines_hold_every_word_and_fit():
    text = "Thymosin alpha-1 for Anti-Inflammation: what the research says"

    lines = wrapped(text, 58, 600)

    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(font(58).getlength(line) <= 600 for line in lines)


def test_word_wider_than_a_line_is_cut():
    (line,) = wrapped("W" * 200, 58, 600)

    assert line.endswith("…")
    assert font(58).getlength(line) <= 600


def test_shortened_leaves_what_fits():
    assert shortened("Sleep", 30, 500) == "Sleep"
