"""Bridge: listings, the law and the arithmetic of prices become what one page shows.

`store_listing` is the one way by which a listing is written. What is shown is judged anew each
time, because a status may have changed since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from evidence.choices import LegalStatus
from stackbuilder import law
from stackbuilder.costs import Cost, TrialDose, Unknown, cheapest_first, monthly_cost
from stackbuilder.models import Listing
from stackbuilder.regions import in_order, place_name, place_of, region_name

# The reasons that let somebody sell.
SOLD = (law.Reason.SUPPLEMENT, law.Reason.MEDICINE)


@dataclass(frozen=True)
class Offer:
    """A listing that may be shown, and what a month costs there."""

    listing: Listing
    region: str
    cost: Cost | Unknown

    @property
    def cost_unknown(self) -> str:
        """Return why nobody can say what a month costs, or nothing if somebody can."""
        return self.cost if isinstance(self.cost, Unknown) else ""

    @property
    def rel(self) -> str:
        """Return how search engines are to read the link; no page is told where one came from."""
        is_paid = self.listing.is_commission or not self.listing.is_register
        return "sponsored nofollow noopener" if is_paid else "nofollow noopener"


@dataclass(frozen=True)
class RegionRuling:
    """What the law says of one region, with the words for it."""

    code: str
    name: str
    ruling: law.Ruling
    status: str
    place: str


class Nothing(StrEnum):
    """Why nothing is listed, the first that applies."""

    ELSEWHERE = "elsewhere"
    NO_STATUS = "no-status"
    NOT_APPROVED = "not-approved"
    NOTHING_ADDED = "nothing-added"


@dataclass(frozen=True)
class VendorPage:
    """All that the page of one compound shows; `region` is empty where none was chosen."""

    region: str
    registers: tuple[Offer, ...]
    sellers: tuple[Offer, ...]
    here: RegionRuling | None
    rulings: tuple[RegionRuling, ...]
    nothing: str
    is_supplement: bool

    @property
    def count(self) -> int:
        """Return how many listings are shown."""
        return len(self.registers) + len(self.sellers)

    @property
    def commissions(self) -> int:
        """Return how many of them pay us."""
        return sum(offer.listing.is_commission for offer in self.sellers)

    @property
    def may_sell(self) -> bool:
        """Say whether the law would let a seller be listed where the visitor looks."""
        rulings = [self.here] if self.here else self.rulings
        return any(one.ruling.reason in SOLD for one in rulings)

    @property
    def needs_disclaimer(self) -> bool:
        """Say whether 21 CFR 101.93(c) belongs here: a dietary supplement with a listing."""
        return self.is_supplement and self.count > 0


@transaction.atomic
def store_listing(listing: Any, *, by: AbstractBaseUser) -> None:
    """Check a listing, the law included, and save it as `by`; raises ValidationError."""
    listing.full_clean()
    listing._history_user = by
    listing.save()


def regions_of(compound: Any) -> set[str]:
    """Return the regions in which a compound has a legal status or a listing in use."""
    statuses = compound.regulatory_statuses.values_list("region", "status")
    listings = compound.listings.active().values_list("region", flat=True)
    return {*law.statuses_by_place(statuses), *listings}


def vendor_page(compound: Any, region: str = "") -> VendorPage:
    """Return what may be shown of `compound` to a visitor in `region` (anywhere if empty)."""
    statuses = tuple(compound.regulatory_statuses.values_list("region", "status"))
    found = list(compound.listings.active().select_related("vendor"))
    offers = lawful_offers(compound, found, statuses, region)
    rulings = tuple(_region_ruling(statuses, code) for code in _regions(statuses))
    return VendorPage(
        region=region,
        registers=tuple(sorted((o for o in offers if o.listing.is_register), key=_by_name)),
        sellers=tuple(sorted((o for o in offers if not o.listing.is_register), key=by_cost)),
        here=_region_ruling(statuses, region) if region else None,
        rulings=rulings,
        nothing="" if offers else _why_nothing(found, statuses, rulings),
        is_supplement=LegalStatus.DIETARY_SUPPLEMENT in _legal(statuses),
    )


def lawful_offers(
    compound: Any, found: Iterable[Listing], statuses: Sequence[law.StatusRow], region: str
) -> list[Offer]:
    """Return what may be shown of `found`, listings of `compound` with these legal statuses."""
    doses = _trial_doses(compound)
    return [
        Offer(one, region_name(one.region), monthly_cost(one.pack, doses))
        for one in found
        if _may_show(one, statuses, region)
    ]


def by_cost(offer: Offer) -> tuple[bool, str, Decimal, Decimal, str, str, int]:
    """Order by cost alone, then by name; a commission is not looked at."""
    return *cheapest_first(offer.cost), *_by_name(offer)


def _may_show(listing: Listing, statuses: Sequence[law.StatusRow], region: str) -> bool:
    """Say whether a listing reaches `region`, and is lawful both there and where it delivers."""
    if region and law.canonical(listing.region) not in law.reach(region):
        return False
    places = {listing.region, place_of(region) or listing.region}
    return all(law.ruling(statuses, place).allows(listing.kind) for place in places)


def _trial_doses(compound: Any) -> list[TrialDose]:
    return [
        TrialDose(row.dose, row.low, row.high, row.unit, row.frequency)
        for row in compound.protocols.all()
    ]


def _region_ruling(statuses: Sequence[law.StatusRow], code: str) -> RegionRuling:
    ruling = law.ruling(statuses, place_of(code))
    # A code that the vocabulary lost is shown as it is.
    status = dict(LegalStatus.choices).get(ruling.status, ruling.status)
    return RegionRuling(code, place_name(code), ruling, status, region_name(ruling.place))


def _regions(statuses: Sequence[law.StatusRow]) -> list[str]:
    """Return the places with a status of their own, and `world`, which stands for the rest."""
    return in_order([*law.statuses_by_place(statuses), law.WORLD])


def _legal(statuses: Sequence[law.StatusRow]) -> set[str]:
    """Return every status that it has in some place."""
    return {status for found in law.statuses_by_place(statuses).values() for status in found}


def _by_name(offer: Offer) -> tuple[str, str, int]:
    return offer.listing.vendor.name.casefold(), offer.listing.product.casefold(), offer.listing.pk


def _why_nothing(
    found: Iterable[Listing], statuses: Sequence[law.StatusRow], rulings: Iterable[RegionRuling]
) -> Nothing:
    if any(_may_show(one, statuses, "") for one in found):
        return Nothing.ELSEWHERE
    if not _legal(statuses):
        return Nothing.NO_STATUS
    if all(one.ruling.reason not in SOLD for one in rulings):
        return Nothing.NOT_APPROVED
    return Nothing.NOTHING_ADDED
