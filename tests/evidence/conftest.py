"""Acts of several people at the same time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from django.db import connection, connections


@pytest.fixture
def own_connection(tmp_path, transactional_db):
    """Return a function that gives the thread which calls it a connection of its own.

    The suite's SQLite lives in memory, where a second connection never waits but fails. So a copy
    of it becomes a file, as in production, on which the test goes on.
    """
    usual = connections["default"]
    path = tmp_path / "database.sqlite3"

    def own_connection():
        mine = usual.copy()
        if mine.vendor == "sqlite":
            mine.settings_dict["NAME"] = str(path)
        connections["default"] = mine
        return mine

    if usual.vendor == "sqlite":
        own_connection()
        usual.ensure_connection()
        connection.ensure_connection()
        usual.connection.backup(connection.connection)
    yield own_connection
    connections["default"].close()
    connections["default"] = usual


@pytest.fixture
def all_at_once(own_connection):
    """Return a function that runs acts side by side and returns what they returned."""

    def all_at_once(*acts):
        start = Barrier(len(acts))

        def run(act):
            with closing(own_connection()):
                start.wait()
                return act()

        connection.close()
        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    return all_at_once
