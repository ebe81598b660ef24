"""When two spellings are the same."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.searching.folding import folded, spellings, squashed, stem

ANY_TEXT = st.text(max_size=60) | st.text("αβςΩΐaezio ’'-1²½ß℃ŉǅİ", max_size=30)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Tα1", "talpha1"),
        ("TNF-α", "tnf alpha"),
        ("omega-3", "OMEGA 3"),
        ("omega‑3", "omega3"),
        ("St. John's wort", "st johns wort"),
        ("St John’s wort", "St Johns Wort"),
        ("CoQ10", "co q 10"),
        ("5-HTP", "5 htp"),
        ("MÉLATONINE", "melatonine"),
        ("hydrolysed", "hydrolyzed"),
        ("oestrogen", "estrogen"),
        ("haemoglobin", "hemoglobin"),
        ("fibre", "fiber"),
        ("tumour", "TUMOR"),
        ("sulphate", "sulfate"),
        ("apnoea", "apnea"),
        ("smørrebrød", "smorrebrod"),
        ("NAD⁺", "nad+"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert squashed(folded(one)) == squashed(folded(other))


@pytest.mark.parametrize("one, other", [("vitamin c", "vitamin d"), ("1 2", "2 1"), ("nr", "nac")])
def test_different_names_stay_different(one, other):
    assert squashed(folded(one)) != squashed(folded(other))


@pytest.mark.parametrize("text", ["", " ", "'", "-/*", "“”", "\0", "\u0301"])
def test_text_without_letters_folds_to_nothing(text):
    assert folded(text) == ""


@given(ANY_TEXT)
def test_folding_again_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(ANY_TEXT)
def test_folded_text_holds_letters_digits_and_single_blanks(text):
    words = folded(text)

    assert words == " ".join(words.split())
    assert all(category(letter)[0] in "LN" for letter in words if letter != " ")


@given(ANY_TEXT)
def test_capital_letters_make_no_difference_in_ascii(text):
    plain = text.encode("ascii", "ignore").decode()

    assert folded(plain.upper()) == folded(plain.lower())


@given(ANY_TEXT, ANY_TEXT)
def test_punctuation_between_words_makes_no_difference(one, other):
    assert folded(f"{one} - {other}") == folded(f"{one} / ({other})")


@given(ANY_TEXT)
def test_spellings_are_folded_and_the_fullest_comes_first(text):
    found = spellings(text)

    assert found[:1] == ((folded(text),) if folded(text) else found[:1])
    assert all(folded(spelling) == spelling for spelling in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "name, spelling",
    [
        ("Thymosin alpha-1", "thymosin a 1"),
        ("Tα1", "ta 1"),
        ("Tβ4", "tb 4"),
        ("β-alanine", "b alanine"),
        ("Omega-3 (EPA/DHA)", "omega 3"),
    ],
)
def test_spellings_hold_what_a_keyboard_without_greek_types(name, spelling):
    assert spelling in spellings(name)


@pytest.mark.parametrize(
    "form, word",
    [
        ("sleeping", "sleep"),
        ("sleepless", "sleep"),
        ("anxious", "anxiety"),
        ("depressed", "depressive"),
        ("depressed", "depression"),
        ("inflammatory", "inflammation"),
        ("cognitive", "cognition"),
        ("bones", "bone"),
        ("oils", "oil"),
        ("memories", "memory"),
        ("digestive", "digestion"),
    ],
)
def test_forms_of_a_word_begin_alike(form, word):
    assert word.startswith(stem(form))


@given(st.text("abceginorsty", min_size=1, max_size=15))
def test_stem_is_what_the_word_begins_with(word):
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(3, len(word))
