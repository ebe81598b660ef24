"""The site's own pages: what it is, what it keeps, what it does not promise, and who runs it.

Who runs it comes from the settings alone; where an operator has stated nothing, the pages say so.
Each answer's ETag is made of its content, because settings change without a release.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from evidence.models import EvidenceVersion
from stackbuilder.licences import licence_of
from stackbuilder.models import Listing
from stackbuilder.visitor import about_you

# Each page's heading, and when its words last changed: that is printed, so keep it in step.
PAGES = {
    "about": ("About this site", date(2026, 11, 22)),
    "privacy": ("Privacy", date(2026, 11, 22)),
    "disclaimer": ("Disclaimer", date(2026, 11, 22)),
    "accessibility": ("Accessibility", date(2026, 11, 22)),
    "data_licence": ("Reusing what is here", date(2026, 11, 22)),
}
# The access log's fields in the order of `access_log_format` in gunicorn.py, in plain words.
LOGGED = {
    "p": "the number of the process that answered",
    "t": "date and time",
    "r": "the request: its method, the address asked for with whatever follows a question mark, "
    "and the version of HTTP",
    "s": "the status of the answer, such as 200 or 404",
    "B": "the size of the answer in bytes",
    "L": "how long it took, in seconds",
}


@dataclass(frozen=True)
class Operator:
    """Who runs the site, as far as they state it; None where they do not."""

    name: str | None
    contact: str | None
    funding: str | None

    @property
    def contact_url(self):
        """Return where a link to the contact leads."""
        is_page = self.contact.startswith("https://")
        return self.contact if is_page else f"mailto:{self.contact}"


def operator():
    """Return who runs the site."""
    return Operator(
        settings.SITE_OPERATOR_NAME, settings.SITE_OPERATOR_CONTACT, settings.SITE_FUNDING
    )


def site_page(view):
    """Answer reading requests only, with an ETag of the content."""
    return require_safe(cache_control(no_cache=True)(conditional_page(view)))


@site_page
def about(request):
    """Say what the site is, what it promises, how it is curated and who runs it."""
    paying = Listing.objects.active().filter(is_commission=True).with_law()
    return _page(request, "about", commissions=sum(listing.may_leave for listing in paying))


@site_page
def privacy(request):
    """Say what is stored, logged and set as a cookie."""
    return _page(
        request,
        "privacy",
        logged=LOGGED.values(),
        cookies={
            "form": settings.CSRF_COOKIE_NAME,
            "session": settings.SESSION_COOKIE_NAME,
            "health": about_you.COOKIE,
        },
        saved_stack_days=settings.SAVED_STACK_DAYS,
        are_reports_mailed=settings.SITE_REPORT_EMAIL is not None,
    )


@site_page
def disclaimer(request):
    """Say what the site is no substitute for."""
    return _page(request, "disclaimer")


@site_page
def accessibility(request):
    """State what was aimed at, how it was tested and what is known to fall short."""
    return _page(request, "accessibility")


@site_page
def data_licence(request):
    """Say what may be reused, and whether the operator has chosen a licence."""
    chosen = settings.SITE_DATA_LICENCE
    return _page(request, "data_licence", licence=chosen and licence_of(chosen))


def _page(request, name, **context):
    """Render one of the pages above."""
    # The footer names the version; only an address that leads to evidence depends on it.
    request.evidence_version = EvidenceVersion.objects.current_number()
    heading, changed = PAGES[name]
    context |= {"operator": operator(), "heading": heading, "changed": changed}
    return render(request, f"stackbuilder/{name}.html", context)
