"""What the upper app stores: vendors, reports of readers, saved stacks, the audit trail."""

from stackbuilder.models.audit import AuditAct, AuditEntry
from stackbuilder.models.reports import ErrorReport, ReportStatus
from stackbuilder.models.stacks import SavedStack
from stackbuilder.models.vendors import (
    BROKEN,
    ClickCount,
    LinkStatus,
    Listing,
    SellerKind,
    Vendor,
    check_address,
    check_has_happened,
    check_region,
)

# The checks are here because migrations name them so.
__all__ = [
    "BROKEN",
    "AuditAct",
    "AuditEntry",
    "ClickCount",
    "ErrorReport",
    "LinkStatus",
    "Listing",
    "ReportStatus",
    "SavedStack",
    "SellerKind",
    "Vendor",
    "check_address",
    "check_has_happened",
    "check_region",
]
