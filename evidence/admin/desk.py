"""The curator's desk: what waits for whoever is logged in, shown where the admin begins."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import admin
from django.urls import reverse

from evidence.admin.filters import DeskFilter, may_ask
from evidence.desk import all_questions


@dataclass(frozen=True)
class Pile:
    """One question with the number of its rows, and where they are listed."""

    title: str
    count: int
    address: str


def desk_of(request):
    """Return the sections of the desk with their piles, as far as this user may see the rows.

    The number of queries depends on the questions, never on the rows.
    """
    asked = [
        (question, model_admin)
        for question in all_questions()
        if (model_admin := admin.site.get_model_admin(question.model)).has_view_permission(request)
        and may_ask(question, request.user)
    ]
    tallies = {question.tally: None for question, _ in asked if question.tally}
    tallies = {tally: tally() for tally in tallies}
    return [
        (section, [_pile(request, *one, tallies) for one in pairs])
        for section, pairs in groupby(asked, key=lambda pair: pair[0].section)
    ]


def _pile(request, question, model_admin, tallies):
    if question.tally:
        count = tallies[question.tally].get(question.code, 0)
    else:
        count = question.rows(model_admin.get_queryset(request), request.user).count()
    opts = question.model._meta
    listed = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    address = f"{listed}?{DeskFilter.parameter_name}={question.code}"
    return Pile(question.title, count, address)
