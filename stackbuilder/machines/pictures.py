"""Draws the pictures that stand for a page where it is shared: 1200 × 630, light theme, PNG.

A letter never stands without its verdict, and a benefit bar is that of the pages. What a picture
shows is bounded, and those drawn last are kept, so a page that is shared widely is drawn once.
"""

from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

from evidence.charts import MARGIN, WIDTH, Bar
from evidence.choices import Verdict
from stackbuilder.machines.lettering import drawable, font, shortened, wrapped
from stackbuilder.machines.picture_facts import Line, Picture

SIZE = (1200, 630)
EDGE = 72  # pixels of paper around everything
INSIDE = SIZE[0] - 2 * EDGE
KEPT = 128  # pictures, of some 30 kB each

# The light theme of the stylesheet, by the names of its tokens.
COLOURS = {
    "paper": "#fbfaf7", "surface": "#ffffff", "ink": "#1c2226", "muted": "#57616a",
    "line": "#dcdedb", "line-strong": "#7a848c", "accent": "#0a6a6a", "zone": "#e4f1ee",
    "harm-zone": "#f7e7e4", "harm": "#a3261b",
}  # fmt: skip
BENEFICIAL = (Verdict.BENEFIT, Verdict.POSSIBLE_BENEFIT)
HARMFUL = (Verdict.HARM, Verdict.POSSIBLE_HARM)
FOOT = "Letters are for one goal each. For information, not medical advice."

TITLE_TOP, TITLE_LINES = 176, 3
TITLE_SIZES = (76, 66, 58, 50, 44)
BAR_TALL = 54
ROW_TALL, SHORTEST_ROW, BADGE, GAP = 66, 52, 44, 40
FOOT_TOP = SIZE[1] - 66


Point = tuple[float, float]


class Ink(NamedTuple):
    """How a line is written: its size in pixels, the token of its colour, its weight."""

    size: int
    colour: str
    is_bold: bool = False


@lru_cache(maxsize=KEPT)
def png(picture: Picture) -> bytes:
    """Return the picture as a PNG file; the same facts give the same bytes."""
    image = Image.new("RGB", SIZE, COLOURS["paper"])
    draw = ImageDraw.Draw(image)
    _head(draw, picture.kicker)
    bottom = _title(draw, drawable(picture.title))
    if len(picture.lines) == 1:
        bottom = _row(draw, (EDGE, bottom + 26), INSIDE, picture.lines[0])
    else:
        _columns(draw, bottom + 20, picture)
    if picture.bar:
        _bar(draw, bottom + 34, picture.bar)
    _foot(draw, picture)
    file = BytesIO()
    # Few colours: a palette makes the file a third of the size.
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _head(draw: ImageDraw.ImageDraw, kicker: str) -> None:
    """Draw the site's mark (static/img/mark.svg at three pixels a unit), its name, the kicker."""
    at = EDGE

    def x(units: float) -> float:
        return at + 3 * units

    draw.rounded_rectangle((x(0), x(0), x(24), x(24)), 15, fill=COLOURS["accent"])
    white = COLOURS["surface"]
    draw.line((x(3.5), x(12), x(20.5), x(12)), white, 6)
    draw.line((x(8), x(7), x(8), x(17)), white, 6)
    ring = (x(10), x(7.5), x(19), x(16.5))
    draw.ellipse(ring, fill=COLOURS["accent"], outline=white, width=6)
    _write(draw, (at + 92, at + 36), "Stackbuilder", Ink(38, "accent", is_bold=True))
    text = drawable(kicker)
    end = SIZE[0] - EDGE - font(30).getlength(text)
    _write(draw, (end, at + 36), text, Ink(30, "muted"))


def _title(draw: ImageDraw.ImageDraw, title: str) -> float:
    """Draw the title as large as it fits; return where it ends."""
    size, lines = _fitted(title)
    top: float = TITLE_TOP
    for line in lines:
        _write(draw, (EDGE, top + size / 2), line, Ink(size, "ink", is_bold=True))
        top += size * 1.14
    return top


def _fitted(title: str) -> tuple[int, list[str]]:
    for size in TITLE_SIZES:
        lines = wrapped(title, size, INSIDE)
        # One line while the letters are large, more as they get smaller.
        if len(lines) <= (1 if size > TITLE_SIZES[1] else 2 if size > TITLE_SIZES[-1] else 3):
            return size, lines
    kept = lines[: TITLE_LINES - 1]
    return size, [*kept, shortened(" ".join(lines[len(kept) :]), size, INSIDE)]


