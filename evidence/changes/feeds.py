"""Acts as an Atom feed (RFC 4287): absolute links, and ids that outlive a new address."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from evidence.changes.acts import acts_of
from evidence.figures import sentence

# As many of the newest acts as a feed holds.
ENTRIES = 50
LONGEST_TITLE = 120
# The year that tag URIs (RFC 4151) of feeds are dated by: any in which this code existed will do.
TAG_YEAR = "2026"
# When a feed without an entry was last updated: always the same, for it has not changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Characters that XML 1.0 cannot hold, in whatever way they are written.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Subject:
    """What a feed is about; `page` and `feed` are paths, `mark` names it for good."""

    title: str
    page: str
    feed: str
    mark: str


class StillFeed(Atom1Feed):
    """An Atom feed that is as old as its newest entry, even without one."""

    def latest_post_date(self):
        """Return when the newest entry was updated."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


def all_changes():
    """Return the subject of the feed of everything."""
    feed = reverse("evidence:change_feed")
    return Subject("Stackbuilder: what changed", reverse("evidence:change_list"), feed, "changes")


def changes_of_compound(compound):
    """Return the subject of the feed of one compound."""
    page = f"{compound.get_absolute_url()}#changes"
    feed = reverse("evidence:compound_feed", args=[compound.slug])
    title = f"{compound.name}: what changed · Stackbuilder"
    return Subject(title, page, feed, f"changes/compound/{compound.pk}")


def changes_of_goal(goal):
    """Return the subject of the feed of one goal."""
    page = f"{reverse('evidence:change_list')}?goal={goal.slug}"
    feed = reverse("evidence:goal_feed", args=[goal.slug])
    title = f"{goal.name}: what changed · Stackbuilder"
    return Subject(title, page, feed, f"changes/goal/{goal.pk}")


def atom(request, scope, subject):
    """Answer with the newest acts of a scope as an Atom feed, dated by the newest of them."""
    site = request.build_absolute_uri("/").rstrip("/")
    host = urlsplit(site).hostname
    feed = StillFeed(
        title=subject.title,
        link=site + subject.page,
        description=None,
        subtitle="What moved, when, why, and by which findings.",
        feed_url=site + subject.feed,
        feed_guid=f"tag:{host},{TAG_YEAR}:{subject.mark}",
        language="en-GB",
        author_name="Stackbuilder",
    )
    for act in acts_of(scope, list(scope.versions()[:ENTRIES])):
        feed.add_item(
            title=title_of(act),
            link=f"{site}{reverse('evidence:change_detail', args=[act.number])}{_query(scope)}",
            description=_xml(render_to_string("evidence/_feed_entry.html", _of(act, scope, site))),
            unique_id=f"tag:{host},{act.at:%Y-%m-%d}:{subject.mark}/{act.number}",
            pubdate=act.at,
            updateddate=act.at,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    updated = int(feed.latest_post_date().timestamp())
    response["Last-Modified"] = http_date(updated)
    # For readers that remember the date alone; the ETag is asked for before all this.
    return get_conditional_response(request, last_modified=updated, response=response)


def title_of(act):
    """Return an act in one line of plain text."""
    if act.is_start:
        return f"The starter catalogue: {act.tally.in_words}"
    return truncatechars(_xml(sentence(act.why)), LONGEST_TITLE)


def _query(scope):
    return f"?{scope.query}" if scope.query else ""


def _of(act, scope, site):
    return {"act": act, "scope": scope, "site": site}


def _xml(text):
    return _NOT_XML.sub("", text)
