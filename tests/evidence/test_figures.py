"""Numbers, sources and verdicts in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.choices import Design
from evidence.figures import (
    Link,
    downgrade_words,
    estimate_text,
    percent,
    printed,
    sentence,
    sentence_and_source,
    signed,
    source_links,
    statement,
    study_links,
    study_name,
    unit_text,
    whole_percent,
    whole_words,
)
from evidence.models import Finding, Profile, Study

PUBMED = "https://pubmed.ncbi.nlm.nih.gov"
PMC = "https://pmc.ncbi.nlm.nih.gov/articles"
figures = st.floats(min_value=-1e9, max_value=1e9)


@pytest.mark.parametrize(
    "value, digits, text",
    [
        (-0.4321, 2, "−0.43"),
        (0.4321, 3, "0.432"),
        (-0.004, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (-0.006, 2, "−0.01"),
        (5, 0, "5"),
        (-5.0, 0, "−5"),
        (1e-7, 3, "0.000"),
    ],
)
def test_signed_has_a_true_minus_and_no_negative_zero(value, digits, text):
    assert signed(value, digits) == text


@given(value=figures, digits=st.integers(min_value=0, max_value=4))
def test_signed_is_a_plain_decimal(value, digits):
    assert re.fullmatch(r"−?\d+(\.\d{1,4})?", signed(value, digits))


@pytest.mark.parametrize(
    "value, text",
    [
        (-7.06, "−7.06"),
        (1.0, "1"),
        (95.0, "95"),
        (0.1 + 0.2, "0.3"),
        (1683, "1683"),
        (0.00001, "0.00001"),
        (1e15, "1000000000000000"),
    ],
)
def test_printed_gives_a_figure_as_its_source_printed_it(value, text):
    assert printed(value) == text


@given(value=figures)
def test_printed_is_a_plain_decimal_of_the_same_value(value):
    text = printed(value)

    assert re.fullmatch(r"−?\d+(\.\d+)?", text)
    assert float(text.replace("−", "-")) == pytest.approx(value, rel=1e-9, abs=0)


@pytest.mark.parametrize(
    "share, text",
    [
        (1.0, "over 99 %"),
        (0.991, "over 99 %"),
        (0.99, "99 %"),
        (0.5, "50 %"),
        (0.01, "1 %"),
        (0.009, "under 1 %"),
        (0.0, "under 1 %"),
    ],
)
def test_percent_never_claims_to_be_certain(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    "values, text",
    [
        ({"measure": "MD", "estimate": -7.06, "unit": "min"}, "MD −7.06 min"),
        (
            {"measure": "MD", "estimate": -7.06, "unit": "min", "ci_low": -9.75, "ci_high": -4.37},
            "MD −7.06 min (95 % CI −9.75 to −4.37)",
        ),
        (
            {"measure": "OR", "estimate": 1.4, "ci_low": 1.1, "ci_high": 1.8, "ci_level": 90.0},
            "OR 1.4 (90 % CI 1.1 to 1.8)",
        ),
        ({"measure": "SMD", "estimate": -0.355, "unit": "SMD"}, "SMD −0.355"),
        ({"measure": "", "estimate": None}, "no figure reported"),
        ({"measure": "MD", "estimate": None, "unit": "min"}, "no figure reported"),
        ({"measure": "MD", "estimate": 0.0, "unit": "min"}, "MD 0 min"),
    ],
)
def test_estimate_text_gives_measure_unit_and_interval(values, text):
    assert estimate_text(Finding(**values)) == text


@pytest.mark.parametrize(
    "values, links",
    [
        ({}, []),
        ({"pmid": "23691095"}, [Link("PMID 23691095", f"{PUBMED}/23691095/")]),
        (
            {"doi": "10.1371/journal.pone.0063773"},
            [
                Link(
                    "DOI 10.1371/journal.pone.0063773",
                    "https://doi.org/10.1371/journal.pone.0063773",
                )
            ],
        ),
        (
            {"doi": "10.1002/(SICI)1097<1661::AID>3.0.CO;2-2#a?b"},
            [
                Link(
                    "DOI 10.1002/(SICI)1097<1661::AID>3.0.CO;2-2#a?b",
                    "https://doi.org/10.1002/(SICI)1097%3C1661::AID%3E3.0.CO;2-2%23a%3Fb",
                )
            ],
        ),
        (
            {"registry": "NCT02333071, NCT02338960"},
            [
                Link("NCT02333071", "https://clinicaltrials.gov/study/NCT02333071"),
                Link("NCT02338960", "https://clinicaltrials.gov/study/NCT02338960"),
            ],
        ),
        ({"registry": "CRD42020159338"}, [Link("CRD42020159338")]),
        ({"url": "https://example.org/a"}, [Link("Source", "https://example.org/a")]),
    ],
)
def test_study_links_lead_to_where_it_can_be_looked_up(values, links):
    assert study_links(Study(**values)) == links


def test_study_links_name_the_surest_address_first():
    study = Study(pmid="1", doi="10.1000/x", registry="NCT00000001", url="https://example.org")

    labels = [link.label for link in study_links(study)]

    assert labels == ["PMID 1", "DOI 10.1000/x", "NCT00000001", "Source"]


@pytest.mark.parametrize("values", [{}, {"pmid": "1"}, {"doi": "10.1000/x"}, {"registry": "R"}])
def test_study_links_are_empty_for_exactly_the_untraced(values):
    study = Study(**values)

    assert bool(study_links(study)) is study.is_traced


@pytest.mark.parametrize(
    "source, link",
    [
        ("pmid:23691095", Link("PMID 23691095", f"{PUBMED}/23691095/")),
        ("PMID 23691095", Link("PMID 23691095", f"{PUBMED}/23691095/")),
        ("pmc4290150", Link("PMC4290150", f"{PMC}/PMC4290150/")),
        (f"{PMC}/PMC4290150/?term=x", Link("PMC4290150", f"{PMC}/PMC4290150/?term=x")),
        ("doi:10.1000/x", Link("DOI 10.1000/x", "https://doi.org/10.1000/x")),
        ("10.1000/x", Link("DOI 10.1000/x", "https://doi.org/10.1000/x")),
        ("doi:10.1000/x.", Link("DOI 10.1000/x", "https://doi.org/10.1000/x")),
        ("https://example.org/a/b", Link("example.org", "https://example.org/a/b")),
        ("German health agency", Link("German health agency")),
        ("javascript:alert(1)", Link("javascript:alert(1)")),
        ("pmid:none", Link("pmid:none")),
    ],
)
def test_source_links_read_what_curators_write(source, link):
    assert source_links(source) == [link]


def test_source_links_of_several_sources():
    links = source_links("PMID 25832905; PMID 17318304;")

    assert [link.url for link in links] == [f"{PUBMED}/25832905/", f"{PUBMED}/17318304/"]


def test_source_links_wear_the_title_of_their_source():
    assert source_links("pmid:1", "Label") == [Link("Label", f"{PUBMED}/1/")]
    assert source_links("", "Label") == [Link("Label")]
    assert [link.label for link in source_links("pmid:1; pmid:2", "Label")] == [
        "Label",
        "PMID 1",
        "PMID 2",
    ]


def test_source_links_of_nothing_are_none():
    assert source_links("") == []


@pytest.mark.parametrize(
    "text, parts",
    [
        ("Binds to MT1", ("Binds to MT1", None)),
        (
            "Binds to MT1 [https://example.org/a]",
            ("Binds to MT1", Link("source", "https://example.org/a")),
        ),
        (
            "Binds to MT1 [pmid:37740662]",
            ("Binds to MT1", Link("PMID 37740662", f"{PUBMED}/37740662/")),
        ),
        (
            "Binds to MT1 [doi:10.1000/x]",
            ("Binds to MT1", Link("DOI 10.1000/x", "https://doi.org/10.1000/x")),
        ),
        ("Binds to MT1 [in rats]", ("Binds to MT1 [in rats]", None)),
        ("Binds [javascript:alert(1)]", ("Binds [javascript:alert(1)]", None)),
    ],
)
def test_sentence_and_source_parts_a_mechanism_from_its_source(text, parts):
    assert sentence_and_source(text) == parts


@pytest.mark.parametrize(
    "certainty, mean, text",
    [
        ("high", 4.0, "Zinc results in a large benefit for Immune Support."),
        ("moderate", 1.2, "Zinc likely results in a small benefit for Immune Support."),
        ("low", -2.4, "Zinc may result in a moderate harm for Immune Support."),
        ("moderate", 0.2, "Zinc likely results in little or no effect on Immune Support."),
        (
            "very-low",
            4.0,
            "The evidence is very uncertain about the effect of Zinc on Immune Support.",
        ),
    ],
)
def test_statement_says_how_sure_and_how_much(certainty, mean, text):
    profile = Profile(certainty=certainty, mean=mean)

    assert statement(profile, "Zinc", "Immune Support") == text


def test_statement_of_nothing_counted_is_none():
    assert statement(Profile(certainty="", mean=None), "Zinc", "Immune Support") is None


@pytest.mark.parametrize(
    "levels, why, text",
    [
        (1, ("judged",), "risk of bias: serious"),
        (2, ("judged",), "risk of bias: very serious"),
        (1, ("judged", "co-intervention"), "risk of bias: serious (co-intervention)"),
        (1, ("not assessed",), "risk of bias: not assessed"),
    ],
)
def test_downgrade_words_say_what_a_domain_cost_and_why(levels, why, text):
    assert downgrade_words("risk_of_bias", levels, why) == text


@pytest.mark.parametrize(
    "values, name",
    [
        ({"journal": "PLoS One", "year": 2013}, "Meta-analysis, PLoS One 2013"),
        ({"journal": "PLoS One"}, "Meta-analysis, PLoS One"),
        ({"registry": "NCT00000001", "year": 2016}, "Meta-analysis, NCT00000001 2016"),
        ({"title": "Melatonin and sleep", "year": 2013}, "Melatonin and sleep (2013)"),
        ({"title": "Melatonin and sleep"}, "Melatonin and sleep"),
        ({"title": "n" * 61}, "n" * 59 + "…"),
    ],
)
def test_study_name_is_where_it_appeared_or_its_title(values, name):
    assert study_name(Study(design=Design.META_ANALYSIS, **values)) == name


@pytest.mark.parametrize(
    "title, html",
    [
        ("What it says", "What it says"),
        ("For Anti-Inflammation: yes", 'For <span class="nowrap">Anti-Inflammation:</span> yes'),
        ("<b>-</b> & more", '<span class="nowrap">&lt;b&gt;-&lt;/b&gt;</span> &amp; more'),
        ("a-very-long-word-that-fits-no-phone", "a-very-long-word-that-fits-no-phone"),
        ("", ""),
    ],
)
def test_whole_words_keeps_hyphenated_words_together(title, html):
    assert whole_words(title) == html


@pytest.mark.parametrize("share, shown", [(1.0, "100 %"), (1 / 3, "33 %"), (0.5, "50 %")])
def test_whole_percent_says_what_is_known(share, shown):
    assert whole_percent(share) == shown


@pytest.mark.parametrize(
    "text", ["May raise bleeding risk", "May raise bleeding risk.", "May raise bleeding risk. "]
)
def test_sentence_ends_with_one_full_stop(text):
    assert sentence(text) == "May raise bleeding risk."


def test_source_links_keep_words_beside_a_reference():
    labels = [link.label for link in source_links("European Medicines Agency; PMID 17318304")]

    assert labels == ["European Medicines Agency", "PMID 17318304"]


@pytest.mark.parametrize(
    "measure, unit, expected",
    [
        ("MD", "min", " min"),
        ("MD", "", ""),
        ("SMD", "SMD", ""),
        ("HR", "risk", ""),
        ("HR", "", ""),
        ("RR", "incidence rate ratio", " incidence rate ratio"),
    ],
)
def test_unit_is_said_unless_the_measure_says_it(measure, unit, expected):
    assert unit_text(Finding(measure=measure, unit=unit)) == expected
