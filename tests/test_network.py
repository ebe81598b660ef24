"""Tests reach this machine and no other."""

import socket

import pytest

from tests.conftest import NetworkError, is_local


@pytest.mark.parametrize("address", [("93.184.215.14", 80), ("2606:4700::1", 443, 0, 0)])
def test_connection_to_another_machine_is_refused(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET

    with socket.socket(family) as outward, pytest.raises(NetworkError, match="connect"):
        outward.connect(address)


def test_name_of_another_machine_is_not_looked_up():
    with pytest.raises(NetworkError, match="may not look up"):
        socket.getaddrinfo("example.org", 443)


def test_connection_to_this_machine_is_made():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as inward,
    ):
        assert inward.getpeername() == server.getsockname()


@pytest.mark.parametrize("address", ["/run/socket", ("::1", 80, 0, 0), ("localhost", 80)])
def test_path_and_loopback_are_local(address):
    assert is_local(address)
