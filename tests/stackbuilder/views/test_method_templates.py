"""The templates of the method page hold no number of the method."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "stackbuilder"
PARTS = sorted([TEMPLATES / "method.html", *TEMPLATES.glob("_method_*.html")])

# A compound's name, not a number.
ALLOWED = ("alpha-1",)
# What belongs to arithmetic itself, as in 1 ÷ v, 2 z or √(4 ÷ N): only inside a formula.
STRUCTURE = re.compile(r"(?<![\d.])[0124](?![\d.])")
READ_ALOUD = re.compile(r'(?:aria-label|data-label|title|alt|content)="([^"]*)"')


def numbers_typed(source):
    """Return the digits that a template prints by itself."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.S)
    formula = r'<p class="formula">(.*?)</p>'
    # Squares outside a formula are structure too.
    squares = r"<su[bp]>(.*?)</su[bp]>"
    formulas = [re.sub(r"<[^>]*>", " ", found) for found in re.findall(formula, text, flags=re.S)]
    rest = re.sub(formula, "", text, flags=re.S)
    marks = re.findall(squares, rest)
    aloud = READ_ALOUD.findall(rest)
    prose = re.sub(r"<[^>]*>", "", re.sub(squares, "", rest))
    for allowed in ALLOWED:
        prose = prose.replace(allowed, "")
    structural = [STRUCTURE.sub("", part) for part in [*formulas, *marks]]
    return re.findall(r"\d[\d.,]*", " ".join([prose, *aloud, *structural]))


def test_method_page_is_made_of_its_partials():
    assert {"method.html", "_method_scale.html", "_method_steps.html"} <= {p.name for p in PARTS}


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_template_types_no_number_of_the_method(path):
    assert numbers_typed(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source, found",
    [
        ("<p>held at 5</p>", ["5"]),
        ("<p>at least 80 % sure</p>", ["80"]),
        ('<p class="formula">dependable = mean − 0.84 sd</p>', ["0.84"]),
        ('<p class="formula">max(1, Q + 3)</p>', ["3"]),
        ('<svg aria-label="sd 1.5"></svg>', ["1.5"]),
        ("<p>Normal(0, x<sup>3</sup>)</p>", ["0", "3"]),
    ],
)
def test_numbers_typed_finds_each_kind(source, found):
    assert sorted(number.rstrip(".,") for number in numbers_typed(source)) == sorted(found)


@pytest.mark.parametrize(
    "source",
    [
        "<p>held at {{ c.BENEFIT_CAP|printed }}, {% widthratio share 1 100 %} %</p>",
        '<p class="formula">w = 1 ÷ v, SE = (a − b) ÷ (2 z)</p>',
        '<h2 id="part2">{# section 5 #}b<sup>2</sup></h2>',
        "<p>thymosin alpha-1</p>",
    ],
)
def test_numbers_typed_leaves_values_and_structure_alone(source):
    assert numbers_typed(source) == []
