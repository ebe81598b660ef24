"""Look studies up at PubMed or Crossref and, if wanted, store them."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from evidence.choices import Design
from evidence.imports.fetching import PUBLIC, Addresses, FetchError, fetch_study
from evidence.imports.preview import FACTS, preview
from evidence.imports.storing import Choice, Done, store

# A retraction is an act of its own, on the study's page in the admin, which shows what it moves.
TAKEN = tuple(fact for fact in FACTS if fact != "status")


class Command(BaseCommand):
    """Print what is new or different, as the preview of an import does; --save writes it."""

    help = "Fetch studies by PMID (PubMed) or DOI (Crossref) and show what is new or different."

    def add_arguments(self, parser):
        """Take what to fetch, whether to save it and as whom."""
        parser.add_argument("identifiers", nargs="+", metavar="PMID|DOI")
        parser.add_argument("--save", action="store_true", help="Store it; needs --by.")
        parser.add_argument("--by", metavar="USERNAME", help="Whose act it is, for the history.")
        parser.add_argument(
            "--design", choices=Design.values, default="", help="Of new studies without one."
        )
        parser.add_argument(
            "--take",
            action="append",
            choices=TAKEN,
            default=[],
            metavar="FIELD",
            help="Of a known study, take this over where it differs; may be repeated.",
        )
        parser.add_argument("--pubmed-address", default=PUBLIC.pubmed, help="Of a mirror.")
        parser.add_argument("--crossref-address", default=PUBLIC.crossref, help="Of a mirror.")

    def handle(self, *, identifiers, save, by, **options):
        """Fetch one after the other; a study that cannot be had does not stop the rest."""
        user = self._user(by) if save else None
        addresses = Addresses(options["pubmed_address"], options["crossref_address"])
        failed = []
        for identifier in identifiers:
            try:
                read = fetch_study(identifier, addresses=addresses)
            except FetchError as error:
                failed.append(f"{identifier}: {error}")
                continue
            for row in preview(read):
                self._show(row)
                if user and row.candidate:
                    self._save(read, row, user, options)
        if failed:
            raise CommandError("\n".join(failed))

    def _user(self, username):
        user = get_user_model().objects.filter(username=username or "", is_active=True).first()
        if user is None:
            raise CommandError("--save needs --by with the name of somebody who may log in.")
        return user

    def _show(self, row):
        """Print one row: what it is, what differs, what was odd."""
        if row.candidate:
            one = row.candidate
            self.stdout.write(f"{str(row.state).capitalize()}: {one.title}")
            facts = (one.journal, one.year, one.design, one.status, one.key)
            self.stdout.write(f"  {', '.join(str(fact) for fact in facts if fact)}")
        for one in row.differences:
            self.stdout.write(f"  {one.field}: here {one.held!r}, there {one.given!r}")
        for problem in (*row.problems, *row.notes):
            self.stdout.write(self.style.WARNING(f"  {problem}"))

    def _save(self, read, row, user, options):
        """Store one row and say what became of it."""
        fields = frozenset(options["take"]) & {one.field for one in row.differences}
        design = options["design"] if row.needs_design else ""
        stored = store(read, [Choice(row.number, row.mark, fields, design)], by=user)
        for done in stored.rows:
            style = self.style.WARNING if done.done is Done.LEFT else self.style.SUCCESS
            message = " ".join((f"  {str(done.done).capitalize()}.", *done.messages))
            self.stdout.write(style(message))
        if stored.publication:
            self.stdout.write(f"  Evidence version {stored.publication.version.number}")
