"""The list of compounds."""

from math import ceil

from django.views.decorators.http import require_safe

from evidence.conditional import public_page
from evidence.htmx import render_page
from evidence.models import RegulatoryStatus
from stackbuilder.candidates import snapshot
from stackbuilder.catalogue import catalogue_rows, with_summaries
from stackbuilder.forms import CatalogueForm

ROWS_A_PAGE = 50


@require_safe
@public_page
def compound_list(request):
    """Show the compounds that match the filters; a slip in the address is answered in words."""
    tables = snapshot(request.evidence_version)
    regions = RegulatoryStatus.objects.order_by("region").values_list("region", flat=True)
    form = CatalogueForm(request.GET, goals=tables.goals, regions=regions.distinct())
    return render_page(
        request,
        page="stackbuilder/compound_list.html",
        partial="stackbuilder/_compound_rows.html",
        context={"form": form, **_page_of(tables, form)},
        status=400 if form.errors else 200,
    )


def _page_of(tables, form):
    """Return one page of the rows that match."""
    wanted = form.readable()
    rows = catalogue_rows(tables, wanted)
    pages = max(1, ceil(len(rows) / ROWS_A_PAGE))
    page = min(wanted["page"] or 1, pages)
    shown = rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    return {
        "rows": with_summaries(shown),
        "count": len(rows),
        "page": page,
        "pages": pages,
        "previous_url": page > 1 and form.url(page - 1),
        "next_url": page < pages and form.url(page + 1),
    }
