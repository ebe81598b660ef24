import doctest

import pytest

from evidence.imports import identifiers
from evidence.imports.identifiers import folded, plain_doi, plain_pmid, plain_registry


def test_examples_of_the_docstrings_hold():
    assert doctest.testmod(identifiers).failed == 0


@pytest.mark.parametrize(
    "printed",
    [
        "10.9999/Ab.1",
        " doi:10.9999/Ab.1 ",
        "DOI 10.9999/Ab.1",
        "https://doi.org/10.9999/Ab.1",
        "http://dx.doi.org/10.9999/Ab.1.",
        "doi: https://www.doi.org/10.9999%2FAb.1",
        "10.9999/Ab.1 [doi]",
    ],
)
def test_doi_is_one_however_it_is_printed(printed):
    assert plain_doi(printed) == "10.9999/Ab.1"


def test_old_doi_with_angle_brackets_is_kept():
    doi = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"

    assert plain_doi(doi) == doi


@pytest.mark.parametrize(
    "printed",
    [
        "999000001",
        "PMID: 999000001",
        "999000001.0",
        "https://pubmed.ncbi.nlm.nih.gov/999000001/",
        "https://www.ncbi.nlm.nih.gov/pubmed/999000001",
    ],
)
def test_pmid_is_one_however_it_is_printed(printed):
    assert plain_pmid(printed) == "999000001"


@pytest.mark.parametrize("printed", ["PMC999000001", "9.99E+08", "", "x"])
def test_what_is_no_pmid_stays_as_it_is(printed):
    assert plain_pmid(printed) == printed


@pytest.mark.parametrize(
    "printed, plain",
    [
        ("nct99000001", "NCT99000001"),
        ("NCT 99000001", "NCT99000001"),
        ("https://clinicaltrials.gov/ct2/show/NCT99000001?x=1", "NCT99000001"),
        (" ISRCTN99000001", "ISRCTN99000001"),
        ("NCT9900000", "NCT9900000"),
    ],
)
def test_registry_number_is_one_however_it_is_printed(printed, plain):
    assert plain_registry(printed) == plain


@pytest.mark.parametrize(
    "one, other",
    [
        ("Thymosin α1", "Thymosin Alpha-1"),
        ("Β-alanine", "β-Alanine"),
        ("Café au lait.", "CAFE AU LAIT"),
        ("5 µg", "5 μg"),
        ("Straße", "STRASSE"),
    ],
)
def test_titles_are_folded_to_one(one, other):
    assert folded(one) == folded(other) != ""


def test_titles_of_different_words_stay_apart():
    assert folded("Vitamin D2") != folded("Vitamin D3")
    assert folded("褪黑素") != folded("维生素")
    assert folded("?!") == ""
