"""Compare our studies with a list of retractions; change nothing."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from evidence.imports.notices import NoNotices, read_notices
from evidence.imports.retractions import proposals


class Command(BaseCommand):
    """Print which studies are concerned, and the status each has and should get."""

    help = "Read a CSV in Retraction Watch's format and propose what to mark; writes nothing."

    def add_arguments(self, parser):
        """Take the file and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the proposals as JSON.")

    def handle(self, *, file, **options):
        """Read the file as a stream and print the proposals."""
        try:
            with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                found = proposals(read_notices(lines))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except NoNotices as error:
            raise CommandError(f"{file.name}: {error}") from error
        if options["json"]:
            rows = [proposal_row(one) for one in found]
            self.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False))
        else:
            self._report(found)

    def _report(self, found):
        """Print one paragraph a study, and what it comes to."""
        for one in found:
            status = f"{one.study.status} → {one.proposed}" if one.is_change else "no change"
            self.stdout.write(f"{one.study.key}: {status} (by {one.matched_by})")
            self.stdout.write(f"  {one.study}")
            self.stdout.write(f"  {one.n_public} public finding{pluralize(one.n_public)}")
            for notice in one.notices:
                facts = (notice.nature, notice.on, notice.notice_doi, *notice.reasons)
                self.stdout.write(f"  {', '.join(str(fact) for fact in facts if fact)}")
        changes = sum(one.is_change for one in found)
        self.stdout.write(
            f"{len(found)} of our studies named, {changes} to change. Nothing was written."
        )


def proposal_row(one):
    """Return a proposal as JSON holds it."""
    return {
        "study": one.study.key,
        "title": one.study.title,
        "matched_by": one.matched_by,
        "status": one.study.status,
        "proposed": one.proposed,
        "public_findings": one.n_public,
        "notices": [
            {
                "record": notice.record,
                "nature": str(notice.nature),
                "on": notice.on.isoformat() if notice.on else None,
                "doi": notice.notice_doi or None,
                "reasons": list(notice.reasons),
            }
            for notice in one.notices
        ],
    }
