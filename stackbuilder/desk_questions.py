"""What the vendors' side of the site puts on the curator's desk."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from evidence.desk import Question, Section
from stackbuilder.models import BROKEN, ErrorReport, Listing

# A link that nobody has followed for so long may lead anywhere by now.
UNCHECKED_AFTER = timedelta(days=180)


def unchecked(rows, user=None, *, today=None):
    """Keep listings in use that nobody has followed yet, or not for half a year at `today`."""
    last = (today or timezone.localdate()) - UNCHECKED_AFTER
    return rows.filter(Q(last_checked=None) | Q(last_checked__lt=last), is_active=True)


def gone(rows, user=None):
    """Keep listings in use that readers are told are gone: by the law or by their address.

    Every listing in use is judged by the law of today, as its page does.
    """
    listings = Listing.objects.active().with_law()
    return rows.filter(pk__in=[one.pk for one in listings if not one.may_leave])


def broken(rows, user=None):
    """Keep listings in use at whose address a program met no answer, or one from elsewhere."""
    return rows.filter(is_active=True, machine_status__in=BROKEN, machine_url=F("url"))


def unanswered(rows, user=None):
    """Keep reports from readers that nobody has answered or declined."""
    return rows.waiting()


QUESTIONS = (
    Question(
        "unchecked",
        "Listings never checked, or not for half a year",
        Listing,
        Section.SELLERS,
        unchecked,
    ),
    Question(
        "gone",
        "Listings in use that readers are told are gone",
        Listing,
        Section.SELLERS,
        gone,
    ),
    Question(
        "broken",
        "Listings whose link moved, led nowhere or did not answer our program",
        Listing,
        Section.SELLERS,
        broken,
    ),
    Question(
        "unanswered",
        "Reports from readers waiting for an answer",
        ErrorReport,
        Section.SELLERS,
        unanswered,
        needs=("stackbuilder.change_errorreport",),
    ),
)
