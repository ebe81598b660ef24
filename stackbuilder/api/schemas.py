"""What the API's answers look like: made of the columns of open data, so that both say the same."""

from pydantic import BaseModel, Field, create_model

from evidence.open_data.columns import Kind
from evidence.open_data.compound_tables import (
    CAUTIONS,
    COMPOUNDS,
    INTERACTIONS,
    PROTOCOLS,
    REGULATORY_STATUSES,
    SIDE_EFFECTS,
)
from evidence.open_data.goal_tables import GOALS, OUTCOME_MIDS, OUTCOMES
from evidence.open_data.profile_tables import PROFILE_FINDINGS, PROFILES
from evidence.open_data.study_tables import FINDINGS, STUDIES

_TYPES = {
    Kind.TEXT: str,
    Kind.WHOLE: int,
    Kind.NUMBER: float,
    Kind.YES_NO: bool,
    Kind.DAY: str,
    Kind.TEXTS: list[str],
}


def _described(column):
    parts = [column.about]
    if column.unit:
        parts.append(f"In: {column.unit}.")
    if column.empty:
        parts.append(f"Null: {column.empty}.")
    if column.codes:
        parts.append(f"One of: {', '.join(column.codes)}.")
    return " ".join(parts)


def _field(column):
    kind = _TYPES[column.kind]
    return (kind | None if column.empty else kind, Field(description=_described(column)))


def schema_of(table, name, **more):
    """Return the schema of a table's rows, with `more` fields."""
    fields = {column.name: _field(column) for column in table.columns}
    return create_model(name, __doc__=table.about, **fields, **more)


def _url(what):
    return str, Field(description=f"The page of this {what} on the site.")


class Versions(BaseModel):
    """Which evidence and which method the figures are of."""

    evidence_version: int = Field(description="The evidence version; 0 before the first.")
    method_version: str = Field(description="The version of the method.")


def page_schema(name, item):
    """Return the schema of one page of a list."""
    return create_model(
        name,
        __base__=Versions,
        __doc__="One page of a list.",
        total=(int, Field(description="Items on all pages.")),
        page=(int, Field(description="This page, from 1.")),
        pages=(int, Field(description="How many pages there are, at least 1.")),
        limit=(int, Field(description="Items on a page at most.")),
        next=(str | None, Field(description="The next page's address. Null: this is the last.")),
        previous=(str | None, Field(description="The page before. Null: this is the first.")),
        items=(list[item], ...),
    )


def one_schema(name, item):
    """Return the schema of one thing by itself."""
    return create_model(name, __base__=Versions, __doc__="One thing by itself.", item=(item, ...))


class GoalVerdict(BaseModel):
    """What the evidence comes to for one goal; the letter never stands without its verdict."""

    goal: str
    letter: str
    verdict: str


Mid = schema_of(OUTCOME_MIDS, "Mid")
Outcome = schema_of(OUTCOMES, "Outcome", mids=(list[Mid], ...))
Goal = schema_of(GOALS, "Goal", outcomes=(list[Outcome], ...), page_url=_url("goal"))
Profile = schema_of(
    PROFILES, "Profile", findings=(list[schema_of(PROFILE_FINDINGS, "ProfileFinding")], ...)
)
Compound = schema_of(
    COMPOUNDS,
    "Compound",
    evidence=(list[GoalVerdict], ...),
    dependable=(
        float | None,
        Field(description="For the goal asked for, in MID. Null: no goal, or nothing counted."),
    ),
    page_url=_url("compound"),
)
CompoundDetail = schema_of(
    COMPOUNDS,
    "CompoundDetail",
    aliases=(list[str], ...),
    regulatory_statuses=(list[schema_of(REGULATORY_STATUSES, "RegulatoryStatus")], ...),
    protocols=(list[schema_of(PROTOCOLS, "Protocol")], ...),
    side_effects=(list[schema_of(SIDE_EFFECTS, "SideEffect")], ...),
    cautions=(list[schema_of(CAUTIONS, "Caution")], ...),
    interactions=(list[schema_of(INTERACTIONS, "Interaction")], ...),
    profiles=(list[Profile], ...),
    unranked_findings=(
        list[str], Field(description="Keys of findings that belong to no ranking.")
    ),
    page_url=_url("compound"),
)  # fmt: skip
Finding = schema_of(FINDINGS, "Finding", page_url=_url("finding"))
FindingDetail = schema_of(
    FINDINGS,
    "FindingDetail",
    certainty=(str, Field(description="Its certainty, all five domains counted.")),
    page_url=_url("finding"),
)
Study = schema_of(STUDIES, "Study", page_url=_url("study"))


class StudyFinding(BaseModel):
    """One finding of a study, and its part in the ranking that it belongs to."""

    finding: str
    compound: str
    outcome: str
    certainty: str
    benefit: float | None = Field(description="In MID. Null: it is not counted.")
    why_not: str | None = Field(description="Why it is not counted. Null: it is, or never ranks.")


StudyDetail = schema_of(
    STUDIES, "StudyDetail", findings=(list[StudyFinding], ...), page_url=_url("study")
)


class Wrong(BaseModel):
    """One thing that is wrong."""

    name: str = Field(description="The parameter.")
    place: str = Field(alias="in", description="Where it stands: query or path.")
    reason: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(description="Where the sort of problem is explained.")
    title: str
    status: int
    detail: str
    errors: list[Wrong]
