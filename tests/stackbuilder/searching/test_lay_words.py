"""The table of lay words, as a file."""

import json

import pytest
from pydantic import ValidationError

from evidence.searching.folding import folded
from stackbuilder.searching.lay_words import SEARCH_WORDS, WordsFile, fillers, search_words


def test_shipped_table_is_read_once():
    assert search_words() is search_words()
    assert len(search_words().words) > 60


def test_every_word_says_something_once_it_is_folded():
    words = [word for entry in search_words().words for word in entry.words]

    assert all(folded(word) for word in words)
    assert len(words) > 600


def test_fillers_are_folded():
    assert "supplements" in fillers()
    assert all(folded(word) == word for word in fillers())


@pytest.mark.parametrize(
    "words",
    [
        [{"to": "goal:sleep", "words": ["nap"]}, {"to": "goal:sleep", "words": ["rest"]}],
        [{"to": "goal:sleep", "words": ["nap", "nap"]}],
        [{"to": "study:sleep", "words": ["nap"]}],
        [{"to": "goal:sleep", "words": [""]}],
        [{"to": "goal:sleep", "words": ["nap"], "weight": 2}],
    ],
)
def test_damaged_table_is_refused(words):
    content = json.loads(SEARCH_WORDS.read_text(encoding="utf-8")) | {"words": words}

    with pytest.raises(ValidationError):
        WordsFile.model_validate(content)
