"""Pictures: of the right size, within their edges, whole whatever they are to show."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from evidence.charts import benefit_bar
from evidence.choices import Verdict
from stackbuilder.machines import pictures
from stackbuilder.machines.picture_facts import Line, Picture
from stackbuilder.machines.pictures import COLOURS, EDGE, FOOT_TOP, SIZE, png
from stackbuilder.palette import read_colours

ROOT = Path(__file__).resolve().parents[3]
VERDICTS = [("–" if "no " in verdict else "C", verdict) for verdict in Verdict.values]
LONG_GOAL = "Injury & Exercise Recovery after a long and weary winter of doing nothing much"
LONG_TITLE = (
    "A title of one hundred and fifty characters, which is what titles may have at most, " * 2
)


def picture(lines=(), title="Melatonin", more=0, bar=None):
    return Picture("Hormone", title, tuple(lines), more, 12, bar)


@pytest.fixture
def written(monkeypatch):
    """Every text that is drawn, with the box it takes."""
    found = []
    real = ImageDraw.ImageDraw.text

    def text(self, xy, words, **options):
        shape = {name: options[name] for name in ("font", "anchor", "stroke_width")}
        found.append((words, self.textbbox(xy, words, **shape)))
        return real(self, xy, words, **options)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", text)
    png.cache_clear()
    return found


def words_of(written):
    return [words for words, _ in written]


def test_picture_is_a_png_of_the_size_that_is_announced():
    image = Image.open(BytesIO(png(picture())))

    assert (image.format, image.size) == ("PNG", SIZE) == ("PNG", (1200, 630))


@pytest.mark.parametrize("count", [1, 4, 5, 10])
@pytest.mark.parametrize("title", ["Tea", LONG_TITLE[:120], "W" * 120])
@pytest.mark.parametrize("goal", ["Sleep", LONG_GOAL])
def test_everything_stays_inside_and_nothing_overlaps(written, count, title, goal):
    lines = [Line(goal, *VERDICTS[number % len(VERDICTS)]) for number in range(count)]

    png(picture(lines, title=title, more=7))

    for words, (left, top, right, bottom) in written:
        assert left >= EDGE - 3 and right <= SIZE[0] - EDGE + 3, words
        assert top >= 0 and bottom <= SIZE[1], words
    boxes = [box for words, box in written]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            beside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
            # Lines of text may touch: a box is as tall as the tallest letters.
            assert beside or one[3] <= other[1] + 6 or other[3] <= one[1] + 6


@pytest.mark.parametrize("count", [1, 4, 5, 10])
@pytest.mark.parametrize("title", ["Tea", LONG_TITLE[:120]])
def test_each_letter_stands_with_its_whole_verdict(written, count, title):
    lines = [Line(f"{LONG_GOAL} {n}", "C", "no placebo-controlled evidence") for n in range(count)]

    png(picture(lines, title=title))

    letters = words_of(written).count("C")
    assert 1 <= letters <= count
    assert words_of(written).count("no placebo-controlled evidence") == letters
    if letters < count:
        left_out = count - letters
        assert f"and {left_out} more goal{'s' if left_out > 1 else ''}" in words_of(written)


def test_picture_says_who_and_which_evidence_and_what_it_is_not(written):
    png(picture([Line("Sleep", "D", "unclear")]))

    assert {"Stackbuilder", "Hormone", "Melatonin", "Sleep", "D", "unclear"} <= set(
        words_of(written)
    )
    assert "Evidence version 12" in words_of(written)
    assert "Letters are for one goal each. For information, not medical advice." in words_of(
        written
    )


def test_compound_without_evidence_says_so(written):
    png(picture())

    assert "No study of a ranked goal is recorded here." in words_of(written)


@pytest.mark.parametrize("mean, sd", [(0.4, 0.5), (-3.0, 2.0), (9.0, 0.1)])
def test_bar_stays_above_the_foot_and_inside_the_edges(mean, sd):
    line = Line("Sleep", "D", "unclear")
    with_bar = picture([line], title=LONG_TITLE[:150], bar=benefit_bar(mean, sd))

    image = Image.open(BytesIO(png(with_bar))).convert("RGB")

    paper = image.getpixel((2, 2))
    margin = [image.getpixel((EDGE - 30, y)) for y in range(150, FOOT_TOP)]
    assert set(margin) == {paper}
    assert {image.getpixel((x, FOOT_TOP - 8)) for x in range(SIZE[0])} == {paper}


def test_colours_are_those_of_the_stylesheet():
    css = (ROOT / "static" / "css" / "site.css").read_text(encoding="utf-8")
    tokens = {colour.name: colour.light for colour in read_colours(css)}

    assert {name: tokens[name] for name in COLOURS} == COLOURS


def test_same_facts_are_drawn_once():
    png.cache_clear()

    first, second = png(picture()), png(picture())

    assert first is second
    assert png.cache_info().maxsize == pictures.KEPT
