"""What crawlers and finders of weaknesses ask for at fixed addresses."""

from django.contrib.sitemaps import views
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from stackbuilder.machines.notices import robots_txt, security_txt
from stackbuilder.machines.sitemap import MOST_PAGES, sections
from stackbuilder.views.pages import PAGES, operator

AN_HOUR = 60 * 60
TEXT = "text/plain; charset=utf-8"
SECTION = "machines:sitemap_section"


def for_machines(view):
    """Answer reading requests only, with an ETag of the content, to be kept for an hour."""
    return require_safe(cache_control(public=True, max_age=AN_HOUR)(conditional_page(view)))


@for_machines
def sitemap(request):
    """List every page that may be indexed; an index of sections where one file is too small."""
    parts = _sections()
    if sum(part.paginator.count for part in parts.values()) > MOST_PAGES:
        return views.index(request, parts, sitemap_url_name=SECTION)
    return views.sitemap(request, parts)


@for_machines
def sitemap_section(request, section):
    """List the pages of one kind; `p` is the page of a section that needs several files."""
    return views.sitemap(request, _sections(), section=section)


@for_machines
def robots(request):
    """Say what robots leave out, and where the sitemap is."""
    address = request.build_absolute_uri(reverse("machines:sitemap"))
    return HttpResponse(robots_txt(address), content_type=TEXT)


@for_machines
def security(request):
    """Say whom to tell of a weakness; without a contact that the operator stated, nothing."""
    who = operator()
    if not who.contact:
        raise Http404("The operator has stated no contact")
    address = request.build_absolute_uri(request.path)
    text = security_txt(who.contact_url, address, timezone.localdate())
    return HttpResponse(text, content_type=TEXT)


def _sections():
    return sections({f"stackbuilder:{name}": changed for name, (_, changed) in PAGES.items()})
