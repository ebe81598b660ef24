"""Where a program of ours may go: https, a plain host name, and public addresses alone.

A name is looked up once and every address it has must be public; the connection then goes to the
address that was looked at, so that a name which means another place a moment later changes
nothing.
"""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from stackbuilder.addresses import fault_of

LONGEST_HOP = 2_000
# Addresses of IPv4 as a translating network writes them (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


class AstrayError(Exception):
    """A link leads where a program of ours does not go; the message says where and why."""


def checked_hop(address: str, came_from: httpx.URL | None = None) -> httpx.URL:
    """Return an address, or where a redirect from one leads; AstrayError if it is not to be."""
    try:
        url = came_from.join(address) if came_from else httpx.URL(address)
        host = url.netloc.decode("ascii")
    except (httpx.InvalidURL, ValueError) as error:
        raise AstrayError(f"leads to an address that cannot be read ({error})") from error
    if len(str(url)) > LONGEST_HOP:
        raise AstrayError(f"leads to an address of more than {LONGEST_HOP} characters")
    if url.scheme != "https":
        raise AstrayError(f"leads away from https, to {url}")
    # Numbers for a host, ports and single words are no addresses of a public site.
    if url.userinfo or fault_of(f"https://{host}/"):
        raise AstrayError(f"leads to {host}, which is no plain name of a host")
    return url.copy_with(fragment=None)


def look_up(host: str) -> Sequence[str]:
    """Return the addresses of a name, as this machine's resolver has them; OSError if none."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def all_public(host: str, addresses: Sequence[str]) -> Sequence[str]:
    """Return the addresses of a host, or raise AstrayError if one of them is not public."""
    for address in addresses:
        if not is_public(address):
            raise AstrayError(f"leads to {host} at {address}, which is no public address")
    return addresses


def is_public(text: str) -> bool:
    """Say whether an address is one of the public internet; what is hidden inside it decides."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    decisive: Sequence[IPv4Address | IPv6Address] = _inside(address) or [address]
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in decisive)


def _inside(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Return the address of IPv4 that an address of IPv6 leads to, where it does."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        found.append(IPv4Address(address.packed[-4:]))
    return [one for one in found if one is not None]
