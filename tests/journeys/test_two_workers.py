"""An edit in the admin is on the next page of every worker: none shows the old evidence again."""

import re
import time
import urllib.request
from dataclasses import dataclass

import pytest

from tests.journeys.curator import Curator

PATH = "/?goal=sleep:3&goal=stress-anxiety:1"
# So much earlier asleep is three times what matters; the trials say 7 minutes.
EDIT = {"estimate": "-60", "ci_low": "-66", "ci_high": "-54"}
PRINTED = {"estimate": "-7.06", "ci_low": "-9.75", "ci_high": "-4.37"}
CARD = re.compile(r'id="place-([\w-]+)".*?aria-label="(Best estimate [^"]+)"', re.DOTALL)
VERSION = re.compile(r"Evidence version (\d+)")
ASKED_AT_MOST = 200
SECONDS_TO_LOG = 10


@dataclass(frozen=True)
class Answer:
    """What one worker showed: (compound, benefit in words) by place, and of which evidence."""

    pid: int
    etag: str
    ranking: tuple[tuple[str, str], ...]
    version: int


def ask(site, etag):
    """Ask for the ranking on a connection of its own, which either worker may take."""
    served = len(site.serving_pids())
    request = urllib.request.Request(f"{site.url}{PATH}", headers={"If-None-Match": etag})
    with urllib.request.urlopen(request, timeout=20) as response:
        page, new_etag = response.read().decode(), response.headers["ETag"]
    deadline = time.monotonic() + SECONDS_TO_LOG
    while len(site.serving_pids()) == served:
        assert time.monotonic() < deadline, "the answer was not logged"
        time.sleep(0.005)
    ranking, version = tuple(CARD.findall(page)), int(VERSION.search(page)[1])
    return Answer(site.serving_pids()[-1], new_etag, ranking, version)


def ask_both_workers(site, etag='"none"'):
    """Ask until both workers have answered, and return every answer on the way.

    `etag` is that of a page the asker still holds; an answer of 304 raises HTTPError.
    """
    answers = []
    while len({answer.pid for answer in answers}) < 2:
        assert len(answers) < ASKED_AT_MOST, f"{ASKED_AT_MOST} answers of one worker"
        answers.append(ask(site, etag))
    return answers


@pytest.fixture
def curator(site):
    """A curator, logged in."""
    curator = Curator(site)
    curator.log_in()
    return curator


def test_edited_finding_changes_the_ranking_of_both_workers_at_once(site, curator):
    old = ask_both_workers(site)

    with curator.changed("melatonin-01", **EDIT) as before:
        new = ask_both_workers(site, etag=old[-1].etag)

    restored = ask_both_workers(site, etag=new[-1].etag)
    assert before == PRINTED
    assert {answer.pid for answer in new} == site.worker_pids()
    assert len({answer.ranking for answer in old}) == 1
    assert {answer.ranking for answer in new} == {new[0].ranking}
    assert {answer.version for answer in new} == {old[0].version + 1}
    places = [[slug for slug, _ in answer.ranking] for answer in (old[0], new[0])]
    assert places[1].index("melatonin") < places[0].index("melatonin")
    assert set(new[0].ranking) ^ set(old[0].ranking) == {
        card for card in new[0].ranking + old[0].ranking if card[0] == "melatonin"
    }
    assert {answer.ranking for answer in restored} == {old[0].ranking}
    assert {answer.version for answer in restored} == {old[0].version + 2}


def test_finding_set_aside_leaves_the_ranking_of_both_workers_until_it_is_put_back(site, curator):
    old = ask_both_workers(site)

    with curator.changed("melatonin-01", set_aside="the journey sets it aside"):
        new = ask_both_workers(site, etag=old[-1].etag)

    restored = ask_both_workers(site, etag=new[-1].etag)
    assert {answer.ranking for answer in new} == {new[0].ranking}
    assert new[0].ranking != old[0].ranking
    assert {answer.ranking for answer in restored} == {old[0].ranking}
