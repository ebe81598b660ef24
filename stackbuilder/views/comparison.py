"""Compare: two to four compounds side by side."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from stackbuilder.candidates import snapshot
from stackbuilder.comparing.comparison import compared
from stackbuilder.comparing.form import (
    FEWEST_COMPARED,
    MOST_COMPARED,
    ComparisonForm,
    choices_of,
)
from stackbuilder.visitor.about_you import personal_page

TEMPLATE = "stackbuilder/compare.html"


def has_prices(request):
    """Say whether the page may change without new evidence: compared compounds have prices."""
    return len(set(request.GET.getlist("in"))) >= FEWEST_COMPARED


@require_safe
@personal_page(changes_by_itself=has_prices)
def compare(request):
    """Show the chosen compounds side by side, or with fewer than two let them be chosen."""
    newest = request.evidence_version
    tables = snapshot(newest)
    form = ComparisonForm(request.GET, tables=tables, version=newest)
    state = form.state.asking()
    is_enough = len(state.members) >= FEWEST_COMPARED
    context = {
        "state": state,
        "form": form,
        "problems": form.problems,
        "comparison": compared(state, request.person, newest) if is_enough else None,
        "choices": choices_of(tables, but=state.members if is_enough else ()),
        "can_add": len(state.members) < MOST_COMPARED,
        "hidden": state.pairs_without("region" if is_enough else "in"),
    }
    return render(request, TEMPLATE, context, status=400 if form.problems else 200)
