"""Write the evidence as the catalogue's files."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize
from django.utils import timezone
from tqdm import tqdm

from evidence.ingest.dumped_folder import CannotDump, DumpFolder
from evidence.ingest.dumping import dump, plan_dump
from evidence.snapshot import one_moment

# More keys than this are only counted.
MOST_NAMED = 10


class Command(BaseCommand):
    """Dump what is public, or drafts too; `load_evidence` and `load_articles` read it back."""

    help = (
        "Write goals.json, compounds/*.json and articles/*.md into a folder, as they stand now: "
        "all that is public or, with --drafts, all but what was withdrawn. load_evidence FOLDER "
        "and load_articles FOLDER/articles read them again. Who changed what is not in them."
    )

    def add_arguments(self, parser):
        """Take the folder, and what and how much it may hold."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--drafts",
            action="store_true",
            help="Also what is not public; the files do not say which, so load them with --draft.",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="Also into a folder with files that no dump wrote; replaces those of its names.",
        )

    def handle(self, *, folder, drafts, force, **options):
        """Write the files, then say what a load would not take as it is."""
        with one_moment():
            plan = plan_dump(timezone.now(), drafts=drafts)
            if not plan.compounds:
                raise CommandError(
                    "Nothing was written: there is no compound."
                    if drafts
                    else "Nothing was written: no compound is public (--drafts dumps the others)."
                )
            dumped = self._write(plan, DumpFolder(folder, force))
        self._report(plan, dumped)

    def _write(self, plan, folder):
        """Write it all, with a progress bar on a terminal."""
        try:
            with tqdm(total=len(plan.files), unit="file", disable=not sys.stderr.isatty()) as bar:
                return dump(plan, folder, progress=bar.update)
        except CannotDump as error:
            raise CommandError(str(error)) from error

    def _report(self, plan, dumped):
        """Say what was written, and what a load of it would miss or refuse."""
        counts = (
            (len(plan.compounds), "compound"),
            (dumped.findings, "finding"),
            (len(plan.articles), "article"),
        )
        written = ", ".join(f"{count} {name}{pluralize(count)}" for count, name in counts)
        self.stdout.write(f"{written} written.")
        if plan.drafts:
            what = "The files do not say what is public: a load without --draft publishes it all."
            self.stdout.write(self.style.WARNING(what))
        if dumped.left_out:
            named = dumped.left_out[:MOST_NAMED]
            more = len(dumped.left_out) - len(named)
            tail = f" and {more} more" if more else ""
            what = f"Left out, as nothing rests on them: {', '.join(named)}{tail}"
            self.stdout.write(self.style.WARNING(what))
        for name in dumped.alongside:
            self.stdout.write(self.style.WARNING(f"Not from this dump: {name}"))
        for problem in dumped.problems:
            self.stdout.write(self.style.WARNING(f"A load will refuse this: {problem}"))
