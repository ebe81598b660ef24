"""Make every profile again."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from evidence.models import Profile
from evidence.publication import all_pairs, publish_change, system_user, wait_for_turn
from evidence.synthesis import METHOD_VERSION


class Command(BaseCommand):
    """Store a new profile wherever today's method gives another result than the stored one.

    Where it gives the same results, nothing was published: then no evidence version is opened.
    """

    help = "Re-make all profiles, for example after a new method version."

    def add_arguments(self, parser):
        """Take when to do nothing."""
        parser.add_argument(
            "--if-needed", action="store_true", help="Only if profiles of another method exist."
        )

    def handle(self, *, if_needed, **options):
        """Synthesise all pairs as one act of publication."""
        others = Profile.objects.current().exclude(method_version=METHOD_VERSION)
        if if_needed and not others.exists():
            self.stdout.write(f"All profiles are of method version {METHOD_VERSION}.")
            return
        with transaction.atomic():
            wait_for_turn()
            pairs = all_pairs()
            done = self._make_again(pairs)
            if not done.profiles:
                transaction.set_rollback(True)
        if done.profiles:
            what = f"{len(done.profiles)} changed, evidence version {done.version.number}"
        else:
            what = "none changed"
        self.stdout.write(f"{len(pairs)} profiles checked, {what}.")

    def _make_again(self, pairs):
        """Publish anew, with a progress bar on a terminal."""
        compounds = len({compound_id for compound_id, _ in pairs})
        with tqdm(total=compounds, unit="compound", disable=not sys.stderr.isatty()) as bar:
            return publish_change(
                by=system_user(),
                why=f"All profiles made again, method version {METHOD_VERSION}",
                pairs=pairs,
                progress=bar.update,
            )
