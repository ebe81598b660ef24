"""The shape of a file of vendors: one class a kind of row, one attribute a key. Pure.

A vendor has a `public_register`, listings, or both. A register yields a listing for each compound
that it covers, at `address`, in which `{name}` stands for the compound's name, percent-encoded.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from evidence.ingest import fields as f
from evidence.ingest.entry import FROM_JSON, Entry
from stackbuilder import addresses, law

NAME_SLOT = "{name}"
LARGEST_DOSE = 9_999_999_999.0


def _may_be_led_to(value: str) -> str:
    if fault := addresses.fault_of(value):
        raise PydanticCustomError("address", "{fault}", {"fault": fault.rstrip(".")})
    return value


def _may_be_led_to_once_filled(value: str) -> str:
    _may_be_led_to(value.replace(NAME_SLOT, "creatine"))
    return value


def _is_region(value: str) -> str:
    if not law.is_region(value):
        raise PydanticCustomError("region", "Must be two capitals such as US or UK, or world")
    return value


def _not_empty(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise PydanticCustomError("empty", "Must name at least one status")
    return value


Address = Annotated[str, AfterValidator(_may_be_led_to)]
RegisterAddress = Annotated[str, Field(max_length=200), AfterValidator(_may_be_led_to_once_filled)]
Region = Annotated[str, AfterValidator(_is_region)]
Dose = Annotated[float, Field(gt=0, le=LARGEST_DOSE)]
PackPrice = Annotated[f.Price, Field(gt=0)]
Covered = Literal["approved-drug", "prescription-only", "dietary-supplement"]
Kind = Literal["directory", "pharmacy", "retailer"]


class RegisterEntry(Entry):
    """What a public register covers: compounds with one of these statuses in its region."""

    region: Region
    covers: Annotated[tuple[Covered, ...], FROM_JSON, AfterValidator(_not_empty)]
    address: RegisterAddress


class PackEntry(Entry):
    """What is bought, and what a pack of it costs."""

    dose_per_unit: Dose
    dose_unit: f.DoseUnit
    units_per_pack: f.Count
    price: PackPrice
    currency: f.Currency


class ThirdPartyTestEntry(Entry):
    """A test by somebody other than the seller."""

    by: f.Text120
    url: Address
    on: Annotated[date, FROM_JSON]


class ListingEntry(Entry):
    """One address for one compound in one region."""

    compound: f.Slug
    kind: Kind
    region: Region
    product: f.Text120
    url: Address
    pack: PackEntry | None = None
    third_party_test: ThirdPartyTestEntry | None = None
    is_commission: bool
    last_checked: Annotated[date | None, FROM_JSON]


class VendorEntry(Entry):
    """A register, a pharmacy or a shop."""

    slug: f.Slug
    name: f.Text120
    url: Address
    what_it_is: f.Text200
    note: f.Prose | None
    public_register: RegisterEntry | None = None
    listings: Annotated[tuple[ListingEntry, ...], FROM_JSON] = ()


class VendorFile(Entry):
    """All vendors of one file."""

    vendors: Annotated[tuple[VendorEntry, ...], FROM_JSON]
