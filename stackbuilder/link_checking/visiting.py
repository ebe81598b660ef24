"""One link followed to its end, every step of the way looked at before it is taken."""

from dataclasses import dataclass, field

import httpx

from stackbuilder.link_checking.asking import Answer, Asker, Outside
from stackbuilder.link_checking.hosts import AstrayError, checked_hop
from stackbuilder.link_checking.robots import MOST_BYTES, Robots, read_robots
from stackbuilder.models import LinkStatus

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Visit:
    """How one link answered, with a detail for staff."""

    status: LinkStatus
    detail: str = ""


class _LeftAloneError(Exception):
    """A site asks programs to stay away, or does not say what it asks."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.detail)
        self.visit = visit


@dataclass(frozen=True)
class _End:
    """Where the way ended, and whether it is to be taken again."""

    url: httpx.URL
    answer: Answer
    is_for_good: bool


@dataclass
class Visitor:
    """Follows links, and remembers what each host asks of programs."""

    outside: Outside = field(default_factory=Outside)
    rules: dict[str, Robots | Visit] = field(default_factory=dict)
    asker: Asker = field(init=False)

    def __post_init__(self) -> None:
        self.asker = Asker(self.outside)

    def visit(self, address: str) -> Visit:
        """Return how a link answers."""
        try:
            start = checked_hop(address)
            return _verdict(start, self._follow(start))
        except AstrayError as error:
            return Visit(LinkStatus.ASTRAY, str(error))
        except _LeftAloneError as error:
            return error.visit

    def _follow(self, url: httpx.URL) -> _End:
        """Go from redirect to redirect, each to be allowed by its host."""
        seen: set[httpx.URL] = set()
        is_for_good = False
        while url not in seen:
            seen.add(url)
            if not self._rules(url).allow(url):
                what = f"robots.txt of {url.host} keeps programs from {url.path}"
                raise _LeftAloneError(Visit(LinkStatus.ROBOTS, what))
            answer = self.asker.ask(url)
            if answer.status not in _REDIRECTS or not answer.location:
                return _End(url, answer, is_for_good)
            if len(seen) > MOST_REDIRECTS:
                raise AstrayError(f"leads on after {MOST_REDIRECTS} redirects")
            is_for_good = is_for_good or answer.status in _FOR_GOOD
            url = checked_hop(answer.location, url)
        raise AstrayError(f"goes round in a circle by {url}")

    def _rules(self, url: httpx.URL) -> Robots:
        """Return what a host asks of programs, asked once."""
        host = url.host
        if host not in self.rules:
            self.rules[host] = self._asked_rules(url)
        rules = self.rules[host]
        if isinstance(rules, Visit):
            raise _LeftAloneError(rules)
        self.asker.pauses[host] = rules.pause_seconds
        return rules

    def _asked_rules(self, url: httpx.URL) -> Robots | Visit:
        """Fetch robots.txt. None is no rule; where it cannot be had, nothing may be asked."""
        at = checked_hop("/robots.txt", url)
        answer = self.asker.ask(at, most_bytes=MOST_BYTES)
        try:
            for _ in range(MOST_REDIRECTS):
                if answer.status not in _REDIRECTS or not answer.location:
                    break
                at = checked_hop(answer.location, at)
                answer = self.asker.ask(at, most_bytes=MOST_BYTES)
        except AstrayError:
            # The file is where nobody goes for it, which is as good as none.
            return Robots()
        if answer.is_busy:
            return Visit(LinkStatus.UNREACHABLE, f"robots.txt of {url.host}: {answer.in_words}")
        return read_robots(answer.body) if answer.status == 200 else Robots()


def _verdict(start: httpx.URL, end: _End) -> Visit:
    answer, where = end.answer, f"leads to {end.url}"
    if answer.status in _GONE:
        return Visit(LinkStatus.GONE, f"{answer.in_words} at {end.url}")
    if answer.is_busy or 300 <= answer.status < 400 or answer.status < 200:
        return Visit(LinkStatus.UNREACHABLE, f"{answer.in_words} at {end.url}")
    if answer.status >= 400:
        return Visit(LinkStatus.DECLINED, f"{answer.in_words} at {end.url}")
    # A page that was taken away often leads to the front page.
    is_front = end.url.path == "/" and start.path != "/"
    if end.is_for_good or is_front or end.url.host != start.host:
        return Visit(LinkStatus.MOVED, where)
    return Visit(LinkStatus.ANSWERED, "" if end.url == start else where)
