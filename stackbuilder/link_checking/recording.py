"""Which links are due, and what is kept of a visit; nothing here is evidence or an edit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Count, F, Min
from django.utils.text import Truncator

from stackbuilder.link_checking.visiting import Visit
from stackbuilder.models import Listing

LONGEST_DETAIL = 300


@dataclass(frozen=True)
class DueLink:
    """An address that is to be visited, and how many listings lead there."""

    address: str
    listings: int


def due_links(*, vendor: str = "", limit: int | None = None) -> list[DueLink]:
    """Return the addresses of listings in use, each once, those of one host together.

    Of a limited number, those that nobody has visited for longest. `vendor` is a slug.
    """
    listings = Listing.objects.active()
    if vendor:
        listings = listings.filter(vendor__slug=vendor)
    found = (
        listings.values("url")
        .annotate(listings=Count("pk"), since=Min("checked_by_machine_at"))
        .order_by(F("since").asc(nulls_first=True), "url")
    )
    due = [DueLink(row["url"], row["listings"]) for row in found[:limit]]
    return sorted(due, key=lambda link: (urlsplit(link.address).netloc, link.address))


def record_visit(address: str, visit: Visit, at: datetime) -> int:
    """Keep how an address answered with every listing in use that leads there; return how many."""
    return Listing.objects.filter(url=address, is_active=True).update(
        checked_by_machine_at=at,
        machine_status=visit.status,
        machine_detail=Truncator(_plain(visit.detail)).chars(LONGEST_DETAIL),
        machine_url=address,
    )


def _plain(text: str) -> str:
    """Return a text without what no one should meet in a list: control characters."""
    return "".join(_printable(text))


def _printable(text: str) -> Iterator[str]:
    return (letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
