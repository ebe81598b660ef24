"""What changed: the list, one act, and the feeds of all, of a compound and of a goal."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from evidence.changes.acts import Scope
from evidence.changes.feeds import all_changes, atom, changes_of_compound, changes_of_goal
from evidence.changes.pages import change_form, days, one_act, scope_of
from evidence.conditional import public_page
from evidence.former_addresses import moved_or_gone
from evidence.htmx import render_page
from evidence.models import Compound, Goal

ROWS = "evidence/_change_rows.html"


@require_safe
@public_page
def change_list(request):
    """Show what changed by day; a slip in the address is answered in words."""
    form = change_form(request.GET)
    scope = scope_of(form, request.evidence_version)
    context = {"form": form, "scope": scope, **days(form, scope)}
    status = 400 if form.errors else 200
    return render_page(request, "evidence/change_list.html", ROWS, context, status)


@require_safe
@public_page
def change_detail(request, number):
    """Show one act with all that it moved."""
    form = change_form(request.GET)
    version = get_object_or_404(Scope(request.evidence_version).versions(), number=number)
    scope = scope_of(form, request.evidence_version)
    context = {"form": form, "scope": scope, "is_one": True, **one_act(form, scope, version)}
    status = 400 if form.errors else 200
    return render_page(request, "evidence/change_detail.html", ROWS, context, status)


@require_safe
@public_page
def change_feed(request):
    """Answer with everything that changed, as a feed."""
    return atom(request, Scope(request.evidence_version), all_changes())


@require_safe
@public_page
def compound_feed(request, slug):
    """Answer with what changed of one compound, as a feed."""
    compound = Compound.objects.published().filter(slug=slug).first()
    if compound is None:
        return moved_or_gone(request, Compound, slug, _feed_of)
    scope = Scope(request.evidence_version, compound=compound)
    return atom(request, scope, changes_of_compound(compound))


@require_safe
@public_page
def goal_feed(request, slug):
    """Answer with what changed for one goal, as a feed."""
    goal = get_object_or_404(Goal, slug=slug)
    return atom(request, Scope(request.evidence_version, goal=goal), changes_of_goal(goal))


def _feed_of(compound):
    return reverse("evidence:compound_feed", args=[compound.slug])
