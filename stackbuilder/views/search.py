"""Search: everything on the site by one box."""

from django.views.decorators.http import require_safe

from evidence.conditional import public_page
from evidence.htmx import render_page
from stackbuilder.searching.names import LONGEST_QUESTION
from stackbuilder.searching.page import search_page


@require_safe
@public_page
def search(request):
    """Show what was found, or what can be searched; any text is an answer, never an error."""
    text = request.GET.get("q", "").strip()
    return render_page(
        request,
        page="stackbuilder/search.html",
        partial="stackbuilder/_search_results.html",
        context={"longest": LONGEST_QUESTION, **search_page(text, request.evidence_version)},
    )
