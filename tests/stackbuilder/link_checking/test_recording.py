"""Which links are due, and what is kept of a visit."""

from datetime import UTC, datetime

import pytest

from evidence.models import EvidenceVersion
from stackbuilder.link_checking.recording import due_links, record_visit
from stackbuilder.link_checking.visiting import Visit
from stackbuilder.models import LinkStatus, Listing
from tests.factories import make_compound
from tests.vendor_factories import make_listing, make_status, make_vendor

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://example.com/melatonin?size=60"


def test_address_of_several_listings_is_due_once():
    make_listing()
    make_listing(product="Other")

    (link,) = due_links()

    assert (link.address, link.listings) == (URL, 2)


def test_listing_out_of_use_or_of_a_draft_is_not_due():
    make_listing(is_active=False)
    make_listing(compound=make_compound("valerian", published=False))

    assert due_links() == []


def test_due_are_of_one_vendor_if_asked():
    make_listing()
    make_listing(vendor=make_vendor("other"), url="https://other.example.com/")

    assert [link.address for link in due_links(vendor="other")] == ["https://other.example.com/"]


def test_limited_number_is_those_unvisited_for_longest_with_each_host_together():
    for number, day in enumerate([3, None, 1, 2]):
        listing = make_listing(product=str(number), url=f"https://example.com/{number}")
        if day:
            at = AT.replace(day=day)
            record_visit(listing.url, Visit(LinkStatus.ANSWERED), at)
    make_listing(product="a", url="https://a.example.com/")

    assert [link.address[8:] for link in due_links(limit=3)] == [
        "a.example.com/",
        "example.com/1",
        "example.com/2",
    ]


def test_due_links_are_one_question_for_any_number(django_assert_num_queries):
    for number in range(20):
        make_listing(product=str(number), url=f"https://example.com/{number}")

    with django_assert_num_queries(1):
        assert len(due_links()) == 20


def test_visit_is_kept_with_every_listing_of_the_address_and_no_other():
    one, two = make_listing(), make_listing(product="Other")
    other = make_listing(product="Third", url="https://example.com/third")

    count = record_visit(URL, Visit(LinkStatus.GONE, "status 404"), AT)

    for listing in (one, two, other):
        listing.refresh_from_db()
    assert count == 2
    assert (one.link_status, two.link_status, other.link_status) == ("gone", "gone", "")
    assert (one.machine_detail, one.checked_by_machine_at) == ("status 404", AT)


def test_visit_is_no_edit_no_person_and_no_evidence():
    listing = make_listing()
    before = (Listing.history.count(), EvidenceVersion.objects.count())

    record_visit(URL, Visit(LinkStatus.ANSWERED), AT)

    listing.refresh_from_db()
    assert (Listing.history.count(), EvidenceVersion.objects.count()) == before
    assert listing.last_checked is None


@pytest.mark.parametrize("detail", ["a" * 5_000, "\0\r\n\x1b[31m", "é\u202e"])
def test_detail_of_a_server_is_kept_short_and_harmless(detail):
    listing = make_listing()

    record_visit(URL, Visit(LinkStatus.ASTRAY, detail), AT)

    listing.refresh_from_db()
    assert len(listing.machine_detail) <= 300
    assert listing.machine_detail.isprintable()


def test_check_of_an_address_that_was_changed_since_is_none():
    make_status()
    listing = make_listing()
    record_visit(URL, Visit(LinkStatus.ANSWERED), AT)
    listing.refresh_from_db()

    listing.url = "https://example.com/elsewhere"

    assert listing.link_status == ""
