"""Makes vendors, listings and legal statuses for tests; every name and address is example.com's.

The standing vendor is Example Shop, a retailer that sells melatonin capsules of 2 mg in the United
States, 60 for 6.00 USD, where melatonin is a dietary supplement.
"""

from decimal import Decimal

from evidence.models import Protocol, RegulatoryStatus
from stackbuilder.models import Listing, Vendor
from tests.factories import make_compound

PACK = {
    "dose_per_unit": Decimal("2.0000"),
    "dose_unit": "mg",
    "units_per_pack": 60,
    "price": Decimal("6.00"),
    "currency": "USD",
}
NO_PACK = {
    "dose_per_unit": None,
    "dose_unit": "",
    "units_per_pack": None,
    "price": None,
    "currency": "",
}


def make_status(region="US", status="dietary-supplement", *, compound=None):
    """Return a legal status, of melatonin unless another compound is named."""
    compound = compound or make_compound()
    return RegulatoryStatus.objects.create(compound=compound, region=region, status=status)


def make_protocol(compound=None, **changes):
    """Return a dose as a trial used it: 2 mg by mouth each night."""
    values = {
        "route": "oral",
        "dose": "2 mg",
        "low": 2.0,
        "high": 2.0,
        "unit": "mg",
        "frequency": "once daily, 1-2 h before bedtime",
    }
    return Protocol.objects.create(compound=compound or make_compound(), **{**values, **changes})


def make_vendor(slug="example-shop", **changes):
    """Return a vendor; again the same one if only its slug is named."""
    if not changes and (existing := Vendor.objects.filter(slug=slug).first()):
        return existing
    values = {
        "name": slug.replace("-", " ").title(),
        "url": "https://example.com/",
        "what_it_is": "A shop that exists in tests",
    }
    return Vendor.objects.create(slug=slug, **{**values, **changes})


def unsaved_listing(**changes):
    """Return a listing that is not in the database, past every check."""
    values = {
        "vendor": changes.pop("vendor", None) or make_vendor(),
        "compound": changes.pop("compound", None) or make_compound(),
        "kind": "retailer",
        "region": "US",
        "product": "Melatonin 2 mg",
        "url": "https://example.com/melatonin?size=60",
        **(NO_PACK if changes.get("kind") == "directory" else PACK),
    }
    return Listing(**{**values, **changes})


def make_listing(**changes):
    """Return a stored listing, past the law: what is stored may have become unlawful since."""
    listing = unsaved_listing(**changes)
    listing.save()
    return listing


def make_register(slug="example-register", **changes):
    """Return a stored listing of a public register of the whole world."""
    values = {"kind": "directory", "region": "world", "product": "Melatonin"}
    return make_listing(vendor=make_vendor(slug), **{**values, **changes})
