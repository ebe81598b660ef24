"""Acts as an Atom feed, as RFC 4287 asks for it and as a feed reader reads it."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest

from evidence.changes import acts, feeds
from evidence.changes.acts import Scope
from evidence.changes.feeds import (
    LONGEST_TITLE,
    all_changes,
    atom,
    changes_of_compound,
    changes_of_goal,
)
from evidence.models import EvidenceVersion
from evidence.publication import publish_change, system_user
from tests.factories import make_compound, make_finding, make_goal, publish_all

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2025, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def story():
    """Melatonin is published for sleep; then a caution of it."""
    make_finding()
    publish_all(why="Loaded <one> & more")
    publish_change(by=system_user(), why="Caution", compounds={make_compound().pk})
    EvidenceVersion.objects.update(at=AT)


def answer(rf, subject=None, **scope):
    return atom(rf.get("/"), Scope(1_000_000, **scope), subject or all_changes())


def read(response):
    """Return the feed as a reader has it, which must find nothing wrong with it."""
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def subjects():
    compound, goal = make_compound(), make_goal()
    return {
        "all": (all_changes(), {}),
        "compound": (changes_of_compound(compound), {"compound": compound}),
        "goal": (changes_of_goal(goal), {"goal": goal}),
    }


@pytest.mark.parametrize("kind", ["all", "compound", "goal"])
def test_feed_holds_what_the_standard_requires(kind, story, rf):
    subject, scope = subjects()[kind]

    root = ElementTree.fromstring(answer(rf, subject, **scope).content)

    assert root.tag == f"{ATOM}feed"
    assert [len(root.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Stackbuilder"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"http://testserver{subject.page}",
        "self": f"http://testserver{subject.feed}",
    }
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        assert [len(entry.findall(ATOM + one)) for one in ("id", "title", "updated")] == [1, 1, 1]
        (link,) = entry.findall(f"{ATOM}link")
        assert (link.get("rel"), link.get("href")[:17]) == ("alternate", "http://testserver")
        assert entry.find(f"{ATOM}summary").get("type") == "html"
        assert entry.findtext(f"{ATOM}updated") == "2025-03-01T09:00:00+00:00"


def test_feed_is_read_by_a_feed_reader(story, rf):
    found = read(answer(rf))

    assert found.version == "atom10"
    assert found.feed.title == "Stackbuilder: what changed"
    assert [entry.title for entry in found.entries] == [
        "Caution.",
        "Loaded <one> & more.",
    ]
    assert found.entries[1].link == "http://testserver/changes/1/"
    assert 'href="http://testserver/compounds/melatonin/#melatonin-01"' in found.entries[1].summary
    assert "now counted" in found.entries[1].summary
    assert found.feed.updated_parsed[:3] == (2025, 3, 1)


def test_ids_differ_between_entries_and_feeds_and_stay(story, rf):
    every = [read(answer(rf, subject, **scope)) for subject, scope in subjects().values()]
    again = [read(answer(rf, subject, **scope)) for subject, scope in subjects().values()]

    ids = [[one.feed.id, *(entry.id for entry in one.entries)] for one in every]
    flat = [one for row in ids for one in row]
    assert len(set(flat)) == len(flat) == 8
    assert flat[0] == "tag:testserver,2026:changes"
    assert flat[1] == "tag:testserver,2025-03-01:changes/2"
    assert ids == [[one.feed.id, *(entry.id for entry in one.entries)] for one in again]


def test_ids_outlive_a_new_address(story, rf):
    compound = make_compound()
    before = read(answer(rf, changes_of_compound(compound), compound=compound))
    compound.slug = "melatonin-oral"
    compound.save()

    after = read(answer(rf, changes_of_compound(compound), compound=compound))

    assert before.feed.id == after.feed.id
    assert [one.id for one in before.entries] == [one.id for one in after.entries]


def test_entries_of_a_scope_lead_to_the_part_in_it(story, rf):
    found = read(answer(rf, changes_of_goal(make_goal()), goal=make_goal()))

    assert [entry.link for entry in found.entries] == ["http://testserver/changes/1/?goal=sleep"]


def test_feed_without_an_entry_is_valid_and_never_newer(rf):
    first, second = answer(rf), answer(rf)

    assert first.content == second.content
    assert read(first).entries == []
    assert first["Last-Modified"] == "Thu, 01 Jan 1970 00:00:00 GMT"


def test_feed_says_when_its_newest_entry_came(story, rf):
    response = answer(rf)

    assert response["Last-Modified"] == "Sat, 01 Mar 2025 09:00:00 GMT"
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_feed_holds_so_many_entries_at_most(story, rf, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 1)

    assert [entry.title for entry in read(answer(rf)).entries] == ["Caution."]


def test_first_load_is_one_short_entry(rf, monkeypatch):
    monkeypatch.setattr(acts, "MOST_TOLD", 1)
    for slug in ("melatonin", "valerian"):
        make_finding(compound=make_compound(slug))
    publish_all()

    (entry,) = read(answer(rf)).entries

    assert entry.title == "The starter catalogue: 2 compounds, 2 profiles for 1 goal"
    assert "<li>" not in entry.summary


def test_characters_that_xml_cannot_hold_are_left_out(rf):
    publish_change(by=system_user(), why="Read\x0b again\x1f \ufffe😀")

    (entry,) = read(answer(rf)).entries

    assert entry.title == "Read again 😀."


def test_long_reason_makes_a_short_title_and_stands_whole_in_the_text(rf):
    why = "Because " * 30
    publish_change(by=system_user(), why=why)

    (entry,) = read(answer(rf)).entries

    assert len(entry.title) == LONGEST_TITLE
    assert why.strip() in entry.summary
