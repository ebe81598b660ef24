"""The runner of both suites counts tests rightly and cannot pass by accident."""

import os

import pytest

from tests.both_databases import Outcome, faults, read_counts, server_version, table

PASSED = Outcome("SQLite", "SQLite 3.45", passed=7, skipped=1, failed=0, exit_code=0)
REPORT = """<testsuites><testsuite>
  <testcase classname="tests.a" name="test_one"/>
  <testcase classname="tests.a" name="test_two"><skipped message="no browser"/></testcase>
  <testcase classname="tests.a" name="test_three"><failure message="no"/></testcase>
  <testcase classname="tests.a" name="test_three"><error message="teardown"/></testcase>
  <testcase classname="tests.b" name="test_one"><error message="setup"/></testcase>
  <testcase classname="tests.b" name="test_two"/>
  <testcase classname="tests.b" name="test_two"><error message="teardown"/></testcase>
</testsuite></testsuites>"""


def test_read_counts_takes_each_test_once(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert read_counts(report) == (1, 1, 3)


def test_read_counts_without_a_report_is_nothing(tmp_path):
    assert read_counts(tmp_path / "missing.xml") == (0, 0, 0)


def test_faults_of_two_equal_runs_are_none():
    other = Outcome("PostgreSQL", "PostgreSQL 18.0", 7, 1, 0, 0)

    assert faults([PASSED, other]) == []


@pytest.mark.parametrize(
    "other",
    [
        Outcome("PostgreSQL", "PostgreSQL 18.0", passed=6, skipped=1, failed=0, exit_code=0),
        Outcome("PostgreSQL", "PostgreSQL 18.0", passed=6, skipped=2, failed=0, exit_code=0),
        Outcome("PostgreSQL", "PostgreSQL 18.0", passed=6, skipped=1, failed=1, exit_code=1),
        Outcome("PostgreSQL", "PostgreSQL 18.0", passed=7, skipped=1, failed=0, exit_code=3),
        Outcome("PostgreSQL", "PostgreSQL 18.0", passed=0, skipped=0, failed=0, exit_code=5),
    ],
)
def test_faults_finds_a_run_that_failed_or_differs(other):
    assert faults([PASSED, other])


def test_table_shows_versions_and_counts():
    text = table([PASSED, Outcome("PostgreSQL", "PostgreSQL 18.0", 7, 1, 0, 0)])

    assert "SQLite 3.45" in text
    assert text.splitlines()[2].split() == ["PostgreSQL", "PostgreSQL", "18.0", "7", "1", "0"]


def test_server_version_is_that_of_the_database_in_use():
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    name = {"sqlite3": "SQLite", "postgresql": "PostgreSQL"}[engine]
    url = os.environ.get("DATABASE_URL")

    assert server_version(url).startswith(name)
