"""What a site asks of programs, in its robots.txt (RFC 9309)."""

from urllib.robotparser import RobotFileParser

import httpx

from stackbuilder.link_checking.asking import PROGRAM

# The RFC asks that at least this much be read.
MOST_BYTES = 512_000
LONGEST_PAUSE_SECONDS = 30.0


class Robots:
    """The rules of one host."""

    def __init__(self, text: str = "") -> None:
        self._parser = RobotFileParser()
        self._parser.parse(text.splitlines())

    def allow(self, url: httpx.URL) -> bool:
        """Say whether a program of ours may ask for an address."""
        return self._parser.can_fetch(PROGRAM, str(url))

    @property
    def pause_seconds(self) -> float:
        """Return how far apart requests are to be, up to a bound; 0 if the site does not say."""
        asked = self._parser.crawl_delay(PROGRAM)
        return min(float(asked), LONGEST_PAUSE_SECONDS) if asked else 0.0


def read_robots(body: bytes) -> Robots:
    """Return the rules of a file, whatever it holds."""
    return Robots(body.decode("utf-8-sig", errors="replace").replace("\0", ""))
