"""Bring the search index in step with the evidence."""

from django.core.management.base import BaseCommand
from django.db import transaction

from evidence.publication import wait_for_turn
from evidence.searching.index import refresh_index


class Command(BaseCommand):
    """Make anew whatever differs; every publication does so by itself, an upgrade may need it."""

    help = "Bring the search index in step with the evidence."

    @transaction.atomic
    def handle(self, **options):
        """Compare everything with its row, in the turn of a publication."""
        wait_for_turn()
        changed = refresh_index(touched=set())
        self.stdout.write(f"{changed} entries of the search index changed.")
