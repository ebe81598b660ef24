"""Delete saved stacks that nobody opens any more."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from stackbuilder.stacks.saved import delete_unused


class Command(BaseCommand):
    """Delete stacks not opened for SAVED_STACK_DAYS; meant to run once a day."""

    help = "Delete saved stacks that nobody has opened for SAVED_STACK_DAYS days."

    def add_arguments(self, parser):
        """Take whether only to count."""
        parser.add_argument("--dry-run", action="store_true", help="Count them and delete nothing.")

    def handle(self, *, dry_run, **options):
        """Delete or count, and say how many."""
        count = delete_unused(timezone.localdate(), is_dry_run=dry_run)
        what = "would be deleted" if dry_run else "deleted"
        self.stdout.write(
            f"{count} saved stack{'' if count == 1 else 's'} {what}: "
            f"not opened for {settings.SAVED_STACK_DAYS} days."
        )
