"""What must be true of vendors and listings, row by failing row."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from evidence.models import EvidenceVersion
from stackbuilder import law
from stackbuilder.models import ClickCount, Listing, SellerKind, Vendor
from tests.factories import make_compound
from tests.vendor_factories import (
    NO_PACK,
    make_listing,
    make_register,
    make_status,
    make_vendor,
    unsaved_listing,
)

pytestmark = pytest.mark.django_db

TEST = {
    "third_party_test": "Example Laboratory",
    "third_party_test_url": "https://example.com/test",
    "third_party_tested_on": date(2025, 3, 1),
}


def test_kinds_of_seller_are_those_of_the_law():
    assert set(SellerKind.values) == {seller.value for seller in law.Seller}


@pytest.mark.parametrize("url", ["http://example.com/", "HTTPS://example.com/", "", "/example"])
def test_vendor_address_must_be_https(url):
    with pytest.raises(IntegrityError, match="vendor_address_is_https"):
        make_vendor("bad", url=url)


@pytest.mark.parametrize("url", ["http://example.com/", "HTTPS://example.com/", "", "/example"])
def test_listing_address_must_be_https(url):
    with pytest.raises(IntegrityError, match="listing_address_is_https"):
        make_listing(url=url)


@pytest.mark.parametrize("region", ["", "sport"])
def test_listing_region_must_be_a_place(region):
    with pytest.raises(IntegrityError, match="listing_region_is_a_place"):
        make_listing(region=region)


@pytest.mark.parametrize(
    "changes",
    [
        *({name: empty} for name, empty in NO_PACK.items()),
        {**NO_PACK, "price": Decimal("6.00")},
        {**NO_PACK, "currency": "USD"},
        {"dose_per_unit": 0},
        {"dose_per_unit": -1},
        {"units_per_pack": 0},
        {"price": 0},
        {"price": -1},
    ],
)
def test_listing_pack_and_price_must_go_together(changes):
    with pytest.raises(IntegrityError, match=r"listing_pack_and_price|units_per_pack_check"):
        make_listing(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_commission": True},
        {
            "dose_per_unit": 2,
            "dose_unit": "mg",
            "units_per_pack": 60,
            "price": 6,
            "currency": "USD",
        },
    ],
)
def test_listing_of_a_register_must_earn_nothing(changes):
    with pytest.raises(IntegrityError, match="listing_of_a_register_earns_nothing"):
        make_register(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"third_party_test": ""},
        {"third_party_test_url": ""},
        {"third_party_tested_on": None},
        {"third_party_test_url": "http://example.com/test"},
    ],
)
def test_third_party_test_must_be_whole(changes):
    with pytest.raises(IntegrityError, match="listing_third_party_test_is_whole"):
        make_listing(**{**TEST, **changes})


@pytest.mark.parametrize("changes", [{}, NO_PACK, TEST])
def test_listing_with_all_or_none_is_kept(changes):
    listing = make_listing(**changes)

    listing.refresh_from_db()

    assert (listing.pack is None) == (changes == NO_PACK)


def test_listing_must_be_given_once():
    make_listing()

    with pytest.raises(IntegrityError, match=r"listing_is_given_once|vendor_id.*product"):
        make_listing()


def test_load_key_must_be_given_once():
    make_listing(load_key="a/b/US")

    with pytest.raises(IntegrityError, match="load_key"):
        make_listing(load_key="a/b/US", product="Another")


def test_clicks_must_be_counted_in_one_row_a_day():
    listing, day = make_listing(), date(2025, 3, 1)
    ClickCount.objects.create(listing=listing, day=day, count=1)

    with pytest.raises(IntegrityError, match=r"click_count_is_one_a_day|listing_id.*day"):
        ClickCount.objects.create(listing=listing, day=day, count=1)


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"url": "https://user@example.com/"}, "url"),
        ({"url": "https://example.com/\r\nLocation:"}, "url"),
        ({"region": "GB"}, "region"),
        ({"region": "us"}, "region"),
        ({"kind": "shop"}, "kind"),
        ({"currency": "usd"}, "currency"),
        ({"last_checked": timezone.localdate() + timedelta(days=2)}, "last_checked"),
        (
            {**TEST, "third_party_tested_on": timezone.localdate() + timedelta(days=2)},
            "third_party_tested_on",
        ),
        ({**TEST, "third_party_test_url": "https://localhost/"}, "third_party_test_url"),
    ],
)
def test_full_clean_names_the_field_to_mend(changes, field):
    make_status()

    with pytest.raises(ValidationError) as refusal:
        unsaved_listing(**changes).full_clean()

    assert field in refusal.value.message_dict


@pytest.mark.parametrize("kind", SellerKind.values)
@pytest.mark.parametrize(
    "status, allowed",
    [
        ("dietary-supplement", {"directory", "pharmacy", "retailer"}),
        ("approved-drug", {"directory", "pharmacy"}),
        ("prescription-only", {"directory", "pharmacy"}),
        ("unapproved", {"directory"}),
        ("research-only", {"directory"}),
        ("withdrawn", {"directory"}),
        ("banned-in-sport", {"directory"}),
    ],
)
def test_full_clean_keeps_to_the_law(status, kind, allowed):
    make_status("US", status)
    listing = unsaved_listing(kind=kind)

    if kind in allowed:
        listing.full_clean()
    else:
        with pytest.raises(ValidationError, match="so only a public register"):
            listing.full_clean()


def test_refusal_names_the_status_and_whose_it_is():
    make_status("EU", "prescription-only")
    listing = unsaved_listing(region="FR")

    assert listing.refusal() == (
        "Melatonin in FR: prescription-only (EU), so only a public register or a pharmacy."
    )


def test_unlawful_listing_may_be_stored_out_of_use():
    make_status("US", "unapproved")

    unsaved_listing(is_active=False).full_clean()


@pytest.mark.parametrize(
    "changes",
    [{"is_active": False}, {"kind": "retailer", "region": "CA"}, {"url": "https://localhost/"}],
)
def test_site_may_not_leave_for_what_is_out_of_use_unlawful_or_unclean(changes):
    make_status()

    assert make_listing().may_leave
    assert not make_listing(product="Another", **changes).may_leave


def test_active_leaves_out_drafts_and_what_is_out_of_use():
    shown = make_listing()
    make_listing(product="Another", is_active=False)
    make_listing(compound=make_compound("valerian", published=False))

    assert list(Listing.objects.active()) == [shown]


def test_with_law_asks_the_same_number_of_questions_for_any_number(django_assert_num_queries):
    make_status()
    for size in range(5):
        make_listing(product=f"Melatonin {size} mg")

    with django_assert_num_queries(2):
        assert all(listing.is_lawful for listing in Listing.objects.with_law())


def test_change_of_a_listing_leaves_who_and_what_and_no_evidence_version():
    listing = make_listing()
    listing.price = Decimal("7.00")
    listing.save()

    records = listing.history.order_by("history_id")

    assert [record.history_type for record in records] == ["+", "~"]
    assert [record.price for record in records] == [Decimal("6.00"), Decimal("7.00")]
    assert not EvidenceVersion.objects.exists()


def test_deleted_vendor_takes_its_listings_and_counts_along():
    listing = make_listing()
    ClickCount.objects.count_one(listing, date(2025, 3, 1))

    listing.vendor.delete()

    assert not Listing.objects.exists()
    assert not ClickCount.objects.exists()
    assert Vendor.history.first().history_type == "-"
    assert Listing.history.first().history_type == "-"
