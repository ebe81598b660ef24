"""A web on this machine: named hosts with public addresses, all answered by one local server.

The program under test looks names up in `PLACES` and keeps its own rule of what is public. A
request to a public address of the table is carried to the server; one to any other place fails
the test.
"""

import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from stackbuilder.link_checking.asking import Outside

PUBLIC, OTHER, PUBLIC_6 = "93.184.215.14", "93.184.215.15", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
PLACES = {
    "shop.example.com": [PUBLIC],
    "other.example.com": [OTHER],
    "six.example.com": [PUBLIC_6],
    "inside.example.com": ["127.0.0.1"],
    "mixed.example.com": [PUBLIC, "10.0.0.1"],
}


@dataclass(frozen=True)
class Reply:
    """What the server says to one request; `how` may be "slow", "drip", "huge" or "cut"."""

    status: int = 200
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    how: str = ""


def to(location, status=302):
    """Return a redirect."""
    return Reply(status, {"Location": location})


@dataclass
class Web:
    """What is at which address (host + path), what was asked for, and how long was slept.

    An address with a list of replies gives one after the other, the last for ever.
    """

    replies: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    agents: set = field(default_factory=set)
    slept: list = field(default_factory=list)
    now: float = 0.0
    address: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)

    def reply(self, method, place, agent):
        """Return what is next at a place."""
        self.asked.append(f"{method} {place}")
        self.agents.add(agent)
        found = self.replies.get(place, Reply(404))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    @property
    def pages_asked(self):
        """Return what was asked for but the rules for programs."""
        return [one for one in self.asked if not one.endswith("/robots.txt")]

    def sleep(self, seconds):
        """Let time pass without waiting."""
        self.slept.append(seconds)
        self.now += seconds

    def look_up(self, host):
        """Return the addresses of a name."""
        if host not in PLACES:
            raise OSError("unknown name")
        return PLACES[host]

    def outside(self, **changes):
        """Return this web as a program meets it."""
        values = {
            "look_up": self.look_up,
            "transport": CarriedTransport(self.address),
            "sleep": self.sleep,
            "clock": lambda: self.now,
            "timeout": 0.3,
            "longest_answer": 0.8,
        }
        return Outside(**{**values, **changes})


class CarriedTransport(httpx.BaseTransport):
    """Carries requests for https at a public address of the table to the local server."""

    def __init__(self, address):
        self.server = httpx.URL(address)
        self.real = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request):
        """Carry a request; the name it was meant for is its Host."""
        public = {place for places in PLACES.values() for place in places} - {"127.0.0.1"}
        assert request.url.scheme == "https"
        assert request.url.port is None
        assert request.url.host in public - {"10.0.0.1"}
        assert request.extensions["sni_hostname"] == request.headers["Host"]
        request.url = request.url.copy_with(
            scheme="http", host=self.server.host, port=self.server.port
        )
        return self.real.handle_request(request)


class LocalHandler(BaseHTTPRequestHandler):
    """Answers as a web says; each web makes a class of its own of it."""

    web = None

    def answer(self):
        """Give the next reply of a place, or misbehave as it says."""
        place = f"{self.headers['Host']}{self.path}"
        reply = self.web.reply(self.command, place, self.headers["User-Agent"])
        if reply.how == "slow":
            self.web.is_over.wait(10)
        elif reply.how == "drip":
            self.drip(reply)
        elif reply.how != "cut":
            self.send(reply)

    do_GET = do_HEAD = answer  # noqa: N815 http.server's names

    def send(self, reply):
        """Send a whole reply, a huge one as long as anybody listens."""
        is_huge = reply.how == "huge"
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(10**12 if is_huge else len(reply.body)))
        self.end_headers()
        if self.command != "GET":
            return
        with suppress(OSError):
            self.wfile.write(reply.body)
            while is_huge and not self.web.is_over.is_set():
                self.wfile.write(b"a" * 65_536)
        self.close_connection = True

    def drip(self, reply):
        """Send one header after the other, for as long as anybody listens."""
        self.send_response_only(reply.status)
        with suppress(OSError):
            while not self.web.is_over.is_set():
                self.send_header("X-A", "b")
                self.flush_headers()
                time.sleep(0.05)
        self._headers_buffer = []
        self.close_connection = True

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def local_web():
    """Run the server for the length of a test."""
    web = Web()
    handler = type("Handler", (LocalHandler,), {"web": web})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    web.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        web.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
