"""Compounds: one page each, with all that was found and how it was counted."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.change_log import change_log
from evidence.conditional import public_page
from evidence.former_addresses import moved_or_gone
from evidence.models import Compound, Profile, Study
from evidence.sections import goal_sections, unranked_findings


@require_safe
@public_page
def compound_detail(request, slug):
    """Show one compound: evidence by goal, doses, safety, legal status, references."""
    compound = Compound.objects.published().filter(slug=slug).first()
    if compound is None:
        return moved_or_gone(request, Compound, slug)
    profiles = Profile.objects.current(request.evidence_version).filter(compound=compound)
    context = {
        "compound": compound,
        "aliases": compound.aliases.all(),
        "sections": goal_sections(profiles.select_related("goal").order_by("goal__position")),
        "unranked": unranked_findings(compound),
        "protocols": compound.protocols.all(),
        "side_effects": compound.side_effects.all(),
        "cautions": compound.cautions.select_related("condition"),
        "interactions": compound.interactions.select_related("other_compound"),
        "statuses": compound.regulatory_statuses.all(),
        "studies": Study.objects.for_references(compound),
        "articles": compound.articles.published().for_list(),
        "log": change_log(compound, request.evidence_version, request.GET.get("changes", "")),
    }
    return render(request, "evidence/compound_detail.html", context)
