"""Where a reader reports an error: a form, and a word of thanks."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stackbuilder.reports import ErrorReportForm, is_day_full, path_on_this_site, receive
from stackbuilder.views.pages import operator


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def error_report_create(request):
    """Take a report; what is wrong with it is said beside the field, and nothing typed is lost."""
    if request.method != "POST":
        return _prefilled(request)
    form = ErrorReportForm(request.POST, host=request.get_host())
    if not form.is_valid():
        return _shown(request, form, status=422)
    if is_day_full():
        return _shown(request, form, status=429, is_day_full=True)
    receive(form.save(commit=False))
    return redirect("stackbuilder:error_report_thanks")


@require_safe
@never_cache
def error_report_thanks(request):
    """Say that a report has arrived and what happens next."""
    return render(request, "stackbuilder/error_report_thanks.html", {"operator": operator()})


def _prefilled(request):
    """Show the form with the page and the figure that a link brought along."""
    page, status, problem = request.GET.get("page", ""), 200, None
    if page:
        try:
            page = path_on_this_site(page, request.get_host())
        except ValidationError as error:
            page, status, problem = "", 400, error.message
    figure = request.GET.get("figure", "")
    if not figure.isprintable():
        figure, status = "", 400
        problem = problem or "The figure in this address cannot be read."
    form = ErrorReportForm(initial={"page": page, "figure": figure}, host=request.get_host())
    return _shown(request, form, status=status, problem=problem)


def _shown(request, form, *, status=200, **context):
    """Show the form; it is never an answer from a cache, since it holds a token of its own."""
    context |= {"form": form, "operator": operator()}
    return render(request, "stackbuilder/error_report_create.html", context, status=status)
