"""What every command that loads files shares: its options, its refusals and its report."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evidence.ingest.problems import InvalidFiles


class LoadCommand(BaseCommand):
    """Read, check, write, report; nothing is written unless all of it is good.

    A command says what it loads (`rows`, in the plural) and from what (`source`), and
    writes its own `load`, which returns the tally and a last line to print, if any.
    """

    rows = "rows"
    source = "folder"

    def add_arguments(self, parser):
        """Take the files and how to treat what is there already."""
        parser.add_argument(self.source, type=Path)
        parser.add_argument("--check", action="store_true", help="Write nothing.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Also over rows that a person has edited."
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help=f"Do nothing if there are {self.rows} already.",
        )

    def handle(self, *, if_empty, **options):
        """Load the files, or name everything that keeps them from being loaded."""
        if if_empty and self.is_loaded():
            self.stdout.write(f"The {self.rows} are loaded already.")
            return
        try:
            self.load(options.pop(self.source), **options)
        except InvalidFiles as error:
            problems = "\n".join(str(problem) for problem in error.problems)
            raise CommandError(f"Nothing was written.\n{problems}") from error

    def report(self, tally):
        """Say what was written and what was left."""
        for (what, name), ids in tally.rows.items():
            self.stdout.write(f"{len(ids)} {name} {what}")
        for line in tally.left:
            self.stdout.write(self.style.WARNING(f"Left alone: {line}"))
        if not tally.wrote:
            self.stdout.write("Nothing had changed.")

    def report_publication(self, tally, publication):
        """Say which evidence version the load opened, if any."""
        self.report(tally)
        if publication is not None:
            if publication.profiles:
                self.stdout.write(f"{len(publication.profiles)} profiles made")
            self.stdout.write(f"Evidence version {publication.version.number}")
        elif tally.wrote:
            self.stdout.write("Nothing public changed.")
