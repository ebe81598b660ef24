"""What the vendors' side puts on the desk: rows that a question keeps and rows it does not."""

from datetime import UTC, date, datetime

import pytest

from stackbuilder.desk_questions import broken, gone, unanswered, unchecked
from stackbuilder.models import ErrorReport, Listing
from tests.factories import make_compound
from tests.vendor_factories import make_listing, make_status, make_vendor

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "last_checked, is_active, is_asked_for",
    [
        (None, True, True),
        (date(2026, 3, 4), True, True),
        (date(2026, 3, 5), True, False),
        (None, False, False),
    ],
)
def test_listing_is_unchecked_after_half_a_year(last_checked, is_active, is_asked_for):
    make_status()
    make_listing(last_checked=last_checked, is_active=is_active)

    assert unchecked(Listing.objects, today=TODAY).exists() == is_asked_for


def test_listing_is_gone_once_the_law_changed():
    status = make_status()
    listing = make_listing()
    assert not gone(Listing.objects).exists()

    status.status = "unapproved"
    status.save()

    assert gone(Listing.objects).get() == listing


def test_listing_out_of_use_is_not_asked_for():
    make_status(status="unapproved")
    make_listing(is_active=False)

    assert not gone(Listing.objects).exists()


def test_listings_are_judged_at_the_same_number_of_queries(django_assert_max_num_queries):
    for number in range(12):
        compound = make_compound(f"compound-{number}")
        make_status(compound=compound)
        make_listing(compound=compound, vendor=make_vendor(f"shop-{number}"))

    with django_assert_max_num_queries(3):
        assert gone(Listing.objects).count() == 0


@pytest.mark.parametrize(
    "status, is_asked_for",
    [
        ("answered", False),
        ("moved", True),
        ("gone", True),
        ("unreachable", True),
        ("declined", False),
        ("robots", False),
        ("astray", True),
    ],
)
def test_link_is_broken_by_what_a_program_met(status, is_asked_for):
    met = {
        "machine_status": status,
        "checked_by_machine_at": datetime(2026, 8, 1, tzinfo=UTC),
        "machine_url": "https://example.com/melatonin?size=60",
    }
    make_listing(**met)

    assert broken(Listing.objects).exists() == is_asked_for


@pytest.mark.parametrize("changes", [{"url": "https://example.com/new"}, {"is_active": False}])
def test_link_is_not_broken_once_it_was_changed_or_taken_out_of_use(changes):
    make_listing(
        machine_status="gone",
        checked_by_machine_at=datetime(2026, 8, 1, tzinfo=UTC),
        machine_url="https://example.com/melatonin?size=60",
        **changes,
    )

    assert not broken(Listing.objects).exists()


def test_report_waits_until_it_is_answered_or_declined():
    waiting, _ = (
        ErrorReport.objects.create(page="/", text="It is wrong.", status=status)
        for status in ("new", "answered")
    )

    assert unanswered(ErrorReport.objects).get() == waiting
