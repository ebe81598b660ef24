"""The best stack under a visitor's own limits, as values that a page prints; the words are its own.

The engine answers; here its answer gets names, the addresses of what a visitor may do next, and a
comparison with the stack that they have. What a stack is *worth* is the engine's value: for each
goal the dependable benefit of its best member, weighted, less the charge for every member, in MID
units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from time import monotonic

from evidence.choices import LegalStatus
from stackbuilder.engine.assembly import (
    MEMBER_CHARGE,
    SECONDS,
    Addition,
    Assembly,
    Member,
    assemble,
    next_best,
    one_more,
)
from stackbuilder.engine.clashes import clashes
from stackbuilder.engine.safety import Outcome
from stackbuilder.suggesting.present_stack import Present, present_stack
from stackbuilder.suggesting.question import Question

__all__ = [
    "CURVE",
    "SUGGEST",
    "Mixed",
    "Other",
    "Proposed",
    "Served",
    "Suggestion",
    "by_gain",
    "suggest",
]

# Less than this, in MID units, is hardly worth one more thing to take: a twentieth of the smallest
# benefit that matters. A convention for the words on the page; no stack is chosen by it.
HARDLY_WORTH = 0.05
LEGAL_WORDS = dict(LegalStatus.choices)
NO_STATUS = "no legal status recorded here"
SUGGEST = "stackbuilder:suggest"
CURVE = "stackbuilder:suggest_curve"


@dataclass(frozen=True)
class Served:
    """What a goal gets from a member; `by` is empty where no member serves it."""

    goal: str
    benefit: float
    by: str


@dataclass(frozen=True)
class Proposed:
    """A member, what it is here for, and the addresses that keep it (or free it) and bar it.

    Without it the stack would be worth `loss` less, when others step in.
    """

    slug: str
    name: str
    servings: tuple[Served, ...]
    loss: float
    cost: Decimal | None
    legal: str
    is_present: bool
    is_wanted: bool
    is_flagged: bool
    keep_url: str
    bar_url: str


@dataclass(frozen=True)
class Other:
    """Another stack beside the proposed one: who comes in, who goes, how much more it is worth."""

    difference: float
    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    size: int
    take_url: str

    @property
    def less(self) -> float:
        """Return how much less it is worth."""
        return -self.difference

    @property
    def is_hardly_worth_it(self) -> bool:
        """Say whether the difference is too small to go after."""
        return abs(self.difference) < HARDLY_WORTH


@dataclass(frozen=True)
class Mixed:
    """What is recorded between two members that does not keep them apart."""

    names: tuple[str, str]
    severity: str
    effect: str


@dataclass(frozen=True)
class Suggestion:
    """The proposed stack with all that is said of it; no members at all says to add nothing.

    `next_best` is None where no other stack is allowed, and `more` where one more member gains
    nothing; if time `ran_out` before they were known, both are. `barred` counts those who would
    serve a goal but are left out for the visitor. `cost` is for a month.
    """

    members: tuple[Proposed, ...]
    value: float
    bound: float
    is_proven: bool
    seconds: float
    goals: tuple[Served, ...]
    mixed: tuple[Mixed, ...]
    cost: Decimal | None
    unpriced: tuple[str, ...]
    barred: int
    present: Present | None
    next_best: Other | None
    more: Other | None
    ran_out: bool
    take_url: str
    curve_url: str
    charge: float = MEMBER_CHARGE


def suggest(question: Question, *, seconds: float = SECONDS) -> Suggestion:
    """Return the best stack. Raises AssemblyError naming all limits that clash.

    `seconds` are for the stack, the next best and one more member together.
    """
    left = _countdown(seconds)
    best = assemble(question.problem, seconds=seconds)
    around = _around(question, best, left) if best.is_proven else None
    following, more = around or (None, None)
    return Suggestion(
        members=_members(question, best),
        value=best.value,
        bound=best.bound,
        is_proven=best.is_proven,
        seconds=seconds,
        goals=_goals(question, best),
        mixed=_mixed(question, best),
        cost=question.cost(best.slugs),
        unpriced=question.names(best.unpriced),
        barred=_count_barred(question),
        present=present_stack(question, best),
        next_best=_other(question, best, following) if following else None,
        more=_other(question, best, more.assembly) if more and more.gain else None,
        ran_out=around is None,
        take_url=_taking(question, best),
        curve_url=question.state.url(CURVE),
    )


def by_gain(assembly: Assembly) -> tuple[str, ...]:
    """Return the members by slug, those whom the stack would miss most first."""
    members = sorted(assembly.members, key=lambda member: (-member.loss, member.slug))
    return tuple(member.slug for member in members)


def _countdown(seconds: float) -> Callable[[], float]:
    """Return what says how many of the seconds are left."""
    end = monotonic() + seconds
    return lambda: max(0.0, end - monotonic())


def _around(
    question: Question, best: Assembly, left: Callable[[], float]
) -> tuple[Assembly | None, Addition] | None:
    """Return the next best stack and what one more member adds; None if time ran out."""
    following = next_best(question.problem, best, seconds=left())
    more = one_more(question.problem, best, seconds=left())
    is_known = more.assembly.is_proven and (following is None or following.is_proven)
    return (following, more) if is_known else None


def _members(question: Question, best: Assembly) -> tuple[Proposed, ...]:
    members = {member.slug: member for member in best.members}
    return tuple(_proposed(question, members[slug]) for slug in by_gain(best))


def _proposed(question: Question, member: Member) -> Proposed:
    slug, state = member.slug, question.state
    wanted = tuple(one for one in state.must if one != slug)
    return Proposed(
        slug=slug,
        name=question.name(slug),
        servings=tuple(
            Served(question.goals[serving.goal], serving.benefit, question.name(slug))
            for serving in member.servings
        ),
        loss=member.loss,
        cost=question.cost([slug]),
        legal=_legal(question, slug),
        is_present=slug in state.members,
        is_wanted=slug in state.must,
        is_flagged=question.screenings[slug].outcome is Outcome.IN_FLAGGED,
        keep_url=state.having(must=wanted if slug in state.must else (*wanted, slug)).url(SUGGEST),
        bar_url=state.having(must=wanted, must_not=(*state.must_not, slug)).url(SUGGEST),
    )


def _legal(question: Question, slug: str) -> str:
    """Return the legal status where the visitor is, empty where they named no region."""
    found = question.screenings[slug].legal
    return LEGAL_WORDS.get(found.status, found.status or NO_STATUS) if found else ""


def _goals(question: Question, best: Assembly) -> tuple[Served, ...]:
    """Return what each goal gets, in the site's order."""
    served = {
        serving.goal: Served(
            question.goals[serving.goal], serving.benefit, question.name(member.slug)
        )
        for member in best.members
        for serving in member.servings
    }
    return tuple(
        served.get(number, Served(goal, 0.0, "")) for number, goal in enumerate(question.goals)
    )


def _mixed(question: Question, best: Assembly) -> tuple[Mixed, ...]:
    facts = question.ground.safety.facts
    found = clashes(facts[slug] for slug in best.slugs)
    return tuple(
        Mixed(
            names=(question.name(clash.slugs[0]), question.name(clash.slugs[1])),
            severity=clash.severity,
            effect=clash.records[0].fact.effect,
        )
        for clash in found
    )


def _count_barred(question: Question) -> int:
    problem = question.problem
    return sum(item.slug in problem.excluded and item.serves_any for item in problem.items)


def _other(question: Question, best: Assembly, other: Assembly) -> Other:
    slugs = by_gain(other)
    return Other(
        difference=other.value - best.value,
        entering=question.names(slug for slug in slugs if slug not in best.slugs),
        leaving=question.names(slug for slug in by_gain(best) if slug not in slugs),
        size=len(slugs),
        take_url=_taking(question, other),
    )


def _taking(question: Question, assembly: Assembly) -> str:
    """Return the builder's address with this stack, whoever adds most first."""
    return question.state.asking(members=by_gain(assembly)).url()
