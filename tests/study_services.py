"""A server on this machine that answers as PubMed's E-utilities and Crossref do."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass
class Services:
    """What the two services know, how they misbehave, and what they were asked.

    `troubles` are answers given before the real ones: a status, or a status and its headers;
    "slow" answers after the patience of any test.
    """

    pubmed_records: dict = field(default_factory=dict)
    crossref_works: dict = field(default_factory=dict)
    troubles: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    address: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)

    def answer(self, path):
        """Return the status and the text for a path."""
        url = urlsplit(path)
        if url.path.endswith("/efetch.fcgi"):
            (number,) = parse_qs(url.query)["id"]
            # PubMed answers an unknown number with 200 and a blank line.
            return 200, self.pubmed_records.get(number, "\n")
        doi = unquote(url.path.removeprefix("/works/"))
        if doi in self.crossref_works:
            return 200, self.crossref_works[doi]
        return 404, "Resource not found."


@contextmanager
def study_services():
    """Run the server for the length of a test."""
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            services.asked.append((self.path, dict(self.headers)))
            trouble = services.troubles.pop(0) if services.troubles else None
            if trouble == "slow":
                services.is_over.wait(10)
                return
            headers = {}
            if trouble is None:
                status, text = services.answer(self.path)
            elif isinstance(trouble, tuple):
                (status, headers), text = trouble, ""
            else:
                status, text = trouble, ""
            body = text.encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    services.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield services
    finally:
        services.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
