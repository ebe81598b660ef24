"""Limits that leave no stack at all, with names, and the one change that would settle each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from stackbuilder.engine.assembly import Limit, LimitClash
from stackbuilder.links import State
from stackbuilder.suggesting.question import Question
from stackbuilder.suggesting.suggestions import SUGGEST

__all__ = ["NamedClash", "named_clashes"]


@dataclass(frozen=True)
class NamedClash:
    """A clash of limits, whom it is about, and the address at which it is settled.

    `gives_way` is who that address no longer keeps. `cost` is what they cost together a month,
    where all of it is known.
    """

    limit: Limit
    names: tuple[str, ...]
    gives_way: tuple[str, ...]
    cost: Decimal | None
    remedy_url: str


def named_clashes(question: Question, found: Iterable[LimitClash]) -> tuple[NamedClash, ...]:
    """Return the clashes with names and remedies, in the order found."""
    return tuple(_named(question, clash) for clash in found)


def _named(question: Question, clash: LimitClash) -> NamedClash:
    remedy = _remedy(question.state, clash)
    dropped = [slug for slug in question.state.must if slug not in remedy.must]
    return NamedClash(
        limit=clash.limit,
        names=question.names(clash.slugs),
        gives_way=question.names(dropped),
        cost=question.cost(clash.slugs),
        remedy_url=remedy.url(SUGGEST),
    )


def _remedy(state: State, clash: LimitClash) -> State:
    """Return the state in which this clash is no more."""
    match clash.limit:
        case Limit.MUST_HAVES_OVER_SIZE:
            return state.having(size=len(clash.slugs))
        case Limit.MUST_HAVES_OVER_BUDGET | Limit.MUST_HAVE_UNPRICED:
            return state.having(budget=None)
        case Limit.MUST_HAVE_IS_MUST_NOT:
            return state.having(must_not=_without(state.must_not, clash.slugs))
        case Limit.MUST_HAVES_CONFLICT:
            # Either could go; the one that the visitor named last does.
            last = max(clash.slugs, key=state.must.index)
            return state.having(must=_without(state.must, (last,)))
        case _:
            return state.having(must=_without(state.must, clash.slugs))


def _without(slugs: Iterable[str], leaving: Iterable[str]) -> tuple[str, ...]:
    gone = set(leaving)
    return tuple(slug for slug in slugs if slug not in gone)
