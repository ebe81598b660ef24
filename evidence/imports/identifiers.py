"""The names by which a study is known again: PMID, DOI, registry number, title.

Each is brought to one form first, however it was printed.
"""

import re
from unicodedata import combining, normalize
from urllib.parse import unquote

_DOI_PREFIX = re.compile(r"(?:doi\s*:?\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)", re.I)
_DOI_END = re.compile(r"(?:\s*\[doi\])?[\s.,;]*$", re.I)
_PMID = re.compile(
    r"(?:PMID\s*:?\s*|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?"
    r"(\d+)(?:\.0+)?/?",
    re.I | re.ASCII,
)
_NCT = re.compile(r"(?:.*[/\s])?nct\s*(\d{8})(?!\d).*", re.I | re.ASCII | re.S)
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_SPELT_OUT = str.maketrans(_GREEK)


def plain_doi(text: str) -> str:
    """Return a DOI without address, label or closing full stop; what is none stays as it is.

    >>> plain_doi("https://doi.org/10.1000%2FFirst.")
    '10.1000/First'
    """
    plain = text.strip()
    while found := _DOI_PREFIX.match(plain):
        plain = plain[found.end() :]
        if found[0].endswith("/"):
            plain = unquote(plain)
    return _DOI_END.sub("", plain)


def plain_pmid(text: str) -> str:
    """Return a PMID without label or address; what is none stays as it is.

    >>> plain_pmid("PMID: 99000001")
    '99000001'
    """
    found = _PMID.fullmatch(text.strip())
    return found[1] if found else text.strip()


def plain_registry(text: str) -> str:
    """Return a registry number; one of ClinicalTrials.gov without address and in capitals.

    >>> plain_registry("https://clinicaltrials.gov/study/nct99000001")
    'NCT99000001'
    """
    found = _NCT.fullmatch(text.strip())
    return f"NCT{found[1]}" if found else text.strip()


def folded_doi(doi: str) -> str:
    """Return a DOI as it is compared: in small letters."""
    return doi.lower()


def folded(text: str) -> str:
    """Return a title or the name of a journal as it is compared: letters and digits alone.

    Case, accents, blanks and punctuation do not count, and Greek letters are spelt out.

    >>> folded("Thymosin-α1, a Café study.") == folded("THYMOSIN ALPHA 1: a cafe study")
    True
    """
    plain = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_SPELT_OUT)
    return "".join(one for one in plain if one.isalnum() and not combining(one))
