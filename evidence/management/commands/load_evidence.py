"""Load a folder of catalogue files."""

import sys

from django.core.management.base import CommandError
from django.db import DatabaseError
from tqdm import tqdm

from evidence.ingest.folder import read_folder
from evidence.ingest.loader import load_catalogue
from evidence.management.loading import LoadCommand
from evidence.models import Compound


class Command(LoadCommand):
    """Load compounds and, if there, goals; --draft leaves what is new to the curators."""

    help = "Load compounds/*.json and, if there, goals.json from a folder, and publish them."
    rows = "compounds"

    def add_arguments(self, parser):
        """Take also whether to publish."""
        super().add_arguments(parser)
        parser.add_argument("--draft", action="store_true", help="Leave new rows unpublished.")

    def is_loaded(self):
        """Say whether there is a catalogue already."""
        return Compound.objects.exists()

    def load(self, folder, *, check, draft, overwrite, **options):
        """Read the folder and, unless only to check it, write it."""
        contents = read_folder(folder)
        if check:
            self.stdout.write(f"{len(contents.compounds)} compounds, no problem found.")
            return
        loaded = self._write(contents, draft=draft, overwrite=overwrite)
        self.report_publication(loaded.tally, loaded.publication)

    def _write(self, contents, **how):
        """Write it all, with a progress bar on a terminal."""
        total, is_quiet = len(contents.compounds), not sys.stderr.isatty()
        try:
            with tqdm(total=total, unit="compound", disable=is_quiet) as bar:
                return load_catalogue(contents, progress=lambda name: bar.update(), **how)
        except DatabaseError as error:
            # For example a name that a compound outside the folder has already.
            message = f"Nothing was written: the database refused it.\n{error}"
            raise CommandError(message) from error
