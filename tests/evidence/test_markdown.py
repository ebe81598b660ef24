"""Markdown of the articles, friendly and hostile."""

import pytest
from django.test.html import parse_html
from hypothesis import given
from hypothesis import strategies as st

from evidence.markdown import TAKEN_IDS, Document, Heading, Link, render
from evidence.models.articles import LONGEST_BODY
from tests.pages import elements, text_of

# Each says something that a page must never act upon.
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">go</a>',
    '<p style="position: fixed">over everything</p>',
    "<svg/onload=alert(1)>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<div onclick="alert(1)" id="content">twice</div>',
    "<<script>script>alert(1)<</script>/script>",
    "<!-- --!><script>alert(1)</script> -->",
    '<math><mtext><style><img title="</style><img src=x onerror=alert(1)>">',
    "[go](javascript:alert(1))",
    "[go](JaVaScRiPt:alert(1))",
    "[go](java&#115;cript:alert(1))",
    "[go](vbscript:alert(1))",
    "[go](data:text/html;base64,PHNjcmlwdD4=)",
    "[go](data:image/svg+xml;base64,PHN2Zz4=)",
    "[go](file:///etc/passwd)",
    "<javascript:alert(1)>",
    '[go](/x "\\" onmouseover=alert(1) \\"")',
    "![pixel](https://tracker.example.com/pixel.png)",
    "![go](javascript:alert(1))",
    "[go]: javascript:alert(1)\n\n[go]",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    '```"><script>alert(1)</script>\n</code><script>\n```',
    "\x00<script>alert(1)</script>",
]
ALLOWED_ELEMENTS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {"class", "data-label", "href", "id", "rel", "scope", "start", "title"}


def tree_of(document):
    return parse_html(f"<div>{document.html}</div>")


def test_render_gives_plain_prose():
    document = render("A *small*, **neutral** trial.\nIts `p` is 0.82.")

    assert document.html == (
        "<p>A <em>small</em>, <strong>neutral</strong> trial.\nIts <code>p</code> is 0.82.</p>\n"
    )


def test_render_of_nothing_is_an_empty_document():
    assert render("") == Document("", (), (), 0)


def test_headings_go_below_the_title_of_the_page():
    document = render("# Overview\n\n## Sepsis\n\n# Doses")

    assert document.headings == (
        Heading(2, "overview", "Overview"),
        Heading(3, "sepsis", "Sepsis"),
        Heading(2, "doses", "Doses"),
    )
    assert '<h3 id="sepsis">Sepsis</h3>' in document.html


@pytest.mark.parametrize(
    "source, levels",
    [
        ("## A\n\n### B", [2, 3]),
        ("# A\n\n#### B\n\n##### C", [2, 3, 4]),
        ("### A\n\n# B", [2, 2]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E", [2, 3, 4, 4, 4]),
    ],
)
def test_headings_leave_no_level_out(source, levels):
    assert [heading.level for heading in render(source).headings] == levels


def test_headings_of_one_name_get_ids_of_their_own():
    document = render("# Doses\n\n# Doses\n\n# Doses 2\n\n# Doses")

    ids = [heading.id for heading in document.headings]
    assert ids == ["doses", "doses-2", "doses-2-2", "doses-3"]


@pytest.mark.parametrize("name", sorted(TAKEN_IDS))
def test_heading_takes_no_id_of_the_page_around_it(name):
    (heading,) = render(f"# {name.replace('-', ' ')}").headings

    assert heading.id == f"{name}-2"


def test_heading_without_a_letter_still_has_an_id():
    assert render("# ???").headings == (Heading(2, "section", "???"),)


def test_heading_is_listed_without_its_marks():
    (heading,) = render("# How *Tα1* [works](/method/) `here`").headings

    assert (heading.id, heading.text) == ("how-t1-works-here", "How Tα1 works here")


def test_table_has_a_heading_for_each_row_and_names_the_column_of_each_cell():
    document = render("| Study | People |\n|:--|--:|\n| TESTS | **1,089** |")

    assert document.html == (
        '<table class="fold">\n<thead>\n<tr>\n<th scope="col">Study</th>\n'
        '<th scope="col">People</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<th scope="row">TESTS</th>\n<td data-label="People"><strong>1,089</strong></td>\n'
        "</tr>\n</tbody>\n</table>\n"
    )


def test_table_with_ragged_rows_is_made_even():
    document = render("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |")

    rows = elements(tree_of(document), "tr")
    assert [len(row.children) for row in rows] == [2, 2, 2]


def test_links_are_listed_with_the_lines_they_stand_on():
    source = (
        "# [Title](/a/)\n\nFirst [one](/b/)\nand [two](https://example.org/)  \n"
        "then [three](/c/).\n\n- item\n- [four](/d/)\n\n| h |\n|---|\n| [five](/e/) |\n"
    )

    assert render(source).links == (
        Link("/a/", 1),
        Link("/b/", 3),
        Link("https://example.org/", 4),
        Link("/c/", 5),
        Link("/d/", 8),
        Link("/e/", 12),
    )


def test_links_lead_away_without_an_opener():
    document = render("[here](/method/) and [there](https://example.org/)")

    assert document.html == (
        '<p><a href="/method/" rel="noopener">here</a> and '
        '<a href="https://example.org/" rel="noopener">there</a></p>\n'
    )


@pytest.mark.parametrize(
    "source, words",
    [
        ("One two\nthree  \nfour", 4),
        ("# Head\n\n[two words](https://example.org/a-long-address)", 3),
        ("| a b |\n|-----|\n| c |", 3),
        ("```\nx y z\n```", 3),
    ],
)
def test_words_are_those_that_are_read(source, words):
    assert render(source).words == words


@pytest.mark.parametrize("words, minutes", [(0, 1), (1, 1), (230, 1), (231, 2), (1500, 7)])
def test_minutes_are_rounded_up(words, minutes):
    assert Document("", (), (), words).minutes == minutes


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_stays_text(source):
    tree = tree_of(render(f"Before.\n\n{source}\n\nAfter."))

    for one in elements(tree):
        attributes = dict(one.attributes)
        assert one.name in ALLOWED_ELEMENTS
        assert set(attributes) <= ALLOWED_ATTRIBUTES
        assert attributes.get("href", "/").startswith(("/", "https://", "http://"))
        assert attributes.get("id") not in TAKEN_IDS
    assert text_of(tree).startswith("Before.")
    assert text_of(tree).endswith("After.")


def test_html_is_shown_as_it_was_typed():
    assert render("a <b>bold</b> word").html == "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>\n"


def test_picture_becomes_a_link_to_it():
    document = render("![forest plot](https://example.org/plot.png)")

    assert elements(tree_of(document), "img") == []
    assert 'href="https://example.org/plot.png"' in document.html


@pytest.mark.parametrize(
    "part", ["[", "[a](", "*", "_a", "> ", "`", "<", "&", "- ", "# a\n", "|a", "**a _b ", "\\"]
)
def test_longest_text_of_one_part_is_rendered(part):
    source = (part * LONGEST_BODY)[:LONGEST_BODY]

    assert isinstance(render(source).html, str)


@given(st.text(alphabet=st.sampled_from("ab1 \n#*_[]()<>|`!-\\&\"':/"), max_size=120))
def test_any_text_becomes_clean_html(source):
    tree = tree_of(render(source))

    assert {one.name for one in elements(tree)} <= ALLOWED_ELEMENTS
