"""The builder's ranking: the same form, snapshot, screening and cards as the page's.

Nobody's health is asked for, so nobody is left out for it: `cautions` say what is recorded, and
whoever shows a ranking has to screen it.
"""

from ninja import Query, Router
from pydantic import BaseModel, Field

from stackbuilder.api.lists import check_version
from stackbuilder.api.paging import page_of, part_of
from stackbuilder.api.parameters import RankingQuery
from stackbuilder.api.problems import BAD_PARAMETER, NOT_FOUND, RefusedError, Wrong
from stackbuilder.api.schemas import GoalVerdict, page_schema
from stackbuilder.candidates import snapshot, snapshot_at
from stackbuilder.cards import apart_cards, ranked_cards
from stackbuilder.engine.person import Person
from stackbuilder.forms import BuilderForm
from stackbuilder.stacks.saved import method_version_at
from stackbuilder.visitor.screened import Screened, concerns, left_out, screened
from stackbuilder.visitor.screening import safety_tables

router = Router()

# As on the page: more are counted.
LEFT_OUT_SHOWN = 100
_MID = "in MID units"


class Term(BaseModel):
    """One goal's part of a compound's mean; the terms add up to it."""

    goal: str
    share: float = Field(description="The goal's weight as a share of all.")
    benefit: float = Field(description=f"The benefit for this goal, {_MID}.")
    term: float = Field(description=f"Share times benefit, {_MID}.")
    is_counted: bool = Field(description="False: nothing counts here and the prior stands in.")


class Cautioned(BaseModel):
    """A condition that speaks against a compound, and how firmly."""

    level: str
    condition: str


class Reason(BaseModel):
    """Why a compound is left out, or what is to be noted of it."""

    level: str
    subject: str
    text: str


class Ranked(BaseModel):
    """One place of the ranking, between the first and the last that are likely."""

    place: int
    likely_first: int
    likely_last: int
    compound: str
    name: str
    mean: float = Field(description=f"The combined benefit, {_MID}.")
    sd: float = Field(description=f"Its standard deviation, {_MID}.")
    dependable: float = Field(description=f"What the order goes by, {_MID}.")
    terms: list[Term]
    evidence: list[GoalVerdict] = Field(description="For the chosen goals studied here.")
    cautions: list[Cautioned] = Field(description="Empty: none recorded here, which is not safe.")
    legal_status: str | None = Field(description="In the region. Null: no region was chosen.")
    notes: list[Reason]


class LeftOutItem(BaseModel):
    """A compound that is left out for a preference; it keeps its place."""

    compound: str
    name: str
    place: int | None = Field(description="Null: it would be listed apart.")
    reasons: list[Reason]


class ApartItem(BaseModel):
    """A compound that was studied for a chosen goal with nothing that counts: not untested."""

    compound: str
    name: str
    evidence: list[GoalVerdict]
    reports: list[str]


class GoalShare(BaseModel):
    """A chosen goal and its weight."""

    goal: str
    name: str
    weight: int


RankingPage = page_schema("RankingItems", Ranked)


class RankingAnswer(RankingPage):
    """One page of a ranking; who is listed apart comes with the last page, as on the site."""

    newest_evidence_version: int
    goals: list[GoalShare]
    left_out: list[LeftOutItem]
    left_out_total: int = Field(description=f"At most {LEFT_OUT_SHOWN} of them are named.")
    listed_apart: list[ApartItem]
    page_url: str = Field(description="The same ranking on the site.")


@router.get(
    "/ranking/",
    response=RankingAnswer,
    summary="Compounds ranked for goals, as in the builder",
)
def ranking(request, query: Query[RankingQuery]):
    """Rank by dependable benefit, from the same figures and by the same code as the page."""
    newest = request.evidence_version
    check_version(request, query.evidence)
    state = _state(request, newest)
    number = state.evidence or newest
    tables = snapshot_at(number, newest)
    found = _found(tables, state, newest)
    order, _, _ = tables.ranked(state.weights)
    places = [place for place, slug in enumerate(order.slugs, start=1) if found.is_in(slug)]
    part = part_of(query, len(places))
    cards = ranked_cards(tables, state, part.of(places), found)
    is_last = part.page == part.pages
    out = left_out(tables, state, found)
    more = {
        "evidence_version": number,
        "newest_evidence_version": newest,
        "method_version": method_version_at(number),
        "goals": _goals(tables, state),
        "left_out": [_left_out(one) for one in out[:LEFT_OUT_SHOWN]],
        "left_out_total": len(out),
        "listed_apart": _apart(tables, state, found) if is_last else [],
        "page_url": request.build_absolute_uri(state.having(page=1).url()),
    }
    return page_of(request, part, [_item(card) for card in cards], **more)


def _state(request, newest):
    """Return the builder's state; refuses what its form refuses, in its words."""
    form = BuilderForm(request.GET, tables=snapshot(newest), version=newest)
    # The page is the answer's own: it may be longer or shorter than the builder's.
    wrongs = [
        Wrong(name, reason)
        for name, reasons in form.errors.items()
        if name != "page"
        for reason in reasons
    ]
    if wrongs:
        known = form.fields["goal"].goals
        slugs = {text.partition(":")[0] for text in request.GET.getlist("goal")}
        is_strange = not slugs <= set(known)
        raise RefusedError(NOT_FOUND if is_strange else BAD_PARAMETER, *wrongs)
    return form.state


def _found(tables, state, newest):
    """Return what the preferences do, of a person who says nothing of themselves."""
    person = Person()
    is_screened = concerns(state, person)
    if not (is_screened or state.certainty):
        return Screened()
    return screened(tables, state, person, safety_tables(newest) if is_screened else None)


def _goals(tables, state):
    return [
        {"goal": goal.slug, "name": goal.name, "weight": state.weights[goal.slug]}
        for goal in tables.goals
        if goal.slug in state.weights
    ]


def _item(card):
    ranked = card.ranked
    return {
        "place": ranked.place,
        "likely_first": card.low,
        "likely_last": card.high,
        "compound": ranked.slug,
        "name": card.name,
        "mean": ranked.mean,
        "sd": ranked.sd,
        "dependable": ranked.dependable,
        "terms": [
            {
                "goal": one.goal,
                "share": one.share,
                "benefit": one.benefit,
                "term": one.term,
                "is_counted": one.is_counted,
            }
            for one in ranked.terms
        ],
        "evidence": _verdicts(card.badges),
        "cautions": [
            {"level": level, "condition": name}
            for level, names in card.cautions.items()
            for name in names
        ],
        "legal_status": card.legal or None,
        "notes": _reasons(card.lines),
    }


def _apart(tables, state, found):
    return [
        {
            "compound": card.slug,
            "name": card.name,
            "evidence": _verdicts(card.badges),
            "reports": list(card.reports),
        }
        for card in apart_cards(tables, state.weights, found)
    ]


def _left_out(one):
    reasons = _reasons(one.lines)
    return {"compound": one.slug, "name": one.name, "place": one.place, "reasons": reasons}


def _reasons(lines):
    return [{"level": line.level, "subject": line.subject, "text": line.text} for line in lines]


def _verdicts(badges):
    return [
        {"goal": badge.goal_slug, "letter": badge.letter, "verdict": badge.verdict}
        for badge in badges
        if badge.verdict
    ]
