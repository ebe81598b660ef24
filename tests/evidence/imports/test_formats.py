import pytest

from evidence.imports.formats import sniff
from evidence.imports.rows import Format


@pytest.mark.parametrize(
    "text, name, expected",
    [
        ("PMID- 1\nTI  - x", "", Format.PUBMED),
        ("\n\nPMC - PMC1\nPMID- 1", "a.txt", Format.PUBMED),
        ("TY  - JOUR", "", Format.RIS),
        ("TY - JOUR", "", Format.RIS),
        ("Provider: x\nTY  - JOUR\n", "", Format.RIS),
        ("pmid;title", "", Format.CSV),
        ("title", "", Format.CSV),
        (" [{}]", "", Format.JSON),
        ('{"studies": []}', "a.txt", Format.JSON),
        # What is damaged is taken for what its name says, so that the message fits.
        ("TI  - x\nAU  - y", "a.nbib", Format.PUBMED),
        ("TI  - x\nAU  - y", "a.ris", Format.RIS),
        ("who,what", "a.csv", Format.CSV),
        ("studies: []", "a.json", Format.JSON),
        # Nothing at all.
        ("Dear all", "", None),
        ("Dear all", "a.nbib", None),
        ("Title and year of some papers, sorted", "a.txt", None),
        ("<html><title>x</title>", "a.html", None),
    ],
)
def test_format_is_told_by_content_then_by_name(text, name, expected):
    assert sniff(text, name) == (expected, [])


def test_content_wins_over_a_name_that_says_otherwise():
    kind, odd = sniff("TY  - JOUR\nER  - \n", "a.json")

    assert kind is Format.RIS
    assert odd == ["Is named as JSON but holds RIS: read as RIS."]
