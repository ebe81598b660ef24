"""Pictures of pages, for where they are shared."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from evidence.conditional import page_etag
from stackbuilder.machines import picture_facts
from stackbuilder.machines.pictures import png

AN_HOUR = 60 * 60


def picture(view):
    """Answer reading requests with a picture; 304 while release and evidence are the same."""

    @require_safe
    @condition(etag_func=page_etag)
    @wraps(view)
    def wrapper(request, slug):
        facts = view(request, slug)
        if facts is None:
            raise Http404("No such page")
        response = HttpResponse(png(facts), content_type="image/png")
        patch_cache_control(response, public=True, max_age=AN_HOUR)
        return response

    return wrapper


@picture
def compound_picture(request, slug):
    """Draw a compound with its letters and verdicts."""
    return picture_facts.compound_picture(slug, request.evidence_version)


@picture
def article_picture(request, slug):
    """Draw an article with the letter and verdict it is about."""
    return picture_facts.article_picture(slug, request.evidence_version)
