"""The method, in words, formulas and one example."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.conditional import public_page
from stackbuilder.method_page import method_page


@require_safe
@public_page
def method(request):
    """Show how evidence becomes a ranking, with the numbers that are in force."""
    return render(request, "stackbuilder/method.html", method_page(request.evidence_version))
