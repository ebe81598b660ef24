"""Every route of the site, read from the URLconf itself, so that a new one is never forgotten."""

import re
from collections.abc import Callable, Iterator

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize

PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>")


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[str]:
    """Yield each route as Django writes it, such as /compounds/<slug:slug>/."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + _as_route(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            yield route


def filled(route: str, value: Callable[[str, str], str]) -> str:
    """Return an address of `route`; `value` is asked with each converter and name."""
    return PLACEHOLDER.sub(lambda match: value(match[1] or "str", match[2]), route)


def _as_route(pattern) -> str:
    """Return a pattern as a route; a regular expression by the first text it could match."""
    if not isinstance(pattern, RegexPattern):
        return str(pattern)
    template, _ = normalize(str(pattern))[0]
    return re.sub(r"%\((\w+)\)s", r"<str:\1>", template)
