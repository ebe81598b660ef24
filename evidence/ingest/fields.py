"""What one field of a catalogue's file may hold: texts, codes, keys, numbers.

Limits of text are those of the columns it is stored in, codes those of `evidence/choices.py`.
A unit keeps its outer blanks, because nothing but the table of synonyms may change it.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

# The largest number that a whole-number column holds on every database.
LARGEST_WHOLE_NUMBER = 2_147_483_647
LARGEST_PRICE = 99_999_999.99
EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
LONGEST_PROSE = 5_000
LONGEST_ARTICLE = 60_000
# Before the text of a condition that has no code.
OTHER_CONDITION = "other:"

# Control, invisible and direction-changing characters, and halves of surrogate pairs.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def _visible(value: str) -> str:
    hidden = _HIDDEN.search(value)
    if hidden:
        raise PydanticCustomError(
            "hidden_character",
            "Holds the invisible character {code}",
            {"code": f"U+{ord(hidden[0]):04X}"},
        )
    if not value.strip():
        raise PydanticCustomError("blank", "Must not be blank")
    return value


def _visible_lines(value: str) -> str:
    for line in value.split("\n"):
        if hidden := _HIDDEN.search(line.replace("\t", " ")):
            code = f"U+{ord(hidden[0]):04X}"
            raise PydanticCustomError(
                "hidden_character", "Holds the invisible character {code}", {"code": code}
            )
    if not value.strip():
        raise PydanticCustomError("blank", "Must not be blank")
    return value


def _form(pattern: str, requirement: str) -> AfterValidator:
    """Return a validator that wants the whole text to match `pattern`."""
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError("form", "{requirement}", {"requirement": requirement})
        return value

    return AfterValidator(check)


def _not_neutral(value: float) -> float:
    if value == 1:
        raise PydanticCustomError("neutral", "A ratio of 1 is no difference")
    return value


def _not_zero(value: float) -> float:
    if value == 0:
        raise PydanticCustomError("zero", "A difference of 0 cannot be the smallest that matters")
    return value


def _in_cents(value: float) -> float:
    if round(value, 2) != value:
        raise PydanticCustomError("cents", "Must have at most two decimals")
    return value


def _digits_to_number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{1,10}", value, re.ASCII):
        return int(value)
    return value


_STUDY_KEY = (
    r"pmid:[1-9]\d{0,8}|doi:10\.\d{4,9}/\S+|registry:[A-Za-z0-9][A-Za-z0-9 ,./-]*"
    r"|untraced:[a-z0-9]+(-[a-z0-9]+)*-\d+"
)

_Visible = Annotated[str, AfterValidator(_visible)]
_Text = Annotated[_Visible, AfterValidator(str.strip)]
Text60 = Annotated[_Text, Field(max_length=60)]
Text80 = Annotated[_Text, Field(max_length=80)]
Text120 = Annotated[_Text, Field(max_length=120)]
Text150 = Annotated[_Text, Field(max_length=150)]
Text200 = Annotated[_Text, Field(max_length=200)]
Text250 = Annotated[_Text, Field(max_length=250)]
Text300 = Annotated[_Text, Field(max_length=300)]
Text500 = Annotated[_Text, Field(max_length=500)]
Text600 = Annotated[_Text, Field(max_length=600)]
Prose = Annotated[_Text, Field(max_length=LONGEST_PROSE)]
# What a curator's form stores may have several lines, and must pass from a dump into a load.
Lines = Annotated[
    str, AfterValidator(_visible_lines), AfterValidator(str.strip), Field(max_length=LONGEST_PROSE)
]
Markdown = Annotated[str, AfterValidator(_visible_lines), Field(max_length=LONGEST_ARTICLE)]
DoseUnit = Annotated[_Visible, Field(max_length=30)]
OutcomeUnit = Annotated[_Visible, Field(max_length=60)]
FindingUnit = Annotated[_Visible, Field(max_length=80)]
Slug = Annotated[
    str,
    Field(max_length=60),
    _form(r"[a-z0-9]+(-[a-z0-9]+)*", "Must be small letters and digits, joined by hyphens"),
]
FindingKey = Annotated[
    str,
    Field(max_length=80),
    _form(r"[a-z0-9]+(-[a-z0-9]+)*-\d+", "Must look like <compound>-<number>"),
]
StudyKey = Annotated[
    str,
    Field(max_length=120),
    _form(_STUDY_KEY, "Must look like pmid:…, doi:10.…, registry:… or untraced:<compound>-<n>"),
]
CautionCondition = Annotated[
    str,
    AfterValidator(_visible),
    Field(max_length=156),
    _form(
        rf"[a-z0-9]+(-[a-z0-9]+)*|{OTHER_CONDITION}\S(.*\S)?",
        "Must be the code of a condition, or other:<text>",
    ),
]
Region = Annotated[
    str, _form(r"[A-Z]{2}|sport|world", "Must be two capitals such as US, or sport, or world")
]
Currency = Annotated[str, _form(r"[A-Z]{3}", "Must be three capitals such as USD")]
Pmid = Annotated[str, _form(r"[1-9]\d{0,8}", "Must be a PMID: digits in quotes")]
Doi = Annotated[
    str,
    AfterValidator(_visible),
    Field(max_length=120),
    _form(r"10\.\d{4,9}/\S+", "Must be a DOI: 10.<number>/<name>, without an address"),
]
WebAddress = Annotated[
    str,
    AfterValidator(_visible),
    Field(max_length=500),
    _form(r"https?://[^\s/?#]+(?:[/?#]\S*)?", "Must be an address starting http:// or https://"),
]
Cas = Annotated[str, _form(r"[1-9]\d{1,6}-\d{2}-\d", "Must be a CAS number such as 73-31-4")]
Unii = Annotated[str, _form(r"[A-Z0-9]{10}", "Must be ten capitals and digits")]
PubchemCid = Annotated[
    int, BeforeValidator(_digits_to_number), Field(ge=1, le=LARGEST_WHOLE_NUMBER)
]
Count = Annotated[int, Field(ge=1, le=LARGEST_WHOLE_NUMBER)]
Year = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
Price = Annotated[float, Field(ge=0, le=LARGEST_PRICE), AfterValidator(_in_cents)]
Amount = Annotated[float, Field(ge=0)]
Percentage = Annotated[float, Field(ge=0, le=100)]
Mid = Annotated[float, AfterValidator(_not_zero)]
RatioMid = Annotated[float, Field(gt=0), AfterValidator(_not_neutral)]

CompoundClass = Literal[
    "amino-acid", "botanical", "drug", "fatty-acid", "fibre", "hormone", "mineral", "other",
    "peptide", "protein", "vitamin",
]  # fmt: skip
Route = Literal[
    "oral", "subcutaneous", "intramuscular", "intravenous", "intranasal", "topical"
]  # fmt: skip
LegalStatus = Literal[
    "approved-drug", "prescription-only", "dietary-supplement", "unapproved", "research-only",
    "withdrawn", "banned-in-sport",
]  # fmt: skip
SourceQuality = Literal["primary", "untraced"]
Confidence = Literal["fair", "low"]
MidBasis = Literal["published-MID", "event-equivalent", "0.2 SD"]
RatioMidBasis = Literal[
    "published-MID", "event-equivalent", "GRADE default", "as all-cause mortality"
]
SideEffectFrequency = Literal["common", "uncommon", "rare", "unknown"]
SideEffectSeverity = Literal["mild", "moderate", "severe"]
CautionLevel = Literal["contraindicated", "avoid", "caution"]
InteractionSeverity = Literal["major", "moderate", "minor"]
Blinding = Literal["double-blind", "single-blind", "open-label", "mixed", "unknown"]
StudyStatus = Literal["published", "corrected", "retracted"]
