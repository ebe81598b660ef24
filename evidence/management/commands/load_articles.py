"""Load a folder of articles."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from evidence.ingest.articles import load_articles, read_articles
from evidence.ingest.folder import InvalidEvidence
from evidence.models import Article


class Command(BaseCommand):
    """Read, check, write, report; nothing is written unless all of it is good."""

    help = "Load *.md from a folder, and publish them; load the evidence that they cite first."

    def add_arguments(self, parser):
        """Take the folder and how to treat what is there already."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="Write nothing.")
        parser.add_argument("--draft", action="store_true", help="Leave new articles unpublished.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Also over articles that a person has edited."
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing if there are articles already."
        )

    def handle(self, *, folder, check, draft, overwrite, **options):
        """Load the folder, or name everything that keeps it from being loaded."""
        if options["if_empty"] and Article.objects.exists():
            self.stdout.write("The articles are loaded already.")
            return
        try:
            articles = read_articles(folder, draft=draft)
        except InvalidEvidence as error:
            problems = "\n".join(str(problem) for problem in error.problems)
            raise CommandError(f"Nothing was written.\n{problems}") from error
        if check:
            count = len(articles)
            self.stdout.write(f"{count} article{pluralize(count)}, no problem found.")
            return
        self._report(load_articles(articles, draft=draft, overwrite=overwrite))

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
            self.stdout.write(f"Evidence version {loaded.publication.version.number}")
