"""What waits on a curator's desk: questions about stored rows, registered by whoever asks them.

A question stands on the desk with a number and leads to a list of exactly its rows: the number
and the list are the same queryset. The upper app registers its questions here too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Section(StrEnum):
    """The parts of the desk, in the order in which they stand there."""

    YOURS = "For you"
    AGEING = "Due for another look"
    GAPS = "Gaps"
    NOT_COUNTED = "Published findings that are not counted, and why"
    SELLERS = "Vendors and readers"


@dataclass(frozen=True)
class Question:
    """A question about the rows of one model; `code` names it in addresses.

    `rows` keeps the rows in question of a queryset, for one user. `needs` are the permissions
    without which the answer is no business of theirs, besides the right to see the model.
    `tally` counts the rows of several questions at once, by code.
    """

    code: str
    title: str
    model: type[models.Model]
    section: Section
    rows: Callable
    needs: tuple[str, ...] = ()
    tally: Callable[[], Mapping[str, int]] | None = None


_questions: dict[tuple[type[models.Model], str], Question] = {}


def register(*questions):
    """Put questions on the desk, in this order; one with the same model and code is replaced."""
    for question in questions:
        _questions[question.model, question.code] = question


def all_questions():
    """Return every question, by section and as registered."""
    order = list(Section)
    return sorted(_questions.values(), key=lambda question: order.index(question.section))


def questions_about(model):
    """Return the questions about one model."""
    return [question for question in all_questions() if question.model is model]
