"""Named questions about what is stored here; they chain, and take the clock as an argument."""

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone


class ListingQuerySet(models.QuerySet):
    """Questions about listings; none of them asks for a commission."""

    def active(self, at=None):
        """Keep listings that are in use, of compounds public at `at` (aware; now if None)."""
        return self.filter(is_active=True, compound__published_at__lte=at or timezone.now())

    def with_law(self):
        """Fetch what `Listing.ruling` reads, at the same number of queries for any number."""
        return self.select_related("vendor", "compound").prefetch_related(
            "compound__regulatory_statuses"
        )


class ClickCountQuerySet(models.QuerySet):
    """The one thing to do with clicks: count them."""

    def count_one(self, listing, day):
        """Add one to the count of a listing on `day`; two at once both count."""
        counts = self.filter(listing=listing, day=day)
        if counts.update(count=F("count") + 1):
            return
        try:
            with transaction.atomic():
                self.create(listing=listing, day=day, count=1)
        except IntegrityError:
            # Somebody else was the first of the day in the meantime, or the listing is gone.
            counts.update(count=F("count") + 1)


class ErrorReportQuerySet(models.QuerySet):
    """Questions about what readers reported."""

    def waiting(self):
        """Keep reports that staff have neither answered nor declined."""
        return self.filter(status="new")

    def since(self, at):
        """Keep reports that came at `at` (aware) or later."""
        return self.filter(reported_at__gte=at)


class SavedStackQuerySet(models.QuerySet):
    """Questions about saved stacks; none of them asks who."""

    def unused(self, day):
        """Keep stacks that nobody has opened since `day`."""
        return self.filter(last_opened_on__lt=day)

    def saved_on(self, day):
        """Keep stacks that were saved on `day`."""
        return self.filter(created_on=day)

    def open_one(self, pk, day):
        """Note that a stack was opened on `day`, in one query that writes at most once a day."""
        self.filter(pk=pk, last_opened_on__lt=day).update(last_opened_on=day)


class AuditQuerySet(models.QuerySet):
    """The audit trail, which is only added to."""

    def update(self, **values):
        """Refuse to change what is kept."""
        raise TypeError("The audit trail is only added to.")

    def delete(self):
        """Refuse to delete what is kept."""
        raise TypeError("The audit trail is only added to.")

    update.alters_data = delete.alters_data = True
    delete.queryset_only = True
