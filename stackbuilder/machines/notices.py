"""The two text files at fixed addresses: what robots leave out, and whom to tell of a weakness."""

from datetime import UTC, date, datetime

# Personal pages, saved stacks, ways out, and answers to a search: nothing that a stranger looks
# for. Every other address may be read, those that only filter a page too: they name the page.
DISALLOWED = (
    "/admin/",
    "/about-you/",
    "/stacks/",
    "/suggest/",
    "/print/",
    "/go/",
    "/search/?q=",
    "/report/",
    "/style/",
    "/healthz",
)


def robots_txt(sitemap: str) -> str:
    """Return robots.txt (RFC 9309); `sitemap` is the address of the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED)]
    return "\n".join([*lines, "", f"Sitemap: {sitemap}", ""])


def security_txt(contact: str, address: str, today: date) -> str:
    """Return security.txt (RFC 9116); `contact` is a URI, `address` that of the file itself.

    A file may be copied, and what it says must not be believed for ever: it expires with the
    month, eleven months on, so less than a year from any day. It names its own address only where
    that is an https one, as the standard asks.
    """
    months = today.month - 1 + 11
    expires = datetime(today.year + months // 12, months % 12 + 1, 1, tzinfo=UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
    ]
    if address.startswith("https://"):
        lines.append(f"Canonical: {address}")
    return "\n".join([*lines, ""])
