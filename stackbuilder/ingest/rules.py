"""What the rows of a file of vendors must keep beyond their shape, the law included. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from evidence.ingest.problems import Place, shown
from evidence.ingest.rules import Broken, repeated
from stackbuilder import law
from stackbuilder.ingest.schema import ListingEntry, VendorEntry, VendorFile

# The legal statuses of each compound by its slug.
Statuses = Mapping[str, Sequence[law.StatusRow]]


def vendor_rules(statuses: Statuses) -> Callable[[VendorFile], Broken]:
    """Return the rules of a file; `statuses` are those of all compounds there are."""

    def rules(file: VendorFile) -> Broken:
        for name in ("slug", "name"):
            values = [getattr(vendor, name) for vendor in file.vendors]
            for index, first in repeated(values):
                yield ("vendors", index, name), f"Already given by vendors[{first}]."
        for index, vendor in enumerate(file.vendors):
            for place, message in _of_one(vendor, statuses):
                yield ("vendors", index, *place), message

    return rules


def covered_by(vendor: VendorEntry, statuses: Sequence[law.StatusRow]) -> bool:
    """Say whether a vendor's register covers a compound with these statuses.

    A status counts where it was given: that of the world says nothing of a country's register,
    since a medicine of some other country does not stand in it. A register of the world covers
    what has such a status anywhere.
    """
    register = vendor.public_register
    if register is None:
        return False
    by_place = law.statuses_by_place(statuses)
    is_world = register.region == law.WORLD
    found = by_place.values() if is_world else [by_place.get(register.region, frozenset())]
    return any(set(register.covers) & here for here in found)


def _of_one(vendor: VendorEntry, statuses: Statuses) -> Broken:
    if vendor.public_register is None and not vendor.listings:
        yield (), "Has neither a public_register nor listings."
    keys = [_key(listing) for listing in vendor.listings]
    for index, first in repeated(keys):
        yield ("listings", index), f"Is the same compound, region and product as [{first}]."
    for index, listing in enumerate(vendor.listings):
        for place, message in (*_register_rules(listing), *_law_rules(listing, statuses)):
            yield ("listings", index, *place), message


def _key(listing: ListingEntry) -> tuple[str, str, str] | None:
    key = (listing.compound, listing.region, listing.product)
    return None if None in key else key


def _register_rules(listing: ListingEntry) -> Iterator[tuple[Place, str]]:
    if listing.kind == law.Seller.DIRECTORY.value:
        if listing.pack is not None:
            yield ("pack",), "A public register sells nothing."
        if listing.is_commission:
            yield ("is_commission",), "A public register pays no commission."


def _law_rules(listing: ListingEntry, statuses: Statuses) -> Iterator[tuple[Place, str]]:
    if listing.compound is None:
        return
    if listing.compound not in statuses:
        yield ("compound",), f"There is no compound {shown(listing.compound)}."
    elif listing.region is not None and listing.kind is not None:
        ruling = law.ruling(statuses[listing.compound], listing.region)
        if not ruling.allows(listing.kind):
            status = ruling.status or "no status known"
            where = f" ({ruling.place})" if ruling.place else ""
            message = f"The law of {listing.region} allows no {listing.kind}: {status}{where}."
            yield ("kind",), message
