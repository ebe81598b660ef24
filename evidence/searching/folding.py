"""When two spellings are the same: accents, case, Greek, punctuation, British and American; pure.

What is stored and what is asked go through `folded`, so both meet in one plain form. It is a form
to compare, never to show.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

__all__ = ["SUFFIXES", "folded", "spellings", "squashed", "stem"]

# Greek letters by the names that papers spell them with. ς is another σ.
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
# How a keyboard without Greek writes some of them: thymosin a1, TB4, b-alanine, IFN-g.
LATIN = {"alpha": "a", "beta": "b", "gamma": "g", "delta": "d", "epsilon": "e", "kappa": "k"}

_BY_GREEK_NAME = str.maketrans(GREEK)
_BY_LATIN_LETTER = str.maketrans({letter: LATIN.get(name, name) for letter, name in GREEK.items()})
# Letters that no decomposition takes apart.
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
# British and American spellings meet in one of the two. Each step makes a text shorter, or takes
# a letter from it that no step puts back, so that repeating them comes to an end.
_ONE_ENGLISH = (
    ("iz", "is"), ("yz", "ys"), ("aemi", "emi"), ("haem", "hem"), ("paed", "ped"),
    ("oestr", "estr"), ("oedem", "edem"), ("oesoph", "esoph"), ("rrhoea", "rrhea"),
    ("foet", "fet"), ("faec", "fec"), ("gynaec", "gynec"), ("apnoea", "apnea"),
    ("dyspnoe", "dyspne"), ("sulph", "sulf"), ("tumour", "tumor"), ("colour", "color"),
    ("flavour", "flavor"), ("behaviour", "behavior"), ("ageing", "aging"), ("fibre", "fiber"),
    ("centre", "center"), ("litre", "liter"),
)  # fmt: skip
# Apostrophes and the like join what they stand between: St John's wort, ’s, `s.
_JOINING = re.compile("['’‘ʼ`´′]")
_OTHER = re.compile(r"[\W_]+")
_EDGE = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")
_GREEK_WORD = re.compile(rf"\b(?:{'|'.join(LATIN)})\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")

# What makes another form of the same word; the longest that fits is taken off.
SUFFIXES = tuple(
    sorted(
        ("less", "ness", "ing", "ed", "er", "ers", "ies", "ied", "ive", "ives", "ion", "ions",
         "ity", "ety", "ory", "ous", "ic", "al", "es", "s", "y", "e", "is"),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_SHORTEST_STEM = 4


def folded(text: str) -> str:
    """Return words of plain letters and digits, apart from each other by single spaces.

    >>> folded("Tα1"), folded("St. John’s wort"), folded("CoQ10")
    ('talpha 1', 'st johns wort', 'coq 10')
    """
    return _fold(text, _BY_GREEK_NAME)


def squashed(words: str) -> str:
    """Return folded words as one: omega-3, omega 3 and omega3 are the same name.

    >>> squashed(folded("Co-Q 10"))
    'coq10'
    """
    return words.replace(" ", "")


def spellings(name: str) -> tuple[str, ...]:
    """Return the folded ways in which a name is written, the fullest first.

    What stands in brackets may be left out, and Greek letters may be Latin ones.

    >>> spellings("Thymosin beta-4 (TB-500)")[1:]
    ('thymosin beta 4', 'thymosin b 4 tb 500', 'thymosin b 4')
    """
    short = _BRACKETS.sub("", name)
    full = [folded(name), folded(short)]
    latin = [_fold(text, _BY_LATIN_LETTER) for text in (name, short)]
    lettered = [_GREEK_WORD.sub(lambda found: LATIN[found[0]], text) for text in full]
    return tuple(dict.fromkeys(text for text in (*full, *lettered, *latin) if text))


def stem(word: str) -> str:
    """Return what the forms of a folded word begin with alike; short words stay as they are.

    >>> stem("sleeping"), stem("anxious"), stem("bones"), stem("zinc")
    ('sleep', 'anxi', 'bone', 'zinc')
    """
    if word.endswith("s") and len(word) == _SHORTEST_STEM and word[-2] not in "isu":
        return word[:-1]
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


def _fold(text: str, greek: dict[int, str]) -> str:
    # Before and after the small letters: each may make the other necessary.
    plain = normalize("NFKD", normalize("NFKD", text).casefold()).casefold()
    letters = "".join(character for character in plain if not combining(character))
    words = _OTHER.sub(" ", _JOINING.sub("", letters.translate(greek).translate(_PLAIN)))
    return " ".join(_EDGE.sub(" ", _one_english(words)).split())


def _one_english(words: str) -> str:
    before = ""
    while before != words:
        before = words
        for british, american in _ONE_ENGLISH:
            words = words.replace(british, american)
    return words
