"""Draft → in review → published → withdrawn: the one door for people's acts on their way.

A finding or an article that people wrote goes to review first, and a second person publishes it
(`evidence.authorship`). What a load of files wrote and nobody has edited may be published from
draft. What was withdrawn goes to review again, or back to draft. A change to what is public is
proposed (`evidence.proposing`). Each act is one transaction, done to all its rows or to none, and
asks what is stored, not what the caller read some time ago.
"""

from django.db import transaction
from django.utils.text import Truncator, capfirst

from evidence import publication
from evidence.article_faults import article_faults
from evidence.article_numbers import list_faults, read_allowed
from evidence.authorship import authors_of, is_two_person
from evidence.choices import FindingState
from evidence.cited_figures import note_figures
from evidence.citing import articles_naming
from evidence.models import Article
from evidence.models.base import LONGEST_WHY
from evidence.publication import wait_for_turn

DRAFT, IN_REVIEW = FindingState.DRAFT, FindingState.IN_REVIEW
PUBLISHED, WITHDRAWN = FindingState.PUBLISHED, FindingState.WITHDRAWN


class Refused(Exception):
    """An act that may not be done now; `messages` say why, a sentence each."""

    def __init__(self, *messages):
        super().__init__(" ".join(messages))
        self.messages = list(messages)


@transaction.atomic
def send_to_review(rows, *, by):
    """Say that drafts, or what was withdrawn, are ready for a second person."""
    rows = _read_again(rows)
    _refuse(_not_in(rows, DRAFT, WITHDRAWN))
    _move(rows, IN_REVIEW, by=by, why=said("Sent to review", rows))


@transaction.atomic
def send_back(rows, *, by, why):
    """Make drafts again of what is in review or was withdrawn."""
    rows = _read_again(rows)
    _refuse([*_unsaid(why, "send it back"), *_not_in(rows, IN_REVIEW, WITHDRAWN)])
    _move(rows, DRAFT, by=by, why=said("Sent back", rows, why))


@transaction.atomic
def publish(rows, *, by, why=""):
    """Make findings or articles public as one act; the rows are of one model.

    Raises Refused, for all that stands in the way of any of them.
    """
    rows = _read_again(rows)
    _refuse([*_not_ready(rows, by), *citation_faults(rows)])
    act = _act(rows, publication.publish_articles, publication.publish_findings)
    done = act(rows, by=by, why=said("Published", rows, why))
    note_figures(row for row in rows if isinstance(row, Article))
    return done


@transaction.atomic
def withdraw(rows, *, by, why):
    """Take findings or articles back from the public as one act, for a reason.

    Refused for a finding without which a public article would have a figure less.
    """
    rows = _read_again(rows)
    _refuse([*_unsaid(why, "withdraw it"), *_not_in(rows, PUBLISHED)])
    act = _act(rows, publication.withdraw_articles, publication.withdraw_findings)
    done = act(rows, by=by, why=said("Withdrawn", rows, why))
    _refuse(_left_without(rows))
    return done


def citation_faults(rows):
    """Return a sentence for each fault for which an article among these may not be public."""
    found = []
    for row in rows:
        if isinstance(row, Article):
            allowed = read_allowed(row.numbers)
            faults = [
                *((0, fault) for fault in list_faults(allowed)),
                *article_faults(row, allowed),
            ]
            found += [
                f"{row}, line {line}: {it}" if line else f"{row}: {it}" for line, it in faults
            ]
    return found


def said(act, rows, why=""):
    """Return what a history tells of an act: what was done, to which rows, and why."""
    why = f". {why.strip()}" if why.strip() else ""
    names = ", ".join(f"{capfirst(row._meta.verbose_name)} {row}" for row in rows)
    room = LONGEST_WHY - len(act) - len(": ") - len(why)
    # At least one name is told: a reason that leaves no room for it gives way.
    text = f"{act}: {Truncator(names).chars(max(room, LONGEST_WHY // 4))}{why}"
    return Truncator(text).chars(LONGEST_WHY)


def _read_again(rows):
    """Wait for the turn, then read what is stored: it may differ from what somebody saw."""
    wait_for_turn()
    rows = list(rows)
    for row in rows:
        row.refresh_from_db()
    return rows


def _act(rows, on_articles, on_findings):
    return on_articles if any(isinstance(row, Article) for row in rows) else on_findings


def _move(rows, state, *, by, why):
    """Save where rows stand that are not public before or after."""
    for row in rows:
        row.state = state
        row._history_user, row._change_reason = by, why
        row.save(update_fields=["state"])


def _refuse(messages):
    if messages := list(messages):
        raise Refused(*messages)


def _left_without(rows):
    """Return why public articles stand in the way of findings that have just been withdrawn."""
    findings = [row for row in rows if not isinstance(row, Article)]
    articles = [row for row in articles_naming(findings) if row.state == PUBLISHED]
    return [f"Withdraw or change the article first: {it}" for it in citation_faults(articles)]


def _unsaid(why, act):
    return [] if why.strip() else [f"Say why you {act}."]


def _not_in(rows, *states):
    return [f"{row} is {row.get_state_display()} now." for row in rows if row.state not in states]


def _not_ready(rows, by):
    """Yield why each row cannot be published by this user."""
    authors = authors_of(rows) if is_two_person() else {}
    for row in rows:
        people = authors.get(row.pk, set())
        if row.state == PUBLISHED:
            yield f"{row} is published already."
        elif row.state == WITHDRAWN:
            yield f"{row} was withdrawn: send it to review first."
        elif by.pk in people:
            yield f"{row} needs a second person: you wrote or last edited it."
        elif people and row.state == DRAFT:
            yield f"{row} has not been sent to review."
