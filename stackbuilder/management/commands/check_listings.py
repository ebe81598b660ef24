"""Follow the links of listings."""

import sys
from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from stackbuilder.link_checking.recording import due_links, record_visit
from stackbuilder.link_checking.visiting import Visitor
from stackbuilder.models import BROKEN, LinkStatus, Vendor


class Command(BaseCommand):
    """Visit each address once, politely, and keep how it answered; meant to run once a week.

    A person's look (`last_checked`) is something else, and stays as it is.
    """

    help = "Follow the links of the listings in use and record how they answer."

    # A test has its own.
    make_visitor = Visitor

    def add_arguments(self, parser):
        """Take how many and whose links, and whether only to name them."""
        parser.add_argument("--vendor", default="", help="Only links of the vendor of this slug.")
        parser.add_argument(
            "--limit", type=int, help="At most so many addresses, those unvisited for longest."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Name the addresses, visit and write nothing."
        )

    def handle(self, *, vendor, limit, dry_run, **options):
        """Visit what is due, one address at a time; each is recorded before the next."""
        if limit is not None and limit < 1:
            raise CommandError("--limit must be at least 1.")
        if vendor and not Vendor.objects.filter(slug=vendor).exists():
            raise CommandError(f"No vendor has the slug {vendor!r}.")
        due = due_links(vendor=vendor, limit=limit)
        if dry_run:
            for link in due:
                self.stdout.write(f"{link.address} ({link.listings})")
            self.stdout.write(f"{counted(len(due))} would be visited.")
            return
        self._report(len(due), self._visit(due))

    def _visit(self, due):
        """Return how each address answered."""
        visitor = self.make_visitor()
        visits = []
        with tqdm(total=len(due), unit="link", disable=not sys.stderr.isatty()) as bar:
            for link in due:
                visit = visitor.visit(link.address)
                record_visit(link.address, visit, timezone.now())
                visits.append((link, visit))
                bar.update()
        return visits

    def _report(self, count, visits):
        """Say what needs a person, then how many answered how."""
        for link, visit in visits:
            if visit.status in BROKEN:
                self.stdout.write(f"{visit.status.value}: {link.address} {visit.detail}")
        by_status = Counter(visit.status for _, visit in visits)
        parts = [f"{by_status[one]} {one.value}" for one in LinkStatus if by_status[one]]
        self.stdout.write(f"{counted(count)} visited{': ' * bool(parts)}{', '.join(parts)}.")


def counted(count):
    """Return a number of addresses in words."""
    return f"{count} address{'' if count == 1 else 'es'}"
