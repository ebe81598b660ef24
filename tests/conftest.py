"""What stands for every test: no network, plain static files, and a word on the database."""

import gc
import ipaddress
import os
import socket

import pytest
from django.test.utils import override_settings

from tests.both_databases import server_version

pytest_plugins = ["tests.browser", "tests.live"]

# Production reads hashed names from a manifest that only collectstatic makes; tests make none.
TEST_SETTINGS = override_settings(
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    WHITENOISE_AUTOREFRESH=True,
    # The real hasher is slow on purpose, which tells a test nothing.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
)


class NetworkError(Exception):
    """A test reached for another machine."""


def is_local(address: object) -> bool:
    """Tell whether a socket address stays on this machine (a path, or a loopback host)."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuse every connection and every look-up of a name outside this machine."""
    real_connect, real_getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def connect(self, address):
        if not is_local(address):
            raise NetworkError(f"tests may not connect to {address}")
        return real_connect(self, address)

    def getaddrinfo(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_local((name,)):
            raise NetworkError(f"tests may not look up {name}")
        return real_getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.hookimpl(trylast=True)
def pytest_configure():
    TEST_SETTINGS.enable()


def pytest_collection_finish():
    """Leave ten thousand tests out of every search for garbage from here on: it takes minutes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure():
    TEST_SETTINGS.disable()


def pytest_report_header():
    return f"database: {server_version(os.environ.get('DATABASE_URL'))}"
