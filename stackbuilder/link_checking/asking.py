"""One question to a web server, asked politely: with a pause, in time, and not too often.

HEAD is asked first and GET where that did not do; of a page nothing but the head is read. A server
that is busy is asked again after a longer wait each time, one that asks for more patience than
that is left alone.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpx

from stackbuilder.link_checking.deadline import Deadline
from stackbuilder.link_checking.hosts import all_public, look_up

PROGRAM = "Stackbuilder"
USER_AGENT = f"{PROGRAM}/1 (follows the links that the site lists, to see that they answer)"
REQUESTS = 3
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 20.0
# A host may have several addresses; the first is down more rarely than not.
ADDRESSES = 2
_BUSY = frozenset({429, 500, 502, 503, 504})
_TOLD_TO_WAIT = frozenset({429, 503})


@dataclass(frozen=True)
class Outside:
    """The world that a program meets; a test has its own. Times are in seconds."""

    look_up: Callable[[str], Sequence[str]] = look_up
    # Without connections kept: two hosts at one address would share one.
    transport: httpx.BaseTransport = field(
        default_factory=lambda: httpx.HTTPTransport(
            trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )
    )
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    timeout: float = 10.0
    longest_answer: float = 30.0
    pause: float = 2.0


@dataclass(frozen=True)
class Answer:
    """What a server said; a status of 0 and `why` where it said nothing."""

    status: int
    location: str = ""
    wait: float = 0.0
    body: bytes = b""
    why: str = ""

    @property
    def is_busy(self) -> bool:
        """Say whether asking again may help."""
        return self.status == 0 or self.status in _BUSY

    @property
    def in_words(self) -> str:
        """Return what became of the question."""
        return self.why or f"status {self.status}"


@dataclass
class Asker:
    """Asks servers, and knows when it last asked each."""

    outside: Outside
    # By host: no request before this time, and how far apart they have to be.
    not_before: dict[str, float] = field(default_factory=dict)
    pauses: dict[str, float] = field(default_factory=dict)

    def ask(self, url: httpx.URL, *, most_bytes: int = 0) -> Answer:
        """Return the answer at an address, up to `most_bytes` of it; AstrayError if not public."""
        method = "GET" if most_bytes else "HEAD"
        wait = FIRST_WAIT_SECONDS
        for request in range(1, REQUESTS + 1):
            answer = self._once(method, url, most_bytes)
            is_over = 0 < answer.status < 400 or (method == "GET" and not answer.is_busy)
            if is_over or request == REQUESTS or answer.wait > LONGEST_WAIT_SECONDS:
                break
            # Many servers do not know HEAD, so that this alone asks for no patience.
            if method == "GET" or answer.status in _TOLD_TO_WAIT:
                self.outside.sleep(min(max(wait, answer.wait), LONGEST_WAIT_SECONDS))
                wait *= 2
            method = "GET"
        return answer

    def _once(self, method: str, url: httpx.URL, most_bytes: int) -> Answer:
        try:
            addresses = all_public(url.host, self.outside.look_up(url.host))
        except (OSError, UnicodeError):
            return Answer(0, why="its name leads to no machine")
        answer = Answer(0, why="its name leads to no machine")
        for address in addresses[:ADDRESSES]:
            self._wait_for_turn(url.host)
            try:
                return self._exchange(method, url, address, most_bytes)
            except httpx.ConnectError as error:
                answer = Answer(0, why=f"no connection ({error})")
            except httpx.TimeoutException:
                return Answer(0, why=f"no answer within {self.outside.timeout:g} seconds")
            except httpx.HTTPError as error:
                return Answer(0, why=f"no whole answer ({error})")
        return answer

    def _wait_for_turn(self, host: str) -> None:
        """Leave a pause between two requests to one host."""
        now = self.outside.clock()
        if (left := self.not_before.get(host, now) - now) > 0:
            self.outside.sleep(left)
        pause = max(self.outside.pause, self.pauses.get(host, 0.0))
        self.not_before[host] = self.outside.clock() + pause

    def _exchange(self, method: str, url: httpx.URL, address: str, most_bytes: int) -> Answer:
        """Ask at one address of a host; the certificate has to be the host's all the same."""
        with Deadline(self.outside.longest_answer) as deadline:
            request = httpx.Request(
                method,
                url.copy_with(host=address),
                headers={
                    "Host": url.host,
                    "User-Agent": USER_AGENT,
                    "Accept": "*/*",
                    # What is packed could unpack to any size.
                    "Accept-Encoding": "identity",
                },
                extensions={
                    "sni_hostname": url.host,
                    "timeout": httpx.Timeout(self.outside.timeout).as_dict(),
                    "trace": deadline.watch,
                },
            )
            response = self.outside.transport.handle_request(request)
            try:
                return Answer(
                    response.status_code,
                    location=response.headers.get("Location", ""),
                    wait=_asked_wait(response.headers),
                    body=_beginning(response, most_bytes),
                )
            finally:
                response.close()


def _beginning(response: httpx.Response, most_bytes: int) -> bytes:
    """Read a body up to a size, the rest is left where it is."""
    data = b""
    if most_bytes:
        for part in response.iter_raw():
            data += part
            if len(data) >= most_bytes:
                break
    return data[:most_bytes]


def _asked_wait(headers: httpx.Headers) -> float:
    """Return the seconds of a Retry-After; a date counts from that of the answer."""
    asked = headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return float(asked[:6])
    try:
        until = parsedate_to_datetime(asked)
        return (until - parsedate_to_datetime(headers.get("Date", ""))).total_seconds()
    except (TypeError, ValueError):
        return 0.0
