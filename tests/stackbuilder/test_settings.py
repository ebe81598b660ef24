"""Settings as an operator meets them: in a process of their own, by variables alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import json
from stackbuilder import settings
values = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(values, default=str))
"""

PRAGMAS = """
import django, json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "stackbuilder.settings"
django.setup()
from django.db import connection
names = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
with connection.cursor() as cursor:
    values = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
print(json.dumps(values))
"""


def run(*arguments, folder, **variables):
    """Run Python in the project with these variables and no others."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **variables}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def read_settings(folder, **variables):
    """Return every setting as plain values."""
    done = run("-W", "error", "-c", SHOW, folder=folder, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_settings_without_variables_are_for_production_on_this_machine(tmp_path):
    settings = read_settings(tmp_path)

    database = settings["DATABASES"]["default"]
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "stackbuilder.sqlite3")
    assert (tmp_path / "secret-key").read_text().strip() == settings["SECRET_KEY"]


def test_settings_keep_data_beside_the_code_unless_told():
    from stackbuilder import settings

    if "DATA_DIR" not in os.environ:
        assert settings.DATA_DIR == ROOT / "var"
    assert settings.STATIC_ROOT == settings.DATA_DIR / "static"


def test_settings_by_plain_http_ask_for_no_tls(tmp_path):
    settings = read_settings(tmp_path)

    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is False
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert settings["SECURE_PROXY_SSL_HEADER"] is None


def test_settings_with_https_secure_cookies_and_send_hsts(tmp_path):
    settings = read_settings(tmp_path, HTTPS="1")

    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_settings_with_postgresql_use_the_pool(tmp_path):
    settings = read_settings(tmp_path, DATABASE_URL="postgres://ann:pw@db.example/site")

    database = settings["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["OPTIONS"]["pool"]["max_size"] == settings["THREADS"]
    assert database["CONN_MAX_AGE"] == 0


def test_settings_with_debug_read_static_files_where_they_lie(tmp_path):
    settings = read_settings(tmp_path, DEBUG="1")

    assert settings["STORAGES"]["staticfiles"]["BACKEND"].endswith(".StaticFilesStorage")


def test_settings_know_nothing_of_an_operator_who_states_nothing(tmp_path):
    settings = read_settings(tmp_path)

    stated = {name: value for name, value in settings.items() if name.startswith("SITE_")}
    assert len(stated) == 5
    assert set(stated.values()) == {None}
    assert settings["EMAIL_BACKEND"].endswith(".dummy.EmailBackend")


def test_settings_send_reports_from_the_address_that_gets_them(tmp_path):
    settings = read_settings(
        tmp_path,
        SITE_REPORT_EMAIL="desk@example.org",
        EMAIL_URL="smtp+tls://desk:pw@mail.example.org",
    )

    assert settings["DEFAULT_FROM_EMAIL"] == settings["SITE_REPORT_EMAIL"] == "desk@example.org"
    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert settings["EMAIL_TIMEOUT"] == 10


@pytest.mark.parametrize(
    "name, value, remedy",
    [
        ("DEBUG", "flase", "DEBUG=1"),
        ("HTTPS", "maybe", "HTTPS=1"),
        ("PORT", "http", "PORT=8000"),
        ("WEB_CONCURRENCY", "0", "WEB_CONCURRENCY=2"),
        ("DATABASE_URL", "mysql://db.example/site", "DATABASE_URL=postgres://"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS=example.org"),
        ("CSRF_TRUSTED_ORIGINS", "example.org", "CSRF_TRUSTED_ORIGINS=https://example.org"),
        ("SECRET_KEY", "short", "SECRET_KEY=$(python"),
        ("TIME_ZONE", "Atlantis", "TIME_ZONE=Europe/Berlin"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=INFO"),
        ("DATA_DIR", "var", "DATA_DIR=/"),
        ("STAFF_SECOND_FACTOR", "maybe", "STAFF_SECOND_FACTOR=OPTIONAL"),
        ("SITE_OPERATOR_NAME", " ", "SITE_OPERATOR_NAME='"),
        ("SITE_OPERATOR_CONTACT", "Ann", "SITE_OPERATOR_CONTACT=desk@example.org"),
        ("SITE_FUNDING", "x" * 501, "SITE_FUNDING='"),
        ("SITE_DATA_LICENCE", "CC-BY", "SITE_DATA_LICENCE=CC-BY-4.0"),
        ("SITE_REPORT_EMAIL", "desk@example.org", "EMAIL_URL=smtp+tls://"),
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL=smtp+tls://"),
    ],
)
def test_command_with_a_bad_variable_prints_the_remedy_alone(tmp_path, name, value, remedy):
    done = run("manage.py", "check", folder=tmp_path, **{name: value})

    assert done.returncode == 1
    assert name in done.stderr
    assert remedy in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.django_db
def test_every_page_carries_the_strict_policy(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_every_page_carries_the_other_security_headers(client):
    headers = client.get("/healthz").headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


@pytest.mark.django_db
def test_health_check_is_answered_without_tls_where_pages_redirect(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/admin/").status_code == 301


def test_sqlite_is_set_up_for_several_processes(tmp_path):
    done = run("-c", PRAGMAS, folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,  # NORMAL
        "busy_timeout": 20_000,  # milliseconds
    }
