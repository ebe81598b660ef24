"""Where to find a compound, and the way out: nothing leaves but to a listing, by today's law."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from evidence.former_addresses import moved_or_gone
from evidence.htmx import render_page
from evidence.models import Compound, EvidenceVersion
from stackbuilder.listings import regions_of, vendor_page
from stackbuilder.models import ClickCount, Listing
from stackbuilder.regions import RegionForm

LEAVING = {
    # The place we lead to is not told which page, so which compound, one came from.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}

# The header of today, and those of older browsers.
SAY_WHAT_FOR = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


class LeavingRedirect(HttpResponseRedirect):
    """Leads away from the site, over https alone."""

    allowed_schemes = ("https",)


@require_safe
def vendor_list(request, slug):
    """Show where to find a compound; choosing a region swaps only the listings.

    Listings change without a new evidence version, so the page carries no ETag.
    """
    request.evidence_version = EvidenceVersion.objects.current_number()
    compound = Compound.objects.published().filter(slug=slug).first()
    if compound is None:
        return moved_or_gone(request, Compound, slug, _address)
    form = RegionForm(request.GET, further=regions_of(compound))
    page = vendor_page(compound, form.chosen())
    response = render_page(
        request,
        page="stackbuilder/vendor_list.html",
        partial="stackbuilder/_listings.html",
        context={"compound": compound, "form": form, "page": page},
        status=400 if form.errors else 200,
    )
    patch_cache_control(response, no_cache=True)
    return response


def _address(compound):
    """Return where the vendors of a compound are listed."""
    return reverse("stackbuilder:vendor_list", args=[compound.slug])


@csrf_exempt  # a POST is to be told that there is no such way, not that its form is stale
@require_safe
def listing_leave(request, pk):
    """Leave for a listing and count it; a HEAD neither leaves nor counts."""
    listing = Listing.objects.active().with_law().filter(pk=pk).first()
    if listing is None or not listing.may_leave:
        return _gone(request, pk)
    if request.method == "HEAD":
        return HttpResponse(headers=LEAVING)
    if not _is_fetched_ahead(request):
        ClickCount.objects.count_one(listing, timezone.localdate())
    return LeavingRedirect(listing.url, headers=LEAVING)


def _is_fetched_ahead(request):
    """Say whether a browser only fetches what somebody might follow: nobody has left yet."""
    said = " ".join(request.headers.get(name, "") for name in SAY_WHAT_FOR).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))


def _gone(request, pk):
    """Say that a listing is gone (410), or never was (404), and where to look instead."""
    listing = Listing.objects.filter(pk=pk).first()
    compound = listing and Compound.objects.published().filter(listings=listing).first()
    response = render(
        request,
        "stackbuilder/listing_gone.html",
        {"compound": compound},
        status=410 if listing else 404,
    )
    for name, value in LEAVING.items():
        response.headers[name] = value
    return response
