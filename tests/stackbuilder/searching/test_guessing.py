"""What may be meant by a question with typing errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.searching.folding import spellings
from stackbuilder.searching.guessing import guess, resembling
from stackbuilder.searching.names import Field, Name, NameTable, Tier, question_of

TITLES = ("Melatonin", "Vitamin C", "Vitamin D", "Zinc", "Omega-3", "Blood Pressure", "Creatine",
          "Thymosin alpha-1", "Magnesium")  # fmt: skip
LAY = {"mace": "Magnesium", "pressure sores": "Zinc"}


@pytest.fixture(scope="module")
def table():
    """Titles and a few lay words; the place in TITLES is the key."""
    names = [
        Name(key, words, title, Field.TITLE, 0)
        for key, title in enumerate(TITLES)
        for words in spellings(title)
    ]
    lay = [Name(TITLES.index(title), word, word, Field.LAY, 0) for word, title in LAY.items()]
    return NameTable(names + lay)


def meant(table, text):
    """Return the title that a text is taken for, None for none."""
    found = guess(question_of(text, frozenset()), table).matches
    best = min(found, key=lambda entry: found[entry].place, default=None)
    return None if best is None else TITLES[best]


@pytest.mark.parametrize(
    "typed, title",
    [
        ("melotonin", "Melatonin"),
        ("mealtonin", "Melatonin"),
        ("mellatonin", "Melatonin"),
        ("vitmain d", "Vitamin D"),
        ("vitaminn c", "Vitamin C"),
        ("zimc", "Zinc"),
        ("omga 3", "Omega-3"),
        ("blod presure", "Blood Pressure"),
        ("kreatine", "Creatine"),
        ("tymosin alpha 1", "Thymosin alpha-1"),
        ("magnezium", "Magnesium"),
    ],
)
def test_typing_error_is_taken_for_the_nearest_name(table, typed, title):
    assert meant(table, typed) == title


@pytest.mark.parametrize(
    "typed",
    [
        "vitamin k",
        "vitamin e",
        "omega 6",
        "thymosin alpha 2",
        "maca",
        "milk thistle",
        "carnitine",
        "zi",
        "12345",
        "xyzzy",
    ],
)
def test_another_thing_is_taken_for_nothing(table, typed):
    assert meant(table, typed) is None


def test_guess_says_what_it_takes_the_question_for(table):
    found = guess(question_of("melotonin", frozenset()), table)

    assert found.meant == "Melatonin"
    assert {match.tier for match in found.matches.values()} == {Tier.GUESS}


def test_names_that_resemble_the_question_are_offered_but_no_lay_words(table):
    assert resembling(question_of("vitamin k", frozenset()), table, 3) == ["Vitamin C", "Vitamin D"]
    assert resembling(question_of("mac", frozenset()), table, 3) == []


@given(st.sampled_from([title for title in TITLES if len(title) > 7]), st.data())
def test_one_swap_of_letters_in_a_long_name_is_forgiven(title, data):
    names = [
        Name(key, words, one, Field.TITLE, 0)
        for key, one in enumerate(TITLES)
        for words in spellings(one)
    ]
    word = title.split()[0].split("-")[0]
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    typed = title.replace(word, swapped, 1)
    table = NameTable(names)

    question = question_of(typed, frozenset())
    found = table.matches(question) or guess(question, table).matches

    assert TITLES[min(found, key=lambda entry: found[entry].place)] == title
