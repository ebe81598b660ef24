"""Take a lost second factor away, where no administrator can do it in the admin."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from stackbuilder.accounts import audit, second_factor
from stackbuilder.models import AuditAct


class Command(BaseCommand):
    """Removes app and recovery codes of one account, and notes it in the audit trail."""

    help = "Remove the second factor and the recovery codes of an account that lost them."

    def add_arguments(self, parser):
        """Take whose."""
        parser.add_argument("username")

    def handle(self, *, username, **options):
        """Remove it; the account logs in by password until it sets up another."""
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No account is called {username}.")
        with transaction.atomic():
            if not second_factor.remove(user):
                raise CommandError(f"{username} has no second factor.")
            what = "on the server's command line"
            audit.record(AuditAct.FACTOR_REMOVED, whom=user, what=what)
        self.stdout.write(f"The second factor of {username} was removed.")
