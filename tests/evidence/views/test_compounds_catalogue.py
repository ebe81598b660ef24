"""The page of every compound of the shipped catalogue: the promises, read off the page."""

import re

import pytest
from django.test import Client

from evidence.models import Compound
from tests.loaded_catalogue import loaded_catalogue
from tests.pages import (
    bare_letters,
    elements,
    hrefs,
    inline_parts,
    number,
    page_of,
    policy_of,
    repeated_ids,
    text_of,
)

catalogue = pytest.fixture(scope="module")(loaded_catalogue)

ROUNDING = 0.0005  # half a unit of the third decimal, in which contributions are printed


@pytest.fixture(scope="module")
def answers(catalogue, django_db_blocker):
    """The answer for each compound, by its slug."""
    with django_db_blocker.unblock():
        slugs = Compound.objects.published().values_list("slug", flat=True)
        return {slug: Client().get(f"/compounds/{slug}/") for slug in slugs}


@pytest.fixture(scope="module")
def pages(answers):
    """The page of each compound, by its slug."""
    return {slug: page_of(answer) for slug, answer in answers.items()}


def test_every_compound_has_its_page(answers):
    assert len(answers) == 48
    assert {answer.status_code for answer in answers.values()} == {200}


def test_every_page_keeps_the_rules_of_a_page(answers):
    for slug, answer in answers.items():
        assert not inline_parts(answer), slug
        assert not repeated_ids(answer), slug
        assert policy_of(answer)["default-src"] == ["'none'"], slug
        assert "unsafe" not in answer["Content-Security-Policy"], slug
        assert not answer.cookies, slug


def test_every_letter_stands_beside_its_verdict(answers, pages):
    assert sum(len(elements(page, class_="badge")) for page in pages.values()) > 200
    for slug, answer in answers.items():
        assert not bare_letters(answer), slug


def test_every_best_estimate_is_the_sum_of_what_its_studies_add(pages):
    tables = 0
    for slug, page in pages.items():
        for table in elements(page, "table", class_="forest-table"):
            cells = elements(table, "td", class_="num")
            # A contribution held at the cap says so behind the number.
            *parts, total = [number(text_of(cell).split()[0]) for cell in cells]
            assert sum(parts) == pytest.approx(total, abs=ROUNDING * (len(parts) + 1)), slug
            tables += 1
    assert tables > 100


def test_every_study_can_be_looked_up_or_says_that_it_cannot(pages):
    named = 0
    for slug, page in pages.items():
        for links in elements(page, class_="links"):
            assert text_of(links), slug
            if not hrefs(links):
                # A registration without a known address is given by its number.
                assert text_of(links) == "not yet traced" or any(map(str.isdigit, text_of(links)))
            named += 1
    assert named > 700


def test_every_reference_link_leads_where_its_label_says(pages):
    for slug, page in pages.items():
        for one in elements(page, class_="links"):
            for link in elements(one, "a"):
                kind, _, name = text_of(link).partition(" ")
                address = dict(link.attributes)["href"]
                expected = {
                    "PMID": f"https://pubmed.ncbi.nlm.nih.gov/{name}/",
                    "DOI": f"https://doi.org/{name}",
                }
                assert address == expected.get(kind, address), slug
                assert address.startswith(("https://", "http://")), slug


def test_every_sourced_fact_names_a_source_or_says_that_it_has_none(pages):
    facts = 0
    for slug, page in pages.items():
        for source in elements(page, class_="source"):
            assert text_of(source), slug
            facts += 1
    assert facts > 900


def test_no_figure_is_printed_with_an_exponent(pages):
    for slug, page in pages.items():
        cells = elements(page, "td", data_label="As reported")
        printed = " ".join(text_of(cell) for cell in cells)
        assert not re.search(r"\d[eE][-−+]\d", printed), slug


def test_no_drawing_leaves_its_frame(pages):
    for slug, page in pages.items():
        for drawing in elements(page, "svg", class_="bar"):
            for mark in elements(drawing):
                for name in ("x", "cx"):
                    if value := dict(mark.attributes).get(name):
                        assert 0 <= float(value) <= 320, slug
