"""What the upper app stores: vendors, reports of readers, saved stacks."""

from stackbuilder.models.reports import ErrorReport, ReportStatus
from stackbuilder.models.stacks import SavedStack
from stackbuilder.models.vendors import (
    ClickCount,
    Listing,
    SellerKind,
    Vendor,
    check_address,
    check_has_happened,
    check_region,
)

# The checks are here because migrations name them so.
__all__ = [
    "ClickCount",
    "ErrorReport",
    "Listing",
    "ReportStatus",
    "SavedStack",
    "SellerKind",
    "Vendor",
    "check_address",
    "check_has_happened",
    "check_region",
]
