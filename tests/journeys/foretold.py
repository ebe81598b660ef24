"""What a finding comes to, as staff are shown it beforehand and as readers see it afterwards."""

import json
import re
from dataclasses import dataclass

# “… from D unclear (place 12 of 14) to B benefit that matters (place 2 of 14).”
MOVE = re.compile(
    r"This would move (?P<pair>.+) from (?P<was>[A-D] [\w ]+) \(place (?P<place_was>\d+) of \d+\)"
    r" to (?P<now>[A-D] [\w ]+) \(place (?P<place_now>\d+) of \d+\)\."
)
READ_STAFF = """
reading => {
  const words = (root, selector) => [...root.querySelectorAll(selector)]
    .map(one => one.textContent.trim().replace(/\\s+/g, ' '))
  const figures = column => words(effect, `tbody td:nth-of-type(${column})`)
  const effect = reading.closest('form, #content-main').querySelector('.effect')
  return {
    move: words(effect, '.effect__what')[0],
    before: figures(1),
    after: figures(2),
    finding: {
      benefit: words(reading, '.reading__benefit .figure').join(' '),
      drawn: reading.querySelector('.forest').getAttribute('aria-label'),
      certainty: words(reading, '.reading__certainty .certainty')[0],
      downgrades: words(reading, '.reading__certainty li'),
    },
    statement: words(reading, '.reading__statement')[0],
  }
}
"""
READ_READERS = """
(section, key) => {
  const words = (root, selector) => [...root.querySelectorAll(selector)]
    .map(one => one.textContent.trim().replace(/\\s+/g, ' '))
  const row = document.getElementById(key)
  return {
    verdict: words(section, 'h3 .badge__letter, h3 .badge__verdict').join(' '),
    figures: words(section, '.facts dd').slice(0, 3),
    certainty: words(section, '.statement .muted')[0],
    statement: words(section, '.statement')[0],
    finding: row && {
      benefit: words(row, '.figure')[0],
      drawn: row.querySelector('.forest').getAttribute('aria-label'),
      certainty: words(row, '.certainty')[0],
      downgrades: words(row, '.downgrades li'),
    },
  }
}
"""

# The change log and the number of the version tell of both acts; nothing else may.
READ_PAGE = """
main => {
  const copy = main.cloneNode(true)
  for (const one of copy.querySelectorAll('#changes')) one.remove()
  return copy.innerHTML
}
"""


@dataclass(frozen=True)
class Shown:
    """A profile as it is printed: letter and verdict, the four figures, each as text."""

    verdict: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Foretold:
    """What staff are told: the profile and its place before and after, and the finding itself."""

    pair: str
    before: Shown
    after: Shown
    place_before: int
    place_after: int
    statement: str
    finding: dict


def foretold_on(page):
    """Read the preview beside a form, or the page of a review."""
    found = page.locator(".reading").evaluate(READ_STAFF)
    move = MOVE.fullmatch(found["move"])
    assert move, found["move"]
    return Foretold(
        pair=move["pair"],
        before=Shown(move["was"], tuple(found["before"])),
        after=Shown(move["now"], tuple(found["after"])),
        place_before=int(move["place_was"]),
        place_after=int(move["place_now"]),
        statement=found["statement"],
        finding=found["finding"],
    )


def read_publicly(page, goal, key):
    """Read a compound's page: its profile for a goal, the statement, and the row of a finding.

    The row is None where the finding is not on the page.
    """
    found = page.locator(f"#goal-{goal}").evaluate(READ_READERS, key)
    certainty = found["certainty"].removeprefix("Certainty: ").removesuffix(".")
    shown = Shown(found["verdict"], (*found["figures"], certainty))
    return shown, found["statement"], found["finding"]


def public_state(page, compound, goal):
    """Return all that readers can get, versions aside: two pages, and the data in full."""
    shown = []
    for path in (f"/compounds/{compound}/", f"/?goal={goal}"):
        page.goto(path)
        shown.append(page.locator("main").evaluate(READ_PAGE))
    tables = json.loads(page.request.get("/data/json/").text())["tables"]
    del tables["evidence_versions"]
    for profile in tables["profiles"]:
        del profile["evidence_version"]
    return shown, tables
