"""The codes of the columns are those of the synthesis, which may not import them."""

import pytest

from evidence import choices
from evidence.synthesis import vocabulary

# The two sides of one vocabulary, in the words of each.
BOTH = [
    (choices.OutcomeKind, vocabulary.OutcomeKind),
    (choices.Better, vocabulary.Better),
    (choices.Design, vocabulary.Design),
    (choices.Measure, vocabulary.Measure),
    (choices.ComparatorKind, vocabulary.ComparatorKind),
    (choices.Result, vocabulary.Result),
    (choices.Concern, vocabulary.Concern),
    (choices.Certainty, vocabulary.Certainty),
    (choices.Letter, vocabulary.Letter),
    (choices.Verdict, vocabulary.Verdict),
]


@pytest.mark.parametrize("column, code", BOTH, ids=lambda one: one.__name__)
def test_column_takes_exactly_the_codes_of_the_synthesis(column, code):
    assert set(column.values) == {one.value for one in code}


@pytest.mark.parametrize("column", [column for column, _ in BOTH], ids=lambda one: one.__name__)
def test_every_code_has_words(column):
    assert all(label.strip() for label in column.labels)


def test_every_vocabulary_of_the_synthesis_that_is_stored_in_a_column_is_compared():
    # The other two are stored inside a profile's values, not in a column.
    inside_profiles = {"Domain", "NotCountedReason"}
    enums = {name for name, one in vars(vocabulary).items() if is_vocabulary(one)}

    assert enums - inside_profiles == {code.__name__ for _, code in BOTH}


def test_ratio_measures_are_those_that_the_synthesis_pools_as_logarithms():
    ratios = {measure.value for measure in vocabulary.Measure if measure.is_ratio}

    assert {measure.value for measure in choices.RATIO_MEASURES} == ratios


def is_vocabulary(one):
    return isinstance(one, type) and one.__module__ == vocabulary.__name__
