"""Listings from a spreadsheet; each goes through the one door, which asks the law."""

from import_export.fields import Field

from evidence.admin.cells import ReferenceCell
from evidence.admin.row_import import ImportResource
from evidence.models import Compound
from stackbuilder.listings import store_listing
from stackbuilder.models import Listing, Vendor

# Kept by programs: shown to staff, taken from no file.
KEPT_BY_PROGRAMS = (
    "load_key",
    "checked_by_machine_at",
    "machine_status",
    "machine_detail",
    "machine_url",
)


class ListingResource(ImportResource):
    """Knows a listing by vendor, compound, region and product."""

    vendor = Field("vendor", "vendor", ReferenceCell(Vendor, "slug"))
    compound = Field("compound", "compound", ReferenceCell(Compound, "slug"))

    prose = ("product", "third_party_test")
    ignored = ("id", *KEPT_BY_PROGRAMS)

    class Meta:
        """Know a listing by what may be there once."""

        model = Listing
        exclude = ("id", *KEPT_BY_PROGRAMS)
        import_id_fields = ("vendor", "compound", "region", "product")

    def get_queryset(self):
        """Fetch what the law needs."""
        return Listing.objects.with_law().select_related("vendor", "compound")

    def store_row(self, instance):
        """Store a listing if the law allows it."""
        store_listing(instance, by=self.by)
