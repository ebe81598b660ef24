"""Load a folder of catalogue files."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from evidence.ingest.loader import InvalidEvidence, load_catalogue, read_folder
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
            catalogue = read_folder(folder)
        except InvalidEvidence as error:
            problems = "\n".join(str(problem) for problem in error.problems)
            raise CommandError(f"Nothing was written.\n{problems}") from error
        if check:
            self.stdout.write(f"{len(catalogue.compounds)} compounds, no problem found.")
            return
        with tqdm(
            total=len(catalogue.compounds), unit="compound", disable=not sys.stderr.isatty()
        ) as bar:
            loaded = load_catalogue(
                catalogue,
                draft=draft,
                overwrite=overwrite,
                progress=lambda name: bar.update(),
            )
        self._report(loaded)

    def _report(self, loaded):
        """Say what was written and what was left."""
        for verb, counts in (("new", loaded.tally.created), ("changed", loaded.tally.changed)):
            for name, count in counts.items():
                self.stdout.write(f"{count} {name} {verb}")
        for line in loaded.tally.left:
            self.stdout.write(self.style.WARNING(f"Left alone: {line}"))
        if loaded.publication is None:
            self.stdout.write("Nothing had changed.")
        else:
            self.stdout.write(
                f"{len(loaded.publication.profiles)} profiles made, "
                f"evidence version {loaded.publication.version.number}"
            )
