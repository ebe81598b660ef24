"""“About you”: what a visitor says of their health, forgetting it, and letting a compound back in.

All of it is sent by POST and kept in the visitor's browser alone (`visitor.about_you`). The
addresses carry the query of the builder, unread, so that each page leads back to where its visitor
came from, and nowhere else.
"""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from evidence.htmx import render_page
from stackbuilder.visitor.about_you import TooMuchToKeepError, forget, keep, private_page
from stackbuilder.visitor.about_you_form import AboutYouForm
from stackbuilder.visitor.let_in import LetInForm
from stackbuilder.visitor.screening import safety_tables

FORM = "stackbuilder/_about_you_form.html"
SUGGESTIONS = "stackbuilder/_medicine_suggestions.html"
TOO_MUCH = "This is more than a browser can keep for us. What you saved before still stands."


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def about_you(request):
    """Ask what a visitor wants to be screened by; look up, add, or save what they say."""
    tables = safety_tables(request.evidence_version)
    asked = {"asked": tables.questions, "names": tables.names, "kept": request.person}
    if request.method != "POST":
        return _shown(request, AboutYouForm(**asked))
    form = AboutYouForm(request.POST, **asked)
    if not form.is_valid():
        return _refused(request, form)
    if form.added:
        return _shown(request, form)
    if form.cleaned_data["act"] == AboutYouForm.LOOK_UP:
        return _shown(request, form, partial=SUGGESTIONS)
    return _saved(request, form)


@private_page
@require_POST
def about_you_forget(request):
    """Have the browser drop what a visitor said, and go back to the builder."""
    response = HttpResponseRedirect(_address(request, "builder"))
    forget(response)
    return response


@private_page
@require_POST
def about_you_let_in(request):
    """Let one compound back in for this visitor, or leave it out again."""
    tables = safety_tables(request.evidence_version)
    form = LetInForm(request.POST, tables=tables, kept=request.person)
    if not form.is_valid():
        return _not_let_in(request, form.problem, status=404 if form.is_unknown else 422)
    response = HttpResponseRedirect(_address(request, "builder"))
    try:
        keep(response, form.person)
    except TooMuchToKeepError:
        return _not_let_in(request, TOO_MUCH, status=422)
    return response


def _saved(request, form):
    """Keep the answers and go back to the builder."""
    response = HttpResponseRedirect(_address(request, "builder"))
    try:
        keep(response, form.person)
    except TooMuchToKeepError:
        form.add_error(None, TOO_MUCH)
        return _refused(request, form)
    return response


def _shown(request, form, *, partial=FORM, status=200):
    """Show the form, or to htmx the part of it that has changed."""
    context = {
        "form": form,
        "builder_url": _address(request, "builder"),
        "about_you_url": _address(request, "about_you"),
        "forget_url": _address(request, "about_you_forget"),
    }
    page = "stackbuilder/about_you.html"
    return render_page(request, page=page, partial=partial, context=context, status=status)


def _refused(request, form):
    """Show the whole form with what is wrong with it, whichever part was asked for."""
    response = _shown(request, form, status=422)
    return reswap(retarget(response, "#about-you-form"), "outerHTML")


def _not_let_in(request, problem, *, status):
    """Say why nothing was changed, in place of the page's content."""
    response = render_page(
        request,
        page="stackbuilder/let_in_refused.html",
        partial="stackbuilder/_let_in_refused.html",
        context={
            "problem": problem,
            "builder_url": _address(request, "builder"),
            "about_you_url": _address(request, "about_you"),
        },
        status=status,
    )
    return reswap(retarget(response, "#content"), "innerHTML")


def _address(request, view):
    """Return the address of a view with the query of this one."""
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    address = reverse(f"stackbuilder:{view}")
    return f"{address}?{query}" if query else address
