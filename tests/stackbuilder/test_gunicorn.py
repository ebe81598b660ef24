"""The server's settings, read as gunicorn reads them, and what its log says of a visitor."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT

LINE = re.compile(r'<(\d+)> \[.+?\] "(GET|POST) (\S+) HTTP/1\.1" (\d{3}) (\d+) ([\d.]+)s')


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess:
    """Let gunicorn read its configuration, print it, and stop."""
    command = [sys.executable, "-m", "gunicorn", "--config=python:stackbuilder.gunicorn"]
    return subprocess.run(
        [*command, "--print-config", "stackbuilder.wsgi"],
        cwd=ROOT,
        env={"DATA_DIR": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_gunicorn_takes_port_and_workers_from_the_environment(tmp_path):
    done = start(tmp_path, PORT="8123", WEB_CONCURRENCY="3")

    printed = dict(re.findall(r"^(\w+)\s+= (.*)$", done.stdout, re.MULTILINE))
    assert printed["bind"] == "['127.0.0.1:8123']"
    assert printed["workers"] == "3"
    assert printed["limit_request_line"] == "8190"


def test_gunicorn_has_two_workers_by_default(tmp_path):
    done = start(tmp_path)

    assert re.search(r"^workers\s+= 2$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("value", ["http", "0", "70000", ""])
def test_gunicorn_with_a_bad_port_says_so_in_one_line(tmp_path, value):
    done = start(tmp_path, PORT=value)

    assert done.returncode == 1
    assert "PORT=8000" in done.stderr
    assert len(done.stderr.splitlines()) == 1
