"""Text for pictures, in the one font that comes with Pillow: Aileron, mostly plain ASCII.

What the font cannot draw is written in plain letters: α as alpha, é as e, a dash as a hyphen.
"""

from functools import lru_cache
from unicodedata import combining, name, normalize

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        "→": "to", "×": "x", "≥": ">=", "≤": "<=", "æ": "ae", "œ": "oe", "ø": "o", "Ø": "O",
        "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "µ": "u", "⁄": "/",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip
_GREEK = "GREEK SMALL LETTER ", "GREEK CAPITAL LETTER "


@lru_cache
def font(size: int) -> FreeTypeFont:
    """Return the font at a size in pixels."""
    found = ImageFont.load_default(size=size)
    assert isinstance(found, FreeTypeFont)  # noqa: S101  every wheel of Pillow has FreeType
    return found


def drawable(text: str) -> str:
    """Return `text` in characters that the font has; one without a plain form is left out.

    >>> drawable("Thymosin α-1 – naïve T cells")
    'Thymosin alpha-1 - naive T cells'
    """
    return "".join(map(_drawable, text))


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Return `text` in lines at most `width` pixels wide, cutting a word that is wider itself."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _fits(longer, size, width):
            lines[-1] = longer
        else:
            lines.append(shortened(word, size, width))
    return [line for line in lines if line]


def shortened(text: str, size: int, width: int) -> str:
    """Return `text`, or as much of its beginning with an ellipsis as `width` pixels hold."""
    if _fits(text, size, width):
        return text
    while text and not _fits(f"{text}…", size, width):
        text = text[:-1]
    return f"{text.rstrip()}…"


def _fits(text: str, size: int, width: int) -> bool:
    return font(size).getlength(text) <= width


@lru_cache(maxsize=1024)
def _drawable(character: str) -> str:
    plain = character.translate(_PLAIN)
    if all(map(_is_in_font, plain)):
        return plain
    full_name = name(character, "")
    for start in _GREEK:
        if full_name.startswith(start):
            return full_name.removeprefix(start).removeprefix("FINAL ").split()[0].lower()
    parts = normalize("NFKD", plain)
    return "".join(part for part in parts if not combining(part) and _is_in_font(part))


def _is_in_font(character: str) -> bool:
    """Say whether the font has a drawing of its own; one for none looks like that of U+FFFF."""
    if character == " ":
        return True
    drawing, missing = (font(40).getmask(one) for one in (character, "\uffff"))
    return (drawing.size, bytes(drawing)) != (missing.size, bytes(missing))
