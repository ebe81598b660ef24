"""A web on this machine for every test that follows links."""

import pytest

from tests.link_server import local_web


@pytest.fixture
def web():
    """A server of several named hosts, empty at first."""
    with local_web() as web:
        yield web
