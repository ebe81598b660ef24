"""Bridge: what a month of each compound costs, for the stack and for nothing else.

A price comes from the first of these that there is, always in the currency that is asked for:

1. The cheapest listing in use that the law lets a visitor in the region see, at the dose of a
   trial (`costs`). Of this currency it is the one that the page of vendors shows first. A public
   register sells nothing, and whether a seller pays a commission is not looked at.
2. The typical price of the compound, as its curator worked it out. It holds for no region.

Otherwise the price is unknown, and the compound is left out of the answer. Nothing is converted
between currencies: a rate of exchange would be one more number that nobody has checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any

from evidence.models import Compound
from stackbuilder.costs import Cost
from stackbuilder.listings import by_cost, lawful_offers
from stackbuilder.models import Listing

USUAL_CURRENCY = "USD"
_CENTS_A_UNIT = 100


class PriceSource(StrEnum):
    """Where a price comes from."""

    LISTING = "listing"
    TYPICAL = "typical"


@dataclass(frozen=True)
class ListedPrice:
    """The listing that a price comes from; `cost` is the arithmetic, `region` a name.

    `is_commission` is here to be said beside the price.
    """

    listing_pk: int
    vendor: str
    product: str
    region: str
    is_commission: bool
    last_checked: date | None
    cost: Cost


@dataclass(frozen=True)
class TypicalPrice:
    """How a curator came by a typical price; what is not recorded is None or empty."""

    year: int | None
    confidence: str
    basis: str
    source: str


@dataclass(frozen=True)
class MonthlyPrice:
    """A month's price from `low` to `high`, and what it comes from: one of the last two."""

    low: Decimal
    high: Decimal
    currency: str
    source: PriceSource
    listed: ListedPrice | None = None
    typical: TypicalPrice | None = None

    @property
    def is_range(self) -> bool:
        """Say whether the two ends differ."""
        return self.low != self.high

    @property
    def cents(self) -> int:
        """Return what a budget must hold, in hundredths of the currency's unit.

        The higher end, rounded up: a stack that is proposed within a budget has to stay inside it
        whichever dose of the range is taken, not only at the best price.
        """
        return int((self.high * _CENTS_A_UNIT).to_integral_value(ROUND_CEILING))


@dataclass(frozen=True)
class StackCost:
    """What the members with a known price cost together, and how many have one or none.

    Where `unknown` is above 0 the sums are a part of the cost, and nothing of it if `known` is 0.
    """

    low: Decimal
    high: Decimal
    currency: str
    known: int
    unknown: int

    @property
    def is_range(self) -> bool:
        """Say whether the two ends differ."""
        return self.low != self.high

    @property
    def is_complete(self) -> bool:
        """Say whether every member has a price."""
        return self.unknown == 0

    @property
    def is_unknown(self) -> bool:
        """Say whether there are members and none of them has a price."""
        return self.known == 0 and self.unknown > 0


def monthly_prices(
    slugs: Iterable[str] | None = None, *, region: str = "", currency: str = USUAL_CURRENCY
) -> dict[str, MonthlyPrice]:
    """Return the price of a month by slug, of all public compounds unless named.

    `region` is a code of `regions` (anywhere if empty). A compound without a known price in
    `currency` is left out. Takes four queries at most, for any number of compounds.
    """
    compounds = Compound.objects.published()
    if slugs is not None:
        compounds = compounds.filter(slug__in=set(slugs))
    return {**_typical_prices(compounds, currency), **_listed_prices(compounds, region, currency)}


def sum_of(prices: Iterable[MonthlyPrice | None], *, currency: str = USUAL_CURRENCY) -> StackCost:
    """Return what a stack costs, each member's price given or None where it is unknown.

    Raises ValueError for a price in another currency than `currency`.
    """
    given = list(prices)
    known = [price for price in given if price is not None]
    if others := {price.currency for price in known} - {currency}:
        raise ValueError(f"cannot add {', '.join(sorted(others))} to {currency}")
    return StackCost(
        low=sum((price.low for price in known), Decimal(0)),
        high=sum((price.high for price in known), Decimal(0)),
        currency=currency,
        known=len(known),
        unknown=len(given) - len(known),
    )


def currencies() -> tuple[str, ...]:
    """Return the currencies in which any price is recorded, US dollars first, in two queries.

    A listing counts wherever it delivers, lawful for a visitor or not.
    """
    typical = Compound.objects.published().filter(cost_low__isnull=False)
    found = {
        *typical.order_by().values_list("cost_currency", flat=True).distinct(),
        *_priced_listings().order_by().values_list("currency", flat=True).distinct(),
    }
    return tuple(sorted(found, key=lambda code: (code != USUAL_CURRENCY, code)))


def _typical_prices(compounds: Any, currency: str) -> dict[str, MonthlyPrice]:
    rows = compounds.filter(cost_low__isnull=False, cost_currency=currency).values(
        "slug", "cost_low", "cost_high", "cost_year", "cost_confidence", "cost_basis", "cost_source"
    )
    return {
        row["slug"]: MonthlyPrice(
            low=row["cost_low"],
            high=row["cost_high"],
            currency=currency,
            source=PriceSource.TYPICAL,
            typical=TypicalPrice(
                year=row["cost_year"],
                confidence=row["cost_confidence"],
                basis=row["cost_basis"],
                source=row["cost_source"],
            ),
        )
        for row in rows.order_by("pk")
    }


def _listed_prices(compounds: Any, region: str, currency: str) -> dict[str, MonthlyPrice]:
    listings = (
        _priced_listings()
        .filter(currency=currency, compound__in=compounds.order_by().values("pk"))
        .with_law()
        .prefetch_related("compound__protocols")
        .order_by("pk")
    )
    by_compound: dict[Any, list[Listing]] = {}
    for listing in listings:
        by_compound.setdefault(listing.compound, []).append(listing)
    found = {
        compound.slug: _cheapest(compound, rows, region) for compound, rows in by_compound.items()
    }
    return {slug: price for slug, price in found.items() if price is not None}


def _cheapest(compound: Any, listings: list[Listing], region: str) -> MonthlyPrice | None:
    """Return the price of the cheapest listing, None if no lawful one has a known cost."""
    statuses = [(row.region, row.status) for row in compound.regulatory_statuses.all()]
    offers = lawful_offers(compound, listings, statuses, region)
    offer = min(offers, key=by_cost, default=None)
    if offer is None or not isinstance(offer.cost, Cost):
        return None
    return MonthlyPrice(
        low=offer.cost.low,
        high=offer.cost.high,
        currency=offer.cost.pack.currency,
        source=PriceSource.LISTING,
        listed=ListedPrice(
            listing_pk=offer.listing.pk,
            vendor=offer.listing.vendor.name,
            product=offer.listing.product,
            region=offer.region,
            is_commission=offer.listing.is_commission,
            last_checked=offer.listing.last_checked,
            cost=offer.cost,
        ),
    )


def _priced_listings() -> Any:
    """Return the listings in use that name a price; the database lets no public register do so."""
    listings: Any = Listing.objects
    return listings.active().filter(price__isnull=False)
