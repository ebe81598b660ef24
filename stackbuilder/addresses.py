"""Which addresses the site may lead to: https, a plain host name, nothing that could mislead."""

import re
from urllib.parse import urlsplit

LONGEST_ADDRESS = 500
_PREFIX = "https://"
_LONGEST_HOST = 253
# What a URL may hold as it is (RFC 3986); everything else has to come percent-encoded.
_WRITTEN_PLAINLY = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})", re.ASCII
)


def fault_of(address: str) -> str:
    """Return what keeps the site from leading to `address`, or nothing if it may."""
    if len(address) > LONGEST_ADDRESS:
        return f"Must be at most {LONGEST_ADDRESS} characters long."
    if not address.startswith(_PREFIX):
        return "Must start with https://, in small letters."
    if not _WRITTEN_PLAINLY.fullmatch(address):
        return "Must not hold blanks, control characters, backslashes or letters outside ASCII."
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return "Must be an address that can be read."
    if "@" in host:
        return "Must not hold a user's name."
    if ":" in host:
        return "Must not name a port."
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        return "Must name a host such as www.example.com, in small letters."
    return ""
