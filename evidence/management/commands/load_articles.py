"""Load a folder of articles."""

from django.template.defaultfilters import pluralize

from evidence.ingest.articles import load_articles, read_articles
from evidence.management.loading import LoadCommand
from evidence.models import Article


class Command(LoadCommand):
    """Load articles; --draft leaves new ones to the curators."""

    help = "Load *.md from a folder, and publish them; load the evidence that they cite first."
    rows = "articles"

    def add_arguments(self, parser):
        """Take also whether to publish."""
        super().add_arguments(parser)
        parser.add_argument("--draft", action="store_true", help="Leave new articles unpublished.")

    def is_loaded(self):
        """Say whether there are articles already."""
        return Article.objects.exists()

    def load(self, folder, *, check, draft, overwrite, **options):
        """Read the folder and, unless only to check it, write it."""
        articles = read_articles(folder, draft=draft)
        if check:
            count = len(articles)
            self.stdout.write(f"{count} article{pluralize(count)}, no problem found.")
            return
        loaded = load_articles(articles, draft=draft, overwrite=overwrite)
        self.report_publication(loaded.tally, loaded.publication)
