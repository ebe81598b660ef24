"""What a first view weighs on the wire: heads and bodies as the server sends them, compressed."""

import gzip
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest

PAGE_AND_STYLE_AT_MOST = 24_000  # bytes; one stylesheet serves every page
EVERYTHING_AT_MOST = 70_000  # bytes
SECONDS_TO_ANSWER = 30
ADDRESSES = ("/", "/?goal=sleep:3&goal=stress-anxiety:1")
# What browsers send, and the least that any of them understands.
ENCODINGS = ("gzip, deflate, br, zstd", "gzip")
# What makes a browser load a file with the page; any other link only names an address.
LOADED_BY = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src"}
LOADING = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


class Linked(HTMLParser):
    """Collects the files that a page makes a browser load."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        address = attributes.get(LOADED_BY.get(tag))
        if tag == "link" and attributes.get("rel") not in LOADING:
            return
        if address:
            self.addresses.append(address)


def fetch(site, path, encoding):
    """Return how many bytes an answer took, its head included, and its body as it was sent."""
    server = HTTPConnection(urlsplit(site.url).netloc, timeout=SECONDS_TO_ANSWER)
    server.request("GET", path, headers={"Accept-Encoding": encoding})
    answer = server.getresponse()
    body = answer.read()
    server.close()
    assert answer.status == 200
    assert answer.getheader("Content-Encoding") in encoding.split(", "), path
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.getheaders())
    return head + len(body), body


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_first_view_is_light_on_the_wire(site, address, encoding):
    page, body = fetch(site, address, encoding)
    linked = Linked()
    # Pages are gzipped as they are made; the files were compressed once, by what suits best.
    linked.feed(gzip.decompress(body).decode())

    weights = {path: fetch(site, path, encoding)[0] for path in linked.addresses}

    assert sorted(PurePosixPath(path).suffix for path in weights) == [".css", ".js", ".svg"]
    style = sum(weight for path, weight in weights.items() if path.endswith(".css"))
    assert page > 2_000
    assert page + style <= PAGE_AND_STYLE_AT_MOST
    assert page + sum(weights.values()) <= EVERYTHING_AT_MOST
