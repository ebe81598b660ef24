"""What a visit leaves behind on the site: rows, files and lines of the logs, as text to search."""

import sqlite3
from contextlib import closing
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


def stored(site):
    """Return every row of every table, as text."""
    if site.database_url.startswith("postgres"):
        return _stored_in_postgresql(site.database_url)
    path = "/" + urlsplit(site.database_url).path.lstrip("/")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in names.fetchall()]
        return {
            f"{table}: {row!r}"
            for table in tables
            # A table's name comes from the database itself.
            for row in connection.execute(f'SELECT * FROM "{table}"')
        }


def _stored_in_postgresql(url):
    with psycopg.connect(url) as connection:
        tables = [name for (name,) in connection.execute(TABLES).fetchall()]
        return {
            f"{table}: {row!r}"
            for table in tables
            for row in connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
        }


def logged(site, since=(0, 0)):
    """Return what each of both logs holds beyond so many characters."""
    logs = site.access_log.read_text(), site.error_log.read_text()
    return tuple(log[start:] for log, start in zip(logs, since, strict=True))


def log_lengths(site):
    """Return how long both logs are now."""
    return tuple(len(log) for log in logged(site))


def kept_files(site):
    """Return the text of every small file in the site's own folder, the database aside."""
    files = (path for path in site.data_dir.rglob("*") if path.is_file())
    return {
        str(path): path.read_text(encoding="utf-8", errors="replace")
        for path in files
        if "static" not in path.relative_to(site.data_dir).parts
    }