def _columns(draw: ImageDraw.ImageDraw, top: float, picture: Picture) -> None:
    """Draw the goals: one under the other up to four, in two columns from the fifth on."""
    if not picture.lines:
        text = "No study of a ranked goal is recorded here."
        _write(draw, (EDGE, top + 30), text, Ink(34, "muted"))
        return
    columns = 1 if len(picture.lines) <= 4 else 2
    room = FOOT_TOP - 14 - top
    rows = -(-len(picture.lines) // columns)
    if picture.more or rows * SHORTEST_ROW > room:
        room -= 34
        rows = min(rows, int(room // SHORTEST_ROW))
    shown = picture.lines[: rows * columns]
    width = (INSIDE - GAP * (columns - 1)) // columns
    tall = min(ROW_TALL, room / rows)
    for place, line in enumerate(shown):
        column, row = divmod(place, rows)
        at = (EDGE + column * (width + GAP), top + row * tall)
        (_row if columns == 1 else _folded_row)(draw, at, width, line)
    if more := picture.more + len(picture.lines) - len(shown):
        text = f"and {more} more goal{'s' if more > 1 else ''}"
        _write(draw, (EDGE, top + rows * tall + 12), text, Ink(24, "muted"))


def _row(draw: ImageDraw.ImageDraw, at: Point, width: int, line: Line) -> float:
    """Draw one goal and its verdict side by side; return where it ends."""
    left, top = at
    _letter(draw, at, line)
    middle, start = top + BADGE / 2, left + BADGE + 16
    goal, verdict = drawable(line.goal), drawable(line.verdict)
    # A goal may be cut short, a verdict never.
    room = int(width - BADGE - 16 - 14 - font(30).getlength(verdict))
    goal = shortened(goal, 30, room)
    _write(draw, (start, middle), goal, Ink(30, "ink", is_bold=True))
    after = start + font(30).getlength(goal) + 14
    _write(draw, (after, middle), verdict, Ink(30, _colour(line)))
    return top + BADGE


def _folded_row(draw: ImageDraw.ImageDraw, at: Point, width: int, line: Line) -> None:
    """Draw one goal with its verdict under it, for a column that is narrow."""
    left, top = at
    _letter(draw, at, line)
    start, room = left + BADGE + 16, width - BADGE - 16
    goal = shortened(drawable(line.goal), 25, room)
    _write(draw, (start, top + 10), goal, Ink(25, "ink", is_bold=True))
    _write(draw, (start, top + 35), drawable(line.verdict), Ink(23, _colour(line)))


def _letter(draw: ImageDraw.ImageDraw, at: Point, line: Line) -> None:
    """Draw a letter in its frame; where nothing is counted, a dash."""
    left, top = at
    colour = COLOURS[_colour(line)]
    frame = (left, top, left + BADGE, top + BADGE)
    draw.rounded_rectangle(frame, 9, fill=COLOURS["surface"], outline=colour, width=3)
    middle = top + BADGE / 2
    if line.letter.isalpha():
        start = left + (BADGE - font(28).getlength(line.letter)) / 2
        _write(draw, (start, middle), line.letter, Ink(28, _colour(line), is_bold=True))
    else:
        draw.line((left + 14, middle, left + BADGE - 14, middle), colour, 3)


def _colour(line: Line) -> str:
    """Return the token of a verdict's colour; the words say the same."""
    if line.verdict in BENEFICIAL:
        return "accent"
    return "harm" if line.verdict in HARMFUL else "muted"


def _bar(draw: ImageDraw.ImageDraw, top: float, bar: Bar) -> None:
    """Draw the benefit bar of the pages, as wide as the picture, with its two marks named."""
    scale = INSIDE / (WIDTH - 2 * MARGIN)

    def x(position: float) -> float:
        return EDGE + (position - MARGIN) * scale

    middle, bottom = top + BAR_TALL / 2, top + BAR_TALL
    axis = bar.axis
    draw.rectangle((x(MARGIN), top, x(axis.harm_matters), bottom), fill=COLOURS["harm-zone"])
    draw.rectangle((x(axis.matters), top, x(axis.end), bottom), fill=COLOURS["zone"])
    draw.line((x(axis.zero), top, x(axis.zero), bottom), COLOURS["line-strong"], 2)
    draw.line((x(axis.matters), top, x(axis.matters), bottom), COLOURS["accent"], 3)
    draw.line((x(bar.x_low), middle, x(bar.x_high), middle), COLOURS["ink"], 6)
    draw.line((x(bar.x_dependable), top + 6, x(bar.x_dependable), bottom - 6), COLOURS["ink"], 6)
    mean = x(bar.x_mean)
    draw.ellipse((mean - 13, middle - 13, mean + 13, middle + 13), fill=COLOURS["ink"])
    for position, words in ((axis.zero, "no effect"), (axis.matters, "enough to matter")):
        start = x(position) - (font(24).getlength(words) / 2 if position == axis.zero else 0)
        _write(draw, (start, bottom + 20), words, Ink(24, "muted"))


def _foot(draw: ImageDraw.ImageDraw, picture: Picture) -> None:
    draw.line((EDGE, FOOT_TOP, SIZE[0] - EDGE, FOOT_TOP), COLOURS["line"], 2)
    _write(draw, (EDGE, FOOT_TOP + 28), FOOT, Ink(24, "muted"))
    text = f"Evidence version {picture.version}"
    end = SIZE[0] - EDGE - font(24).getlength(text)
    _write(draw, (end, FOOT_TOP + 28), text, Ink(24, "muted"))


def _write(draw: ImageDraw.ImageDraw, at: Point, text: str, ink: Ink) -> None:
    """Write one line whose left end and middle are `at`."""
    draw.text(
        at, text, font=font(ink.size), fill=COLOURS[ink.colour], anchor="lm",
        # The font has no bold of its own.
        stroke_width=ink.size / 40 if ink.is_bold else 0,
    )  # fmt: skip
