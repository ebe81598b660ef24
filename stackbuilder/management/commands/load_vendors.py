"""Load a file of vendors."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from stackbuilder.ingest.loader import InvalidVendors, load_vendors, read_file
from stackbuilder.models import Vendor


class Command(BaseCommand):
    """Read, check, write, report; nothing is written unless all of it is good."""

    help = "Load vendors and their listings from a JSON file."

    def add_arguments(self, parser):
        """Take the file and how to treat what is there already."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="Write nothing.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Also over rows that a person has edited."
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing if there are vendors already."
        )

    def handle(self, *, file, check, overwrite, **options):
        """Load the file, or name everything that keeps it from being loaded."""
        if options["if_empty"] and Vendor.objects.exists():
            self.stdout.write("Vendors are loaded already.")
            return
        try:
            vendors = read_file(file)
            tally = None if check else load_vendors(vendors, overwrite=overwrite)
        except InvalidVendors as error:
            problems = "\n".join(str(problem) for problem in error.problems)
            raise CommandError(f"Nothing was written.\n{problems}") from error
        if tally is None:
            self.stdout.write(f"No problem found among {len(vendors.vendors)} vendors.")
        else:
            self._report(tally)

    def _report(self, tally):
        """Say what was written and what was left."""
        for (what, name), ids in tally.rows.items():
            self.stdout.write(f"{len(ids)} {name} {what}")
        for line in tally.left:
            self.stdout.write(self.style.WARNING(f"Left alone: {line}"))
        if not tally.wrote:
            self.stdout.write("Nothing had changed.")
