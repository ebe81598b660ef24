"""How well a question fits a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.searching.folding import folded, spellings
from stackbuilder.searching.names import (
    LONGEST_QUESTION,
    MOST_WORDS,
    Field,
    Name,
    NameTable,
    Tier,
    question_of,
)

FILLERS = frozenset({"for", "my", "high", "supplement"})
NAMES = {
    1: ["Omega-3 (EPA/DHA)", "fish oil"],
    2: ["Vitamin D", "cholecalciferol"],
    3: ["Vitamin C"],
    4: ["Blood Pressure"],
    5: ["Thymosin alpha-1", "Tα1"],
    6: ["High-intensity exercise"],
}
LAY = {4: ["hypertension"]}


@pytest.fixture(scope="module")
def table():
    """The names above; keys stand in for the rows of the index."""
    rows = [
        Name(key, words, name, Field.OTHER if place else Field.TITLE, 0)
        for key, names in NAMES.items()
        for place, name in enumerate(names)
        for words in spellings(name)
    ]
    lay = [
        Name(key, folded(name), name, Field.LAY, 1) for key, names in LAY.items() for name in names
    ]
    return NameTable(rows + lay)


def best(table, text):
    """Return (key, tier) of the best match, None without any."""
    found = table.matches(question_of(text, FILLERS))
    key = min(found, key=lambda entry: found[entry].place, default=None)
    return None if key is None else (key, found[key].tier)


@pytest.mark.parametrize(
    "text, key, tier",
    [
        ("omega-3", 1, Tier.SAME),
        ("omega3", 1, Tier.SAME),
        ("Fish Oil", 1, Tier.SAME),
        ("fish oils", 1, Tier.SAME),
        ("oil of fish", None, None),
        ("d vitamin", 2, Tier.SAME),
        ("thymosin a1", 5, Tier.SAME),
        ("TALPHA1", 5, Tier.SAME),
        ("thym", 5, Tier.BEGINS),
        ("chol", 2, Tier.BEGINS),
        ("pressure", 4, Tier.NAME_WORDS),
        ("vit d", 2, Tier.NAME_WORDS),
        ("high blood pressure", 4, Tier.SAME),
        ("supplement for hypertension", 4, Tier.SAME),
        ("high intensity exercise", 6, Tier.SAME),
        ("vitamin k", None, None),
        ("levitation", None, None),
    ],
)
def test_question_fits_what_it_names(table, text, key, tier):
    assert best(table, text) == (None if key is None else (key, tier))


def test_longer_question_names_a_thing_among_words_that_name_nothing(table):
    parts = table.parts(question_of("omega 3 gummy bears", FILLERS))

    assert list(parts) == [1]
    assert parts[1].tier is Tier.PART
    assert 0 < parts[1].score < 1


def test_word_of_a_name_is_no_part_by_itself(table):
    assert table.parts(question_of("vitamin b12", FILLERS)) == {}


def test_every_way_to_fit_beats_those_after_it(table):
    found = table.matches(question_of("vitamin", FILLERS))

    assert set(found) == {2, 3}
    assert {match.tier for match in found.values()} == {Tier.BEGINS}
    assert list(Tier) == sorted(Tier)


def test_fillers_are_kept_if_nothing_else_remains():
    assert question_of("for my", FILLERS).words == ("for", "my")
    assert question_of("For my KNEES?", FILLERS).words == ("knees",)


def test_long_question_is_cut():
    question = question_of("melatonin " * 1000, FILLERS)

    assert len(question.whole) <= LONGEST_QUESTION
    assert len(question.words) <= MOST_WORDS


@given(st.text(max_size=120))
def test_any_text_is_a_question(text):
    table = NameTable([Name(1, "vitamin d", "Vitamin D", Field.TITLE, 0)])
    question = question_of(text, FILLERS)

    found = table.matches(question) | table.parts(question)

    assert all(0 < match.score <= 1 for match in found.values())


@given(st.sampled_from(sorted({name for names in NAMES.values() for name in names})))
def test_every_name_finds_its_own_thing_first(table_name):
    names = [
        Name(key, words, name, Field.TITLE, 0)
        for key, names in NAMES.items()
        for name in names
        for words in spellings(name)
    ]
    key = next(key for key, names in NAMES.items() if table_name in names)

    assert best(NameTable(names), table_name) == (key, Tier.SAME)
