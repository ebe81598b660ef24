"""A file of vendors becomes rows: all of it or nothing, and again without doubles.

A load writes what the file says and leaves what a person has edited. A listing that its file no
longer yields is taken out of use, not deleted, so that its counts stay; a vendor that the file
does not name is not touched. No load opens an evidence version.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import transaction

from evidence.ingest.problems import InvalidFiles, Problem
from evidence.ingest.reading import parse_json, read_entry
from evidence.ingest.rows import Values
from evidence.ingest.writing import CHANGED, Tally, Writer
from evidence.models import Compound
from evidence.publication import system_user
from stackbuilder import law
from stackbuilder.ingest.rules import Statuses, covered_by, vendor_rules
from stackbuilder.ingest.schema import NAME_SLOT, ListingEntry, VendorEntry, VendorFile
from stackbuilder.listings import store_listing
from stackbuilder.models import Listing, Vendor


class InvalidVendors(InvalidFiles):
    """The file was refused."""


@dataclass
class ListingWriter(Writer):
    """Writes listings one by one through `store_listing`, which checks the law."""

    compounds: dict[int, Compound] = field(default_factory=dict)

    def take_out_of_use(self, vendors: list[int], keys: set[str]) -> None:
        """Take out of use the loaded listings of these vendors that have none of these keys."""
        edited = self.edited(Listing)
        loaded = Listing.objects.filter(vendor__in=vendors, is_active=True, load_key__isnull=False)
        for row in loaded.exclude(load_key__in=keys):
            if row.pk in edited:
                self.leave(Listing, row.load_key or "", "is no longer in the file")
            else:
                self._update(row, {"is_active": False})

    def _update(self, row: Any, values: Values) -> None:
        self._store(row, values)
        self.tally.add(CHANGED, Listing, [row.pk])

    def _create(self, model: Any, rows: Any) -> list[Any]:
        created = []
        for row, values in rows:
            names = ("vendor_id", "compound_id", "region", "product")
            if Listing.objects.filter(**{name: values[name] for name in names}).exists():
                self.leave(Listing, row.load_key, "was made by a person already")
            else:
                created.append(self._store(row, values))
        return created

    def _store(self, row: Any, values: Values) -> Any:
        for name, value in values.items():
            setattr(row, name, value)
        # With its statuses fetched, so that the law asks the database nothing.
        row.compound = self.compounds[row.compound_id]
        try:
            store_listing(row, by=self.by)
        except ValidationError as error:
            problems = [Problem("", row.load_key, message) for message in error.messages]
            raise InvalidVendors(problems) from error
        return row


def read_file(path: Path) -> VendorFile:
    """Return the vendors of a file, or raise InvalidVendors with all that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"Is not UTF-8 (byte {error.start})."
        raise InvalidVendors([Problem(path.name, "", message)]) from error
    except OSError as error:
        message = f"Cannot be read: {error.strerror}."
        raise InvalidVendors([Problem(path.name, "", message)]) from error
    content, problems = parse_json(path.name, text)
    file = None
    if content is not None:
        rules = vendor_rules(_statuses(_compounds()))
        file, more = read_entry(VendorFile, rules, path.name, content)
        problems += more
    if problems or file is None:
        raise InvalidVendors(problems)
    return file


@transaction.atomic
def load_vendors(file: VendorFile, *, overwrite: bool) -> Tally:
    """Write vendors and their listings as the system user; raises InvalidVendors, then nothing.

    Rows edited or deleted by a person are left and listed, unless `overwrite`.
    """
    compounds = _compounds()
    writer = Writer(system_user(), overwrite)
    values = {vendor.slug: _vendor_values(vendor) for vendor in file.vendors}
    vendors = writer.keyed(Vendor, "slug", values)
    listings: dict[str, Values] = {}
    for entry in file.vendors:
        if vendor := vendors.get(entry.slug):
            listings |= _listing_rows(entry, vendor.pk, compounds)
    by_id = {compound.pk: compound for compound in compounds}
    listing_writer = ListingWriter(writer.by, overwrite, writer.tally, by_id)
    listing_writer.keyed(Listing, "load_key", listings)
    listing_writer.take_out_of_use([vendor.pk for vendor in vendors.values()], set(listings))
    return writer.tally


def _compounds() -> list[Compound]:
    return list(Compound.objects.prefetch_related("regulatory_statuses"))


def _statuses(compounds: list[Compound]) -> Statuses:
    return {compound.slug: _statuses_of(compound) for compound in compounds}


def _statuses_of(compound: Compound) -> list[law.StatusRow]:
    return [(row.region, row.status) for row in compound.regulatory_statuses.all()]


def _vendor_values(entry: VendorEntry) -> Values:
    return {
        "name": entry.name,
        "url": entry.url,
        "what_it_is": entry.what_it_is,
        "note": entry.note or "",
    }


def _listing_rows(entry: VendorEntry, vendor: int, compounds: list[Compound]) -> dict[str, Values]:
    """Return the columns of every listing that a vendor's entry yields, by load key."""
    rows: dict[str, Values] = {}
    ids = {compound.slug: compound.pk for compound in compounds}
    for compound in compounds:
        if entry.public_register and covered_by(entry, _statuses_of(compound)):
            region = entry.public_register.region
            rows[f"{entry.slug}/{compound.slug}/{region}"] = _register_values(entry, compound)
    for listing in entry.listings:
        key = f"{entry.slug}/{listing.compound}/{listing.region}/{listing.product}"
        rows[key] = _listing_values(listing) | {"compound_id": ids[listing.compound]}
    return {key: values | {"vendor_id": vendor, "is_active": True} for key, values in rows.items()}


def _register_values(entry: VendorEntry, compound: Compound) -> Values:
    """Return a register's listing of a compound; nobody has followed the link, so no day."""
    register = entry.public_register
    assert register is not None  # noqa: S101 the caller asked `covered_by`
    return {
        "compound_id": compound.pk,
        "kind": law.Seller.DIRECTORY.value,
        "region": register.region,
        "product": compound.name,
        "url": register.address.replace(NAME_SLOT, quote(compound.name, safe="")),
    }


def _listing_values(entry: ListingEntry) -> Values:
    pack, test = entry.pack, entry.third_party_test
    return {
        "kind": entry.kind,
        "region": entry.region,
        "product": entry.product,
        "url": entry.url,
        "dose_per_unit": pack and pack.dose_per_unit,
        "dose_unit": pack.dose_unit if pack else "",
        "units_per_pack": pack and pack.units_per_pack,
        "price": pack and pack.price,
        "currency": pack.currency if pack else "",
        "third_party_test": test.by if test else "",
        "third_party_test_url": test.url if test else "",
        "third_party_tested_on": test and test.on,
        "is_commission": entry.is_commission,
        "last_checked": entry.last_checked,
    }
