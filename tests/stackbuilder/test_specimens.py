"""Made values show every state, and cannot be taken for evidence."""

import re

import pytest

from evidence.choices import Certainty, Letter, Verdict
from stackbuilder import specimen_evidence, specimens


def test_badges_are_every_letter_of_every_verdict():
    drawn = [
        (specimen.caption, letter) for specimen in specimens.badges() for letter in specimen.value
    ]

    assert len(drawn) == len(set(drawn)) == len(Verdict) * len(Letter)


def test_certainty_marks_are_all_four_levels():
    levels = {specimen.value[0] for specimen in specimens.CERTAINTIES}

    assert levels == set(Certainty.values)


def test_bars_show_both_arrows_no_arrow_and_nothing():
    bars = [specimen.value for specimen in specimens.BARS if specimen.value]

    assert {(bar.is_cut_low, bar.is_cut_high) for bar in bars} >= {(True, True), (False, False)}
    assert any(bar.mean > 1 for bar in bars)
    assert any(bar.mean < -1 for bar in bars)
    assert len(bars) == len(specimens.BARS) - 1


def test_forest_rows_show_each_axis_and_a_point_beyond_it():
    rows = [specimen.value for specimen in specimens.FOREST_ROWS]

    assert {row.axis.high for row in rows} == {3, 6}
    assert {row.is_on_axis for row in rows} == {True, False}
    assert any(row.is_cut_low and row.is_cut_high for row in rows)


def test_chips_have_every_weight():
    assert [chip.weight for chip in specimens.chips()] == [0, 1, 2, 3]


def test_reasons_of_the_open_card_add_up():
    (card, *others) = specimens.cards()

    studies = sum(study.term for goal in card.why for study in goal.studies)
    assert sum(goal.term for goal in card.why) == pytest.approx(card.ranked.mean)
    assert studies == pytest.approx(card.ranked.mean, abs=0.001)
    assert all(other.why is None for other in others)


def test_made_rows_are_not_saved_and_say_that_they_are_made_up():
    studies = [value for name, value in vars(specimen_evidence).items() if name.isupper()]
    titles = [study.title for study in studies if hasattr(study, "title") and hasattr(study, "doi")]

    assert len(titles) == 4
    assert all("made-up" in title for title in titles)
    assert all(study._state.adding for study in studies if hasattr(study, "_state"))


def test_no_made_address_leads_to_a_source():
    studies = (
        specimen_evidence.REVIEW,
        specimen_evidence.CORRECTED,
        specimen_evidence.RETRACTED,
        specimen_evidence.UNTRACED,
    )

    assert {study.pmid + study.doi for study in studies} == {""}
    assert all(re.match(r"https://example\.org/|$", study.url) for study in studies)
