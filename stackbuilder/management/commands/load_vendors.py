"""Load a file of vendors."""

from evidence.management.loading import LoadCommand
from stackbuilder.ingest.loader import load_vendors, read_file
from stackbuilder.models import Vendor


class Command(LoadCommand):
    """Load vendors and their listings; no evidence version opens, since no rank can move."""

    help = "Load vendors and their listings from a JSON file."
    rows = "vendors"
    source = "file"

    def is_loaded(self):
        """Say whether there are vendors already."""
        return Vendor.objects.exists()

    def load(self, file, *, check, overwrite, **options):
        """Read the file and, unless only to check it, write it."""
        vendors = read_file(file)
        if check:
            self.stdout.write(f"No problem found among {len(vendors.vendors)} vendors.")
            return
        self.report(load_vendors(vendors, overwrite=overwrite))
