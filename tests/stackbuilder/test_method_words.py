"""The words of the method page say all that the method has, in its order, and no number."""

import re

import pytest

from evidence.choices import MidBasis
from evidence.figures import source_links
from evidence.synthesis import CONSTANTS, Letter, NotCountedReason, Verdict
from evidence.synthesis.pooling import Pool
from evidence.synthesis.verdicts import Body, letter, verdict
from evidence.synthesis.vocabulary import Certainty
from evidence.synthesis.worked import VerdictRule
from stackbuilder.method_words import CONVENTIONS, MID_BASES, NOT_COUNTED, SOURCES, VERDICTS

PROSE = [
    *(why for _, why in NOT_COUNTED),
    *(meaning for _, meaning in MID_BASES),
    *(row.does_not_mean for row in VERDICTS),
    *(source.what_for for source in SOURCES),
]


def test_reasons_stand_in_the_order_in_which_they_are_tried():
    assert [reason for reason, _ in NOT_COUNTED] == list(NotCountedReason)


def test_every_basis_of_a_mid_is_explained():
    assert {basis for basis, _ in MID_BASES} == set(MidBasis)
    assert set(MidBasis) > CONVENTIONS


def test_verdicts_stand_in_the_order_in_which_they_are_tried():
    counted = [row for row in VERDICTS if Letter.NOT_RATED not in row.letters]

    assert [row.rule for row in counted] == list(VerdictRule)
    assert [row.verdict for row in counted] == [rule.verdict for rule in VerdictRule]
    assert {row.verdict for row in VERDICTS} == set(Verdict)


def test_letters_beside_a_verdict_are_those_that_the_code_gives_with_it():
    given = {
        (letter(body), verdict(body))
        for level in Certainty
        for is_only_markers in (True, False)
        for mean in (-4, -1.2, 0, 0.4, 1.2, 1.6, 2.5)
        for sd in (0.2, 0.5, 1.0)
        for body in [
            Body(Pool(mean, sd, 1.0, (), ()), level, level, is_only_markers, has_telling_null=True)
        ]
    }

    shown = {
        (one, row.verdict) for row in VERDICTS for one in row.letters if one is not Letter.NOT_RATED
    }

    assert shown == given


def test_every_source_of_a_constant_is_listed():
    listed = {source.link.url for source in SOURCES}
    cited = {source_links(one.source)[0].url for one in CONSTANTS if one.source}

    assert len(cited) == 3
    assert cited < listed
    assert all(url.startswith("https://") for url in listed)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_a_sentence_without_any_number(text):
    assert text.endswith(".")
    assert not re.search(r"\d", text)
