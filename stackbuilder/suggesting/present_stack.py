"""The stack that a visitor has, held against the one that is proposed, by the same reckoning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stackbuilder.engine.assembly import Assembly, Limit, value_of
from stackbuilder.engine.assembly_model import TOLERANCE
from stackbuilder.engine.assembly_problem import limit_clashes
from stackbuilder.suggesting.question import Question

__all__ = ["Present", "present_stack"]


@dataclass(frozen=True)
class Present:
    """The stack that the visitor has, by the same reckoning; who is `left_out` counts for nothing.

    `difference` is what the proposed one is worth more. `breaks` are limits that the present one
    does not keep, and `lacks` are those who must be in and are not.
    """

    value: float
    difference: float
    is_proposed: bool
    left_out: tuple[str, ...]
    breaks: tuple[Limit, ...]
    lacks: tuple[str, ...]

    @property
    def is_as_good(self) -> bool:
        """Say whether it keeps every limit and nothing better was found."""
        is_within = not (self.breaks or self.lacks or self.left_out)
        return is_within and self.difference <= TOLERANCE


def present_stack(question: Question, best: Assembly) -> Present | None:
    """Return how the visitor's stack compares; None where they have none."""
    problem, members = question.problem, question.state.members
    if not members:
        return None
    counted = [
        item for item in problem.items if item.slug in members and item.slug not in problem.excluded
    ]
    value = value_of(counted, problem.shares)
    limits = replace(problem.limits, must_have=frozenset(item.slug for item in counted))
    broken = limit_clashes(replace(problem, limits=limits))
    return Present(
        value=value,
        difference=best.value - value,
        is_proposed=set(best.slugs) == set(members),
        left_out=question.names(slug for slug in members if slug in problem.excluded),
        breaks=tuple(dict.fromkeys(clash.limit for clash in broken)),
        lacks=question.names(slug for slug in question.state.must if slug not in members),
    )
