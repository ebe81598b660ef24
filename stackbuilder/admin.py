"""Where staff keep vendors and listings, read reports, delete stacks; none of it is evidence."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from evidence.admin.exports import ExportingAdmin
from evidence.admin.filters import DeskFilter
from evidence.admin.history import HistoryAdmin
from evidence.admin.import_pages import ImportingAdmin
from evidence.desk import register
from evidence.figures import source_links
from stackbuilder.accounts import admin as accounts_admin
from stackbuilder.desk_questions import QUESTIONS
from stackbuilder.listing_import import ListingResource
from stackbuilder.listings import store_listing
from stackbuilder.models import ClickCount, ErrorReport, Listing, ReportStatus, SavedStack, Vendor

# Django finds this module, and by it the pages of accounts and roles.
__all__ = ["accounts_admin"]

register(*QUESTIONS)


class TracedAdmin(HistoryAdmin):
    """Shows who changed what and when, and sets rows back; none of it is published."""

    publishes = False

    def history_form_view(self, request, *args, **kwargs):
        """Show a row as it was; writing it back here would go past its checks."""
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)

    def revert_disabled(self, request, obj=None):
        """Offer no button that writes a past row back."""
        return True


@admin.register(Vendor)
class VendorAdmin(ExportingAdmin, TracedAdmin):
    """Registers, pharmacies and shops by name."""

    list_display = ("name", "what_it_is", "url")
    search_fields = ("name", "slug", "url")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "url", "what_it_is", "note")


@admin.register(Listing)
class ListingAdmin(ImportingAdmin, ExportingAdmin, TracedAdmin):
    """Where a listing is written; the law is checked when it is saved and when it is shown."""

    import_resource = ListingResource
    list_display = (
        "compound",
        "vendor",
        "kind",
        "region",
        "is_allowed_today",
        "is_active",
        "is_commission",
        "last_checked",
        "machine_status",
    )
    list_filter = (
        DeskFilter,
        "kind",
        "region",
        "is_active",
        "is_commission",
        ("last_checked", admin.EmptyFieldListFilter),
        "machine_status",
        "vendor",
    )
    list_select_related = ("vendor", "compound")
    search_fields = ("product", "vendor__name", "compound__name", "compound__slug", "url")
    autocomplete_fields = ("vendor", "compound")
    actions = ("take_out_of_use",)
    readonly_fields = ("machine_status", "checked_by_machine_at", "machine_detail", "machine_url")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "compound",
                    "vendor",
                    ("kind", "region"),
                    "product",
                    "url",
                    "is_active",
                    "is_commission",
                    "last_checked",
                )
            },
        ),
        (
            "Pack and price",
            {
                "description": "All five or none; a public register has none.",
                "fields": (
                    ("dose_per_unit", "dose_unit", "units_per_pack"),
                    ("price", "currency"),
                ),
            },
        ),
        (
            "Test by a third party",
            {
                "description": "All three or none.",
                "fields": (("third_party_test", "third_party_tested_on"), "third_party_test_url"),
            },
        ),
        (
            "Check by a program",
            {
                "description": "Written by check_listings; it stands for this address alone, and "
                "for no person's look.",
                "fields": readonly_fields,
            },
        ),
    )

    def get_queryset(self, request):
        """Fetch what the law needs for every row at once."""
        return super().get_queryset(request).with_law()

    @admin.display(boolean=True, description="allowed today")
    def is_allowed_today(self, listing):
        """Say whether today's law lets this listing show."""
        return listing.is_lawful

    @admin.action(permissions=["change"], description="Take selected listings out of use")
    def take_out_of_use(self, request, queryset):
        """Take the listings out of use, row by row, for their history."""
        rows = list(queryset.filter(is_active=True))
        for listing in rows:
            listing.is_active = False
            store_listing(listing, by=request.user)
        self.message_user(request, f"Out of use: {len(rows)}.")

    def save_model(self, request, obj, form, change):
        """Write by the one way that checks; a form without a change writes nothing."""
        if form.has_changed() or not change:
            store_listing(obj, by=request.user)


