"""How much solving one client may ask for, and how much of it a process does at once.

Every client has a *bucket* of turns that refills steadily; a turn takes one out. Who a client is
stays in memory, as a hash under a key that dies with the process: nothing of an address is written,
logged or could be read back. The number of buckets is bounded, the one unused for longest goes
first. A process counts for itself, so several of them let through as many times more.

Beside that, only so many turns are taken at once, so that solving leaves threads for everybody who
only reads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from math import ceil
from secrets import token_bytes
from threading import BoundedSemaphore, Lock
from time import monotonic

__all__ = ["Buckets", "TurnRefusedError", "Turns", "client_of"]

BUSY_SECONDS = 2  # a turn takes a fraction of a second, and a few seconds at most
_IPV6_NETWORK = 64  # bits: what one household is given, so what one client may choose freely from


class TurnRefusedError(Exception):
    """No turn now: ask again after `seconds`. `is_busy` says that it is not the client's doing."""

    def __init__(self, seconds: int, *, is_busy: bool) -> None:
        super().__init__(f"no turn for {seconds} seconds")
        self.seconds = seconds
        self.is_busy = is_busy


class Buckets:
    """A bucket of `burst` turns for each client; one more every `refill_seconds`."""

    def __init__(
        self,
        *,
        burst: int,
        refill_seconds: float,
        most_clients: int = 10_000,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.burst = burst
        self.refill_seconds = refill_seconds
        self.most_clients = most_clients
        self._clock = clock
        self._key = token_bytes(32)
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many clients are remembered."""
        return len(self._left)

    def take(self, client: str) -> float:
        """Take a turn and return 0, or the seconds until there is one."""
        who, now = blake2b(client.encode(), key=self._key, digest_size=16).digest(), self._clock()
        with self._lock:
            left, since = self._left.pop(who, (float(self.burst), now))
            left = min(float(self.burst), left + max(0.0, now - since) / self.refill_seconds)
            is_given = left >= 1
            self._left[who] = (left - is_given, now)
            while len(self._left) > self.most_clients:
                self._left.popitem(last=False)
        return 0.0 if is_given else (1 - left) * self.refill_seconds

    def forget(self) -> None:
        """Drop every client; for tests, all of which come from one address."""
        with self._lock:
            self._left.clear()


class Turns:
    """Turns at something costly: each from a client's bucket, and `at_once` at the same time."""

    def __init__(self, buckets: Buckets, *, at_once: int) -> None:
        self.buckets = buckets
        self._places = BoundedSemaphore(at_once)

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """Hold a turn. Raises TurnRefusedError, at once and not after waiting, if there is none."""
        if not self._places.acquire(blocking=False):
            raise TurnRefusedError(BUSY_SECONDS, is_busy=True)
        try:
            if wait := self.buckets.take(client):
                raise TurnRefusedError(max(1, ceil(wait)), is_busy=False)
            yield
        finally:
            self._places.release()


def client_of(meta: Mapping[str, str], *, is_behind_proxy: bool) -> str:
    """Return who asks, by the address that reached us or that our own proxy vouches for.

    A proxy adds the address that it saw at the end; what stands before may be anybody's invention.
    Addresses of one IPv6 network are one client.
    """
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "") if is_behind_proxy else ""
    text = forwarded.rpartition(",")[2].strip() or meta.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), _IPV6_NETWORK), strict=False))
