"""The colours of the stylesheet, read from it, and how well they can be told apart."""

import re
from dataclasses import dataclass

# The first `:root` holds the light theme, the second what the dark one changes.
_ROOT = re.compile(r":root \{([^}]*)\}")
_COLOUR = re.compile(r"--([a-z-]+):\s*#([0-9a-f]{6}|[0-9a-f]{3})\s*;")

# What may stand on what; each pair must reach WCAG's 4.5 in both themes.
TEXT_ON = {
    "paper": ("ink", "muted", "accent", "harm", "amber"),
    "surface": ("ink", "muted", "accent", "harm", "amber"),
    "accent": ("paper",),
    "harm": ("paper",),
    "accent-soft": ("ink", "accent"),
    "harm-soft": ("ink", "harm"),
    "amber-soft": ("amber",),
}


@dataclass(frozen=True)
class Colour:
    """One token with its value in each theme, as #rrggbb."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True)
class Pair:
    """A colour of text on a ground, and the contrast of the two in each theme."""

    text: Colour
    ground: Colour

    @property
    def light(self):
        """Return the contrast in the light theme."""
        return contrast(self.text.light, self.ground.light)

    @property
    def dark(self):
        """Return the contrast in the dark theme."""
        return contrast(self.text.dark, self.ground.dark)


def read_colours(css):
    """Return every colour token of the stylesheet; one that dark leaves alone has one value."""
    light, dark = (dict(_COLOUR.findall(block)) for block in _ROOT.findall(css)[:2])
    return [
        Colour(name, _long(value), _long(dark.get(name, value))) for name, value in light.items()
    ]


def pairs(colours):
    """Return the pairs of text and ground that the pages use."""
    named = {colour.name: colour for colour in colours}
    return [Pair(named[text], named[ground]) for ground in TEXT_ON for text in TEXT_ON[ground]]


def contrast(first, second):
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


def _luminance(colour):
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _long(value):
    """Return #rgb as #rrggbb."""
    return "#" + (value if len(value) == 6 else "".join(digit * 2 for digit in value))
