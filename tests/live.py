"""A site as an operator runs it: gunicorn, two workers, DEBUG off, the real catalogue.

It lives in processes and in a database of its own, so a test can look at what several workers do
together and no test's transaction hides anything from them.
"""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 120
SECONDS_TO_LOG = 10
BOOTED = re.compile(r"Booting worker with pid: (\d+)")
SERVED = re.compile(r"^<(\d+)>", re.MULTILINE)


@dataclass(frozen=True)
class Site:
    """A running site and how to reach into it."""

    url: str
    database_url: str
    data_dir: Path
    environment: dict[str, str]
    access_log: Path
    error_log: Path
    process: subprocess.Popen

    def manage(self, *arguments: str, **variables: str) -> str:
        """Run a management command on the site's database and return what it printed."""
        return manage(*arguments, environment=self.environment | variables)

    def worker_pids(self) -> set[int]:
        """Return the processes that gunicorn started to answer requests."""
        return {int(pid) for pid in BOOTED.findall(self.error_log.read_text())}

    def serving_pids(self) -> list[int]:
        """Return which worker answered each request so far, in order."""
        return [int(pid) for pid in SERVED.findall(self.access_log.read_text())]

    def logged(self, text: str) -> str:
        """Return the access log's line that holds `text`; it follows its answer by a moment."""
        deadline = time.monotonic() + SECONDS_TO_LOG
        while time.monotonic() < deadline:
            lines = self.access_log.read_text().splitlines()
            if found := [line for line in lines if text in line]:
                return found[-1]
            time.sleep(0.02)
        return pytest.fail(f"no request with {text} was logged", pytrace=False)


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """Run `manage.py` in a process of its own and return its output, or fail with it."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def fresh_database(folder: Path):
    """Give the address of an empty database beside the one the suite runs on."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'stackbuilder.sqlite3'}"
        return
    name = f"live_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(url: str, process: subprocess.Popen, error_log: Path) -> None:
    """Return once /healthz answers; fail with gunicorn's own words if it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the site did not start:\n{error_log.read_text()}", pytrace=False)


@contextmanager
def running_site(folder: Path, database_url: str, **variables: str):
    """Fill the database with the shipped catalogue, serve it, and stop serving afterwards."""
    environment = site_environment(folder, database_url, **variables)
    manage("migrate", "--verbosity=0", environment=environment)
    manage("load_evidence", "evidence/data", environment=environment)
    manage("load_articles", "evidence/data/articles", environment=environment)
    manage("load_vendors", "stackbuilder/data/vendors.json", environment=environment)
    with serving(folder, environment) as running:
        yield running


def site_environment(folder: Path, database_url: str, **variables: str) -> dict[str, str]:
    """Return the variables of a production site that keeps all it writes in `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder / "var"),
        "DATABASE_URL": database_url,
        "PORT": str(free_port()),
        "WEB_CONCURRENCY": "2",
        **variables,
    }


@contextmanager
def serving(folder: Path, environment: dict[str, str]):
    """Serve a filled database by gunicorn, and stop serving afterwards."""
    manage("collectstatic", "--no-input", "--verbosity=0", environment=environment)
    access_log, error_log = folder / "access.log", folder / "error.log"
    command = [sys.executable, "-m", "gunicorn", "--config=python:stackbuilder.gunicorn"]
    command.append("stackbuilder.wsgi")
    with access_log.open("wb") as out, error_log.open("wb") as err:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err)
    url = f"http://127.0.0.1:{environment['PORT']}"
    database_url, data_dir = environment["DATABASE_URL"], Path(environment["DATA_DIR"])
    try:
        wait_until_healthy(url, process, error_log)
        yield Site(url, database_url, data_dir, environment, access_log, error_log, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site, shared by all tests that ask for it: leave its evidence as you found it."""
    folder = tmp_path_factory.mktemp("site")
    with fresh_database(folder) as database_url, running_site(folder, database_url) as running:
        yield running
