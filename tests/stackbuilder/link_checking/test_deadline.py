"""An answer that never ends is ended."""

import socket
from types import SimpleNamespace

import pytest

from stackbuilder.link_checking.deadline import Deadline


def opened(connection):
    return {"return_value": SimpleNamespace(get_extra_info=lambda name: connection)}


@pytest.mark.parametrize(
    "event", ["connection.connect_tcp.complete", "connection.start_tls.complete"]
)
def test_connection_is_cut_when_time_is_up(event):
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(10)

        with Deadline(0.01) as deadline:
            deadline.watch(event, opened(near))
            received = near.recv(1)

        # The other side sent nothing and is open.
        assert received == b""
        assert far.recv(1) == b""


def test_connection_that_ended_in_time_is_left_alone():
    near, far = socket.socketpair()
    with near, far:
        with Deadline(60) as deadline:
            deadline.watch("connection.connect_tcp.complete", opened(near))
        far.sendall(b"a")

        assert near.recv(1) == b"a"


def test_time_that_is_up_before_there_is_a_connection_cuts_nothing():
    near, far = socket.socketpair()
    with near, far:
        deadline = Deadline(60)
        deadline.watch("http11.send_request_headers.complete", {"return_value": None})

        deadline._cut()

        far.sendall(b"a")
        assert near.recv(1) == b"a"
