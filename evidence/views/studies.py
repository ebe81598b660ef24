"""Studies: what one publication found, for what, and where it counts."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.conditional import public_page
from evidence.former_addresses import withdrawn_study
from evidence.models import Study
from evidence.standing import standings


@require_safe
@public_page
def study_detail(request, key):
    """Show one study that has a public finding, or that a public review pools."""
    study = Study.objects.public().filter(key=key).first()
    if study is None:
        return withdrawn_study(request, key)
    context = {
        "study": study,
        "standings": standings(study, request.evidence_version),
        "includes": study.includes.public(),
        "included_in": study.included_in.public(),
    }
    return render(request, "evidence/study_detail.html", context)
