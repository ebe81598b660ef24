"""The look as one page for staff: every part in every state, drawn by the partials themselves."""

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stackbuilder import palette, specimen_evidence, specimens
from stackbuilder.reports import ErrorReportForm

STYLESHEET = settings.BASE_DIR / "static" / "css" / "site.css"
# What a report looks like that is wrong in every field.
WRONG = {
    "page": "//example.org/elsewhere",
    "figure": "x" * 200,
    "text": "Wrong",
    "source": "a friend",
    "reply_to": "nobody",
}


@require_safe
@staff_member_required
@never_cache
def style_guide(request):
    """Show tokens, type, marks, drawings, cards, tables and forms with made values."""
    colours = palette.read_colours(STYLESHEET.read_text(encoding="utf-8"))
    context = {
        "colours": colours,
        "pairs": palette.pairs(colours),
        "compound": specimen_evidence.COMPOUND,
        **_grades(),
        **_parts(),
        **_forms(request.get_host()),
    }
    return render(request, "stackbuilder/style_guide.html", context)


def _grades():
    """Return badges, certainty marks and the drawings."""
    return {
        "badges": specimens.badges(),
        "certainties": specimens.CERTAINTIES,
        "bars": specimens.BARS,
        "forest_rows": specimens.FOREST_ROWS,
        "section": specimen_evidence.goal_section(),
    }


def _parts():
    """Return chips, cards, tables and lists."""
    chips = specimens.chips()
    studies = specimen_evidence
    return {
        "chips": chips,
        "weights": {chip.slug: chip.weight for chip in chips if chip.weight},
        "specimen_cards": specimens.cards(),
        "apart": specimens.apart(),
        "unranked": studies.unranked(),
        "statuses": studies.statuses(),
        "studies": [studies.REVIEW, studies.CORRECTED, studies.RETRACTED, studies.UNTRACED],
        **studies.safety(),
    }


def _forms(host):
    """Return the form as it comes and with something wrong in each field."""
    return {
        "form": ErrorReportForm(host=host, auto_id="empty-%s"),
        "wrong_form": ErrorReportForm(WRONG, host=host, auto_id="wrong-%s"),
    }
