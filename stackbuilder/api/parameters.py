"""What a query may hold: strict forms, so that what the document says is what is taken.

A number is written in digits alone, a parameter is given once, and one that is unknown is refused:
a filter that was silently ignored would answer a question that nobody asked.
"""

import re
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from evidence.choices import CompoundClass, Design, LegalStatus, Letter, Result, Route, StudyStatus
from stackbuilder.api.problems import BAD_PARAMETER, HEALTH, RefusedError, Wrong
from stackbuilder.forms import LEAST_CERTAINTIES, CatalogueForm, shortened
from stackbuilder.regions import region_choices

USUAL_LIMIT, MOST_ITEMS = 50, 200
LARGEST = 2_147_483_647  # what the number of an evidence version can be

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
GOAL_WEIGHT = r"^[a-z0-9]+(-[a-z0-9]+)*(:[123])?$"
FINDING_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]+$"
# As the files have them (evidence.ingest.fields), in terms that every reader of patterns shares.
STUDY_KEY = (
    r"^(pmid:[1-9][0-9]{0,8}|doi:10\.[0-9]{4,9}/[!-~\u00a1-\ud7ff]+"
    r"|registry:[A-Za-z0-9][A-Za-z0-9 ,./-]*|untraced:[a-z0-9]+(-[a-z0-9]+)*-[0-9]+)$"
)
REGION = r"^([A-Z]{2}|sport|world)$"
# No control characters: no name holds one.
NAME = r"^[^\u0000-\u001f\u007f]+$"

_DIGITS = re.compile(r"0|-?[1-9][0-9]{0,9}")
# Parts of names under which a client might send what a visitor said of their health.
_HEALTH_WORDS = (
    "condition", "medic", "drug", "health", "disease", "diagnos", "illness", "pregnan", "allerg",
    "answer", "about", "let-in", "let_in", "letin", "person", "patient",
)  # fmt: skip
_NO_HEALTH = (
    "Conditions and medicines are never taken here. They would stand in an address, which servers "
    "and proxies log; on the site they stay in a signed cookie in the visitor’s own browser. "
    "Cautions and interactions come with /api/v1/compounds/{slug}/, to be screened where the "
    "answers are."
)


def _in_digits(value):
    if isinstance(value, str):
        if not _DIGITS.fullmatch(value):
            raise PydanticCustomError("whole_number", "Write a whole number in digits")
        return int(value)
    return value


def _codes(values):
    """Return the type of one of these codes."""
    return Literal[tuple(value for value in values if value)]


def _whole(most, description):
    """Return the type of a whole number from 1 to `most`."""
    # The limits stand before the form, so that the document names them as its own.
    limits = Field(ge=1, le=most, description=description)
    return Annotated[int, limits, BeforeValidator(_in_digits)]


PageNumber = _whole(100_000, "Which page; one past the last is not found.")
Limit = _whole(MOST_ITEMS, "How many items a page holds.")
Version = _whole(LARGEST, "An evidence version: figures as they were then.")
Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
FindingKey = Annotated[str, Field(pattern=FINDING_KEY, max_length=80)]
StudyKey = Annotated[str, Field(pattern=STUDY_KEY, max_length=120)]
GoalWeight = Annotated[str, Field(pattern=GOAL_WEIGHT, max_length=62)]


def _slug(description, example):
    return Field(
        default=None, pattern=SLUG, max_length=60, description=description, examples=[example]
    )


class PageQuery(Schema):
    """Which page of a list."""

    page: PageNumber = 1
    limit: Limit = USUAL_LIMIT


class CompoundsQuery(PageQuery):
    """The filters of the list of compounds; they are those of the page."""

    q: str = Field(
        default=None, pattern=NAME, max_length=100, description="Part of a name or alias."
    )
    goal: str = _slug("Studied for this goal.", "sleep")
    kind: _codes(CompoundClass.values) = Field(default=None, description="Its class.")
    route: _codes(Route.values) = Field(default=None, description="How it enters the body.")
    status: _codes(LegalStatus.values) = Field(default=None, description="Its legal status …")
    region: str = Field(
        default=None, pattern=REGION, description="… in this region, or any status there."
    )
    letter: _codes(Letter.values) = Field(default=None, description="Its letter for a goal.")
    sort: _codes(dict(CatalogueForm.SORTS)) = Field(
        default=None, description="By name, best letter first, or dependable benefit for the goal."
    )


class FindingsQuery(PageQuery):
    """The filters of the list of findings."""

    compound: str = _slug("Of this compound.", "melatonin")
    goal: str = _slug("On an outcome that serves this goal.", "sleep")
    outcome: str = _slug("On this outcome.", "sleep-onset-latency")
    study: StudyKey = Field(
        default=None, description="As this study reported.", examples=["pmid:23691095"]
    )
    result: _codes(Result.values) = Field(default=None, description="With this result.")


class StudiesQuery(PageQuery):
    """The filters of the list of studies."""

    compound: str = _slug("Behind a finding of this compound.", "melatonin")
    design: _codes(Design.values) = Field(default=None, description="Made in this way.")
    status: _codes(StudyStatus.values) = Field(default=None, description="Standing so.")


class ProfilesQuery(PageQuery):
    """The filters of the list of profiles, and the version that it is as of."""

    compound: str = _slug("Of this compound.", "melatonin")
    goal: str = _slug("For this goal.", "sleep")
    evidence: Version = None


class RankingQuery(PageQuery):
    """What the builder's address says of a ranking."""

    goal: list[GoalWeight] = Field(
        min_length=1,
        max_length=50,
        description="A goal, or goal:weight with a weight of 1, 2 or 3; once for each goal.",
        examples=[["sleep:3", "stress-anxiety"]],
        json_schema_extra={"uniqueItems": True},
    )
    region: _codes(code for code, _ in region_choices()) = Field(
        default=None, description="Where a person would buy: adds the legal status there."
    )
    injections: Literal["no"] = Field(default=None, description="Leave out what is only injected.")
    tested: Literal["yes"] = Field(default=None, description="Leave out what is banned in sport.")
    certainty: _codes(code for code, _ in LEAST_CERTAINTIES) = Field(
        default=None, description="The least certainty that a compound has for a chosen goal."
    )
    evidence: Version = None


def check_names(query, known, repeatable):
    """Refuse a parameter that is unknown or, unless it is `repeatable`, given twice."""
    strange = [name for name in query if name not in known]
    if any(word in name.casefold() for name in strange for word in _HEALTH_WORDS):
        raise RefusedError(HEALTH, *(Wrong(shortened(name), _NO_HEALTH) for name in strange[:1]))
    wrongs = [
        Wrong(shortened(name), f"It is unknown; what may be asked is: {_listed(known)}.")
        for name in strange
    ]
    wrongs += [
        Wrong(name, "It is given more than once.")
        for name in query
        if name in known and name not in repeatable and len(query.getlist(name)) > 1
    ]
    if wrongs:
        raise RefusedError(BAD_PARAMETER, *wrongs[:10])


def _listed(known):
    return ", ".join(sorted(known)) or "nothing, as it takes no parameters"
