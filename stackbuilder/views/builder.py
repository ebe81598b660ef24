"""The builder: goals in, ranked compounds out."""

from math import ceil

from django.views.decorators.http import require_safe

from evidence.conditional import public_page
from evidence.htmx import render_page
from stackbuilder.candidates import snapshot
from stackbuilder.cards import apart_cards, goal_chips, ranked_cards, shared_cautions
from stackbuilder.forms import BuilderForm
from stackbuilder.links import builder_url

CARDS_A_PAGE = 50


@require_safe
@public_page
def builder(request):
    """Rank compounds for the goals in the address; a slip in it is answered in words."""
    tables = snapshot(request.evidence_version)
    form = BuilderForm(request.GET, goals=[goal.slug for goal in tables.goals])
    form.is_valid()
    context = {
        "chips": goal_chips(tables, form.weights),
        "weights": form.weights,
        "problems": form.problems,
        **(_results(tables, form) if form.weights else {}),
    }
    return render_page(
        request,
        page="stackbuilder/builder.html",
        partial="stackbuilder/_builder.html",
        context=context,
        status=400 if form.problems else 200,
    )


def _results(tables, form):
    """Return one page of the ranking and, after its last page, those listed apart."""
    ranking, _, _ = tables.ranked(form.weights)
    pages = max(1, ceil(len(ranking) / CARDS_A_PAGE))
    page = min(form.cleaned_data.get("page") or 1, pages)
    places = range((page - 1) * CARDS_A_PAGE + 1, min(page * CARDS_A_PAGE, len(ranking)) + 1)
    why = form.cleaned_data.get("why")
    cards = ranked_cards(tables, form.weights, places, page=page, why=why)
    return {
        "count": len(ranking),
        "cards": cards,
        "shared_cautions": shared_cautions(cards),
        "page": page,
        "pages": pages,
        "previous_url": page > 1 and builder_url(form.weights, page=page - 1),
        "next_url": page < pages and builder_url(form.weights, page=page + 1),
        "apart": apart_cards(tables, form.weights) if page == pages else [],
    }
