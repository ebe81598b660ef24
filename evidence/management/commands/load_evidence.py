"""Load a folder of catalogue files."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from evidence.ingest.folder import InvalidEvidence, read_folder
from evidence.ingest.loader import load_catalogue
from evidence.models import Compound


class Command(BaseCommand):
    """Read, check, write, report; nothing is written unless all of it is good."""

    help = "Load compounds/*.json and, if there, goals.json from a folder, and publish them."

    def add_arguments(self, parser):
        """Take the folder and how to treat what is there already."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="Write nothing.")
        parser.add_argument("--draft", action="store_true", help="Leave new rows unpublished.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Also over rows that a person has edited."
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing if there are compounds already."
        )

    def handle(self, *, folder, check, draft, overwrite, **options):
        """Load the folder, or name everything that keeps it from being loaded."""
        if options["if_empty"] and Compound.objects.exists():
            self.stdout.write("The catalogue is loaded already.")
            return
        try:
            contents = read_folder(folder)
        except InvalidEvidence as error:
            problems = "\n".join(str(problem) for problem in error.problems)
            raise CommandError(f"Nothing was written.\n{problems}") from error
        if check:
            self.stdout.write(f"{len(contents.compounds)} compounds, no problem found.")
            return
        self._report(self._load(contents, draft=draft, overwrite=overwrite))

    def _load(self, contents, **how):
        """Write it all, with a progress bar on a terminal."""
        total, is_quiet = len(contents.compounds), not sys.stderr.isatty()
        try:
            with tqdm(total=total, unit="compound", disable=is_quiet) as bar:
                return load_catalogue(contents, progress=lambda name: bar.update(), **how)
        except DatabaseError as error:
            # For example a name that a compound outside the folder has already.
            message = f"Nothing was written: the database refused it.\n{error}"
            raise CommandError(message) from error

    def _report(self, loaded):
        """Say what was written and what was left."""
        for (what, name), ids in loaded.tally.rows.items():
            self.stdout.write(f"{len(ids)} {name} {what}")
        for line in loaded.tally.left:
            self.stdout.write(self.style.WARNING(f"Left alone: {line}"))
        if not loaded.tally.wrote:
            self.stdout.write("Nothing had changed.")
        elif loaded.publication is None:
            self.stdout.write("Nothing public changed.")
        else:
            self.stdout.write(
                f"{len(loaded.publication.profiles)} profiles made, "
                f"evidence version {loaded.publication.version.number}"
            )
