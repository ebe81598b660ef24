"""An end to an answer that comes a byte at a time.

The time-out of a connection begins anew with every byte, so a server could hold a program for
days. A watch cuts the connection instead.
"""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any

_OPENED = ("connection.connect_tcp.complete", "connection.start_tls.complete")


class Deadline:
    """Cuts the connection of one request after some seconds; `watch` is httpx's trace."""

    def __init__(self, seconds: float) -> None:
        self._connection: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """Remember the connection once there is one, and again once it is encrypted."""
        if event in _OPENED:
            self._connection = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        if self._connection is not None:
            with suppress(OSError):
                # The plain shutdown: an encrypted one would first wait for the other side.
                socket.socket.shutdown(self._connection, socket.SHUT_RDWR)