@admin.register(ClickCount)
class ClickCountAdmin(ExportingAdmin, admin.ModelAdmin):
    """How often listings were left for; counted by the site, so never typed."""

    list_display = ("day", "listing", "count")
    list_select_related = ("listing__vendor", "listing__compound")
    list_filter = ("listing__vendor",)
    search_fields = ("listing__vendor__name", "listing__compound__name")
    date_hierarchy = "day"

    def has_add_permission(self, request):
        """Let nobody add a count."""
        return False

    def has_change_permission(self, request, obj=None):
        """Let nobody change a count."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Let nobody delete a count by itself: it goes with its listing."""
        return False


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """Where staff read reports and say how far they are; what was reported stays as it came."""

    list_display = ("reported_at", "page_link", "figure", "beginning", "reply_to", "status")
    list_filter = (DeskFilter, "status", "reported_at")
    search_fields = ("page", "figure", "text", "source")
    actions = ("mark_answered", "mark_declined")
    fields = ("status", "reported_at", "page_link", "figure", "text", "source_link", "reply_to")
    readonly_fields = fields[1:]

    def has_add_permission(self, request):
        """Let reports come from readers alone."""
        return False

    @admin.display(description="page", ordering="page")
    def page_link(self, report):
        """Lead to the page, at the figure where one is named by its key."""
        is_key = report.figure.replace("-", "").isalnum() and "#" not in report.page
        address = f"{report.page}#{report.figure}" if is_key else report.page
        return format_html('<a href="{}">{}</a>', address, Truncator(report.page).chars(60))

    @admin.display(description="what is wrong")
    def beginning(self, report):
        """Show how the text begins."""
        return Truncator(report.text).chars(80)

    @admin.display(description="source")
    def source_link(self, report):
        """Lead to the source that the reader named."""
        links = [(link.url, link.label) for link in source_links(report.source)]
        return format_html_join("; ", '<a href="{}" rel="noopener nofollow">{}</a>', links) or "–"

    @admin.action(permissions=["change"], description="Mark selected reports as answered")
    def mark_answered(self, request, queryset):
        """Say that they were dealt with."""
        self.mark(request, queryset, ReportStatus.ANSWERED)

    @admin.action(permissions=["change"], description="Mark selected reports as declined")
    def mark_declined(self, request, queryset):
        """Say that nothing will be changed."""
        self.mark(request, queryset, ReportStatus.DECLINED)

    def mark(self, request, queryset, status):
        """Set one status on all of them, and note each in the admin's log."""
        reports = list(queryset.exclude(status=status))
        for report in reports:
            report.status = status
            report.save(update_fields=["status"])
            self.log_change(request, report, f"Marked as {status.label}.")
        self.message_user(request, f"Marked as {status.label}: {len(reports)}.")


@admin.register(SavedStack)
class SavedStackAdmin(admin.ModelAdmin):
    """Saved stacks, to look at and to delete; no secret is here to be shown."""

    list_display = (
        "created_on",
        "members_in_words",
        "evidence_version",
        "method_version",
        "last_opened_on",
        "page_link",
    )
    list_filter = ("created_on", "last_opened_on")
    fields = (
        "page_link",
        "members_in_words",
        "goals",
        "region",
        "evidence_version",
        "method_version",
        "created_on",
        "edited_at",
        "last_opened_on",
    )
    readonly_fields = fields

    def has_add_permission(self, request):
        """Let stacks come from visitors alone."""
        return False

    def has_change_permission(self, request, obj=None):
        """Let nobody change what somebody else shared."""
        return False

    @admin.display(description="members")
    def members_in_words(self, stack):
        """Show the members by their slugs, in order."""
        return ", ".join(stack.members)

    @admin.display(description="page")
    def page_link(self, stack):
        """Lead to the page that the link to share shows."""
        address = reverse("stackbuilder:stack_detail", args=[stack.token])
        return format_html('<a href="{}">Open</a>', address)
