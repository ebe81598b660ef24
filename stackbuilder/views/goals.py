"""Goals: what each is about, and who stands where for one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evidence.conditional import public_page
from evidence.models import Goal
from stackbuilder.candidates import snapshot
from stackbuilder.links import builder_url
from stackbuilder.verdict_groups import goal_summaries, verdict_groups


@require_safe
@public_page
def goal_list(request):
    """Show every goal with what the evidence on it comes to."""
    context = {"goals": goal_summaries(snapshot(request.evidence_version))}
    return render(request, "stackbuilder/goal_list.html", context)


@require_safe
@public_page
def goal_detail(request, slug):
    """Show one goal: its compounds by verdict, its outcomes and what difference matters."""
    goal = get_object_or_404(Goal, slug=slug)
    context = {
        "goal": goal,
        "groups": verdict_groups(snapshot(request.evidence_version), slug),
        "outcomes": goal.outcomes.prefetch_related("mids"),
        "builder_url": builder_url({slug: 1}),
    }
    return render(request, "stackbuilder/goal_detail.html", context)
