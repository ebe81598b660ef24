"""The colours of the stylesheet can be told apart, in both themes."""

import pytest
from django.conf import settings

from stackbuilder.palette import Colour, contrast, pairs, read_colours

CSS = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#ffffff", "#ffffff") == 1
    # The lightest grey that may carry text on white.
    assert contrast("#767676", "#ffffff") == contrast("#ffffff", "#767676") == 4.54


def test_colours_are_read_in_both_themes_in_one_form():
    css = (
        ":root { --ink: #abc; --gap: 1rem; --line: #010203; } @media (x) { :root { --ink: #fff; } }"
    )

    assert read_colours(css) == [
        Colour("ink", light="#aabbcc", dark="#ffffff"),
        Colour("line", light="#010203", dark="#010203"),
    ]


def test_every_colour_of_the_stylesheet_has_a_value_of_its_own_in_the_dark():
    colours = read_colours(CSS)

    assert {"paper", "ink", "accent", "harm"} <= {colour.name for colour in colours}
    assert [colour.name for colour in colours if colour.light == colour.dark] == []


@pytest.mark.parametrize(
    "pair", pairs(read_colours(CSS)), ids=lambda pair: f"{pair.text.name} on {pair.ground.name}"
)
def test_text_can_be_read_on_its_ground(pair):
    assert pair.light >= 4.5
    assert pair.dark >= 4.5
