"""Tokens as a reader meets them: escaped, linked, with a card, and never an error."""

import pytest
from django.test.html import parse_html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.markdown import render
from evidence.tokens.html import filled
from evidence.tokens.rows import CitedRows, rows_behind, tokens_of
from tests.factories import make_finding, make_outcome, make_study, publish_all
from tests.pages import element, elements, text_of

pytestmark = pytest.mark.django_db
NASTY = '<b title="x">&{{ finding:melatonin-01 }}\ue0000\ue001'


@pytest.fixture
def finding():
    finding = make_finding(p=0.001)
    publish_all()
    return finding


def html(source, studies=()):
    text = render(source)
    return filled(text, rows_behind(tokens_of(text)), studies)


def test_figure_is_a_link_to_its_row_with_a_card(finding):
    tree = parse_html(f"<div>{html('By {{ finding:melatonin-01 }}.', [finding.study])}</div>")

    link, card = element(tree, "a"), element(tree, role="tooltip")
    assert dict(link.attributes)["href"] == "/compounds/melatonin/#melatonin-01"
    assert dict(link.attributes)["aria-describedby"] == dict(card.attributes)["id"] == "cited-0"
    assert text_of(link) == "MD −7.06 min (95 % CI −9.75 to −4.37), p 0.001, n 1,683"
    assert "Meta-analysis, PLoS One 2013; reference 1." in text_of(card)
    assert "Certainty: moderate." in text_of(card)
    assert "hidden" in dict(card.attributes)


def test_sentence_keeps_its_spaces(finding):
    found = html("By{{ finding:melatonin-01 k }}/{{ finding:melatonin-01 k }}.")

    assert found.startswith('<p>By<span class="cited"')
    assert '</span></span>/<span class="cited"' in found
    assert found.endswith("</span></span>.</p>\n")


def test_card_tells_of_a_marker_a_second_drug_and_a_correction():
    make_finding(
        outcome=make_outcome(kind="surrogate"),
        combined_with="valerian",
        study=make_study("untraced:melatonin-1", status="corrected", pmid=""),
    )

    found = text_of(parse_html(html("By {{ finding:melatonin-01 }}.")))

    assert "(marker)" in found
    assert "against placebo, together with valerian." in found
    assert "corrected, not yet traced." in found


def test_nothing_of_a_row_is_read_as_html():
    make_finding(
        outcome=make_outcome(name=NASTY),
        study=make_study(title=NASTY, journal=NASTY),
        **dict.fromkeys(("unit", "population", "comparator", "dose", "note"), NASTY),
    )
    publish_all()
    parts = ["", "estimate", "study", "dose", "population", "note"]
    source = "\n\n".join(f"a {{{{ finding:melatonin-01 {part} }}}}" for part in parts)

    found = html(source)

    assert not elements(parse_html(f"<div>{found}</div>"), "b")
    assert found.count("&lt;b title=&quot;x&quot;&gt;&amp;{{ finding") >= len(parts)


def test_source_cannot_forge_a_place_of_a_figure(finding):
    source = (
        "{{ finding:melatonin-01 n }} \ue0000\ue001 &#xE000;0&#xE001; `\ue0000\ue001` "
        '[x](/a "&#xE000;0&#xE001;") &#57344;7&#57345;'
    )

    assert html(source).count('class="cited"') == 1


def test_profile_is_printed_with_a_card_and_drawings_without_a_paragraph(finding):
    source = (
        "It is {{ profile:melatonin/sleep }}.\n\n{{ profile:melatonin/sleep bar }}\n\n"
        "{{ forest:melatonin/sleep }}"
    )
    tree = parse_html(f"<div>{html(source)}</div>")

    assert text_of(element(tree, "a", class_="cited__link")) == "D, no benefit that matters"
    assert len(elements(tree, "figure")) == 2
    assert len(elements(tree, "svg", class_="forest")) == 1
    assert not [p for p in elements(tree, "p") if elements(p, "figure")]


@pytest.mark.parametrize(
    "source",
    [
        "{{ finding:melatonin-99 }}",
        "a {{ profile:melatonin/mood }}",
        "a {{ forest:melatonin/sleep }}",
        "{{ forest:melatonin/nowhere }}",
        "{{ nothing",
        "# {{ finding: }}",
    ],
)
def test_what_is_not_there_says_that_it_was_withdrawn(source, finding):
    assert "figure withdrawn" in html(source)


def test_part_that_is_no_longer_recorded_says_so():
    make_finding(p=None)

    assert "not reported" in html("It was {{ finding:melatonin-01 p }}.")


def test_text_is_safe_for_templates_and_whole_without_figures():
    found = html("A *plain* text & no figure.")

    assert found == "<p>A <em>plain</em> text &amp; no figure.</p>\n"
    assert hasattr(found, "__html__")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="{}:/ -a1`[]()|\n*\\\ue000\ue001&#", max_size=60))
def test_no_text_breaks_the_page(source):
    text = render(source)

    found = filled(text, CitedRows())

    assert "\ue000" not in found and "\ue001" not in found
