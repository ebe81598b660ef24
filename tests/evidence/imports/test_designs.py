import pytest

from evidence.choices import Blinding, Design
from evidence.imports.designs import blinding_of, design_of, is_retracted, notice_in


@pytest.mark.parametrize(
    "words, design",
    [
        (["Journal Article", "Randomized Controlled Trial"], "rct"),
        (["Randomized Controlled Trial", "Cross-Over Studies"], "crossover-rct"),
        (["Randomized Controlled Trial", "Meta-Analysis"], "meta-analysis"),
        (["Meta-Analysis", "Network Meta-Analysis"], "network-meta-analysis"),
        (["Controlled Clinical Trial"], "non-randomised-trial"),
        (["Case Reports"], "case-series"),
        (["*Cohort Studies/methods"], "cohort"),
        (["Case-Control Studies"], "case-control"),
        (["Randomized Controlled Trial, Veterinary"], "animal"),
        (["Animals", "Mice"], "animal"),
        (["Animals", "Humans", "Randomized Controlled Trial"], "rct"),
    ],
)
def test_design_is_read_off_types_and_headings(words, design):
    assert design_of(words) == Design(design)


@pytest.mark.parametrize(
    "words",
    [[], ["Review"], ["Systematic Review"], ["Randomized Controlled Trials as Topic"], ["Humans"]],
)
def test_design_is_unknown_where_nothing_says_it(words):
    assert design_of(words) is None


def test_blinding_is_read_off_headings():
    assert blinding_of(["Double-Blind Method"]) == Blinding.DOUBLE_BLIND
    assert blinding_of(["*Single-Blind Method"]) == Blinding.SINGLE_BLIND
    assert blinding_of(["Humans"]) is None


def test_retracted_publication_and_the_notice_about_it_are_told_apart():
    assert is_retracted(["Retracted Publication"])
    assert not is_retracted(["Retraction of Publication"])
    assert notice_in(["Retracted Publication"]) is None
    assert "retracts another" in notice_in(["Retraction of Publication"])
    assert "correction" in notice_in(["Published Erratum"])
