"""Files into an empty database and out again: one pass of a round trip."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.named_rows import named_rows


@dataclass(frozen=True)
class Pass:
    """What one pass left: the rows after the load, the files, and what the dump cost and said."""

    rows: dict[str, list[dict]]
    folder: Path
    files: dict[str, bytes]
    queries: int
    said: str


def files_of(folder):
    """Return {name: bytes} of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def one_pass(source: Path, target: Path, *, draft=False, edit: Callable = lambda: None) -> Pass:
    """Load `source`, `edit` what was loaded, dump it into `target`, and empty the database again.

    With `draft` both the load and the dump are of drafts.
    """
    loading, dumping = (["--draft"], ["--drafts"]) if draft else ([], [])
    output = StringIO()
    with transaction.atomic():
        call_command("load_evidence", source, *loading, stdout=StringIO())
        if (source / "articles").is_dir():
            call_command("load_articles", source / "articles", *loading, stdout=StringIO())
        edit()
        rows = named_rows()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            call_command("dump_evidence", target, *dumping, stdout=output)
        transaction.set_rollback(True)
    return Pass(rows, target, files_of(target), len(queries), output.getvalue())
