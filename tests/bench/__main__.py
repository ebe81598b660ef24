"""`make bench`: medians with their spread, as a table, and as JSON with --json FILE.

Each size runs in a process and on a database of its own: SQLite, or the PostgreSQL server that
TEST_DATABASE_URL names. The best stack, which needs neither, comes last. Nothing here passes or
fails.
"""

# ruff: noqa: T201 what this prints is its result

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import assembly
from tests.live import ROOT, fresh_database, site_environment

SIZES = (50, 500, 5000)


def main():
    """Measure every size and print what came out."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="compounds")
    parser.add_argument("--json", type=Path, help="also write all values here")
    asked = parser.parse_args()
    if server := os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = server
    results = {size: measured(size) for size in asked.sizes}
    print_table(results)
    stacks = {size: assembly.measure(size) for size in assembly.SIZES}
    print()
    print_table(stacks)
    if asked.json:
        machine = {"python": platform.python_version(), "cpus": os.cpu_count()}
        figures = {"machine": machine, "compounds": results, "stacks": stacks}
        asked.json.write_text(json.dumps(figures, indent=1))


def measured(size):
    """Return the figures of one size, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as name, fresh_database(Path(name)) as database_url:
        environment = site_environment(Path(name), database_url)
        environment["DJANGO_SETTINGS_MODULE"] = "stackbuilder.settings"
        command = [sys.executable, "-m", "tests.bench.one_size", str(size)]
        print(f"{size} compounds …", file=sys.stderr)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(done.stdout)


def print_table(results):
    """Print a row a figure and a column a size: median, and least to most where repeated."""
    print(f"{'':34}" + "".join(f"{f'{size} compounds':>28}" for size in results))
    for name in next(iter(results.values())):
        print(f"{name:34}" + "".join(f"{shown(name, r[name]):>28}" for r in results.values()))


def shown(name, values):
    """Return a figure with its unit and spread."""
    has_unit = name.endswith(("MB", "compressed", "%"))
    scale, unit = (1, "") if has_unit else (1000, " ms")
    median = f"{statistics.median(values) * scale:,.1f}{unit}"
    if len(values) == 1:
        return median
    return f"{median} ({min(values) * scale:,.1f}–{max(values) * scale:,.1f})"


if __name__ == "__main__":
    main()
