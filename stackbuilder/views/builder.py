"""The builder: goals in, ranked compounds out, and the stack that a visitor puts together."""

from django.views.decorators.http import require_safe

from evidence.htmx import is_swap, render_page
from stackbuilder.builder_page import builder_page
from stackbuilder.candidates import snapshot
from stackbuilder.forms import BuilderForm
from stackbuilder.visitor.about_you import personal_page


def has_prices(request):
    """Say whether the page may change without new evidence: a stack with members has a cost."""
    return "in" in request.GET


@require_safe
@personal_page(changes_by_itself=has_prices)
def builder(request):
    """Rank compounds for the goals in the address; a slip in it is answered in words."""
    newest = request.evidence_version
    form = BuilderForm(request.GET, tables=snapshot(newest), version=newest)
    response = render_page(
        request,
        page="stackbuilder/builder.html",
        partial="stackbuilder/_builder.html",
        context={
            **builder_page(form, request.person, newest),
            "is_unreadable": request.is_unreadable,
        },
        status=400 if form.problems else 200,
    )
    if is_swap(request) and not form.problems:
        # A form sends its empty fields too; the address to keep is the plain one.
        response["HX-Push-Url"] = form.state.url()
    return response
