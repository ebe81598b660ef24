"""What the page of a compound's vendors shows, and in which order."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from stackbuilder.listings import store_listing, vendor_page
from stackbuilder.models import Listing
from tests.factories import make_compound, make_user
from tests.vendor_factories import (
    NO_PACK,
    make_listing,
    make_protocol,
    make_register,
    make_status,
    make_vendor,
    unsaved_listing,
)

pytestmark = pytest.mark.django_db


def products(offers):
    return [offer.listing.product for offer in offers]


def test_store_listing_writes_who_did_it():
    make_status()
    alice = make_user()

    store_listing(unsaved_listing(), by=alice)

    assert Listing.history.get().history_user == alice


def test_store_listing_refuses_what_the_law_does_not_allow():
    make_status("US", "unapproved")

    with pytest.raises(ValidationError, match="so only a public register"):
        store_listing(unsaved_listing(), by=make_user())

    assert not Listing.objects.exists()


def test_sellers_come_by_cost_and_never_by_commission():
    make_status()
    make_protocol()
    make_listing(product="Dear", price=Decimal("9.00"), is_commission=True)
    make_listing(product="Cheap", price=Decimal("3.00"))
    make_listing(product="Between", price=Decimal("6.00"), is_commission=True)
    make_listing(product="Unknown", is_commission=True, **NO_PACK)

    before = products(vendor_page(make_compound()).sellers)
    for listing in Listing.objects.all():
        listing.is_commission = not listing.is_commission
        listing.save()

    assert before == ["Cheap", "Between", "Dear", "Unknown"]
    assert products(vendor_page(make_compound()).sellers) == before


def test_cost_is_worked_out_at_the_dose_of_the_trial():
    make_status()
    make_protocol(low=2.0, high=4.0)
    make_listing()

    (offer,) = vendor_page(make_compound()).sellers

    assert (offer.cost.low, offer.cost.high) == (Decimal("3.00"), Decimal("6.00"))


def test_registers_stand_apart_by_name():
    make_status()
    make_register("zebra-register")
    make_register("aardvark-register")
    make_listing()

    page = vendor_page(make_compound())

    names = [offer.listing.vendor.name for offer in page.registers]
    assert names == ["Aardvark Register", "Zebra Register"]
    assert products(page.sellers) == ["Melatonin 2 mg"]


@pytest.mark.parametrize("status", ["unapproved", "research-only", "withdrawn", "approved-drug"])
def test_listing_that_became_unlawful_is_not_shown(status):
    legal = make_status()
    make_listing()
    legal.status = status
    legal.save()

    page = vendor_page(make_compound())

    assert page.sellers == ()


def test_page_shows_neither_drafts_nor_what_is_out_of_use():
    make_status()
    make_listing(is_active=False)

    assert vendor_page(make_compound()).count == 0


@pytest.mark.parametrize(
    "region, shown",
    [
        ("", ["DE shop", "EU shop", "US shop", "World shop"]),
        ("US", ["US shop", "World shop"]),
        ("DE", ["DE shop", "EU shop", "World shop"]),
        ("FR", ["EU shop", "World shop"]),
        ("EU", ["EU shop", "World shop"]),
        ("UK", ["World shop"]),
        ("world", ["World shop"]),
    ],
)
def test_region_keeps_what_reaches_it(region, shown):
    for place in ("US", "EU", "DE", "world"):
        make_status(place)
        make_listing(
            region=place, product=f"{place.capitalize() if len(place) > 2 else place} shop"
        )

    page = vendor_page(make_compound(), region)

    assert sorted(products(page.sellers)) == shown


def test_listing_of_a_wide_region_is_hidden_where_the_law_of_the_place_is_stricter():
    make_status("EU")
    make_listing(region="EU")

    before = products(vendor_page(make_compound(), "FR").sellers)
    make_status("DK", "unapproved")
    make_status("FR", "prescription-only")

    assert before == ["Melatonin 2 mg"]
    assert vendor_page(make_compound(), "FR").count == 0
    # It would be sold in Denmark as well, so it is hidden everywhere.
    assert vendor_page(make_compound()).count == 0


@pytest.mark.parametrize(
    "statuses, region, nothing",
    [
        ([], "", "no-status"),
        ([("sport", "dietary-supplement")], "", "no-status"),
        ([("US", "unapproved"), ("world", "unapproved")], "", "not-approved"),
        ([("US", "unapproved"), ("UK", "approved-drug")], "", "nothing-added"),
    ],
)
def test_empty_page_says_why(statuses, region, nothing):
    for row in statuses:
        make_status(*row)

    assert vendor_page(make_compound(), region).nothing == nothing


def test_empty_page_of_a_region_says_that_there_is_something_elsewhere():
    make_status()
    make_listing()

    assert vendor_page(make_compound(), "UK").nothing == "elsewhere"
    assert vendor_page(make_compound(), "US").nothing == ""


def test_rulings_name_each_place_with_a_status_and_any_other_country():
    for row in (("UK", "prescription-only"), ("sport", "banned-in-sport"), ("US", "unapproved")):
        make_status(*row)

    rulings = vendor_page(make_compound()).rulings

    assert [one.name for one in rulings] == [
        "United States",
        "United Kingdom",
        "Any other country",
    ]
    assert [one.status for one in rulings] == ["not approved", "prescription only", ""]


def test_any_other_country_is_judged_by_the_status_of_the_world_alone():
    make_status("world", "approved-drug")
    make_status("US", "unapproved")

    here = vendor_page(make_compound(), "world").here

    assert here.ruling.reason == "medicine"
    assert (here.name, here.place) == ("Any other country", "Worldwide")


@pytest.mark.parametrize(
    "statuses, is_listed, needed",
    [
        ([("US", "dietary-supplement")], True, True),
        ([("EU", "dietary-supplement"), ("US", "unapproved")], True, True),
        ([("US", "dietary-supplement")], False, False),
        ([("US", "approved-drug")], True, False),
        ([("sport", "dietary-supplement")], True, False),
    ],
)
def test_disclaimer_belongs_to_supplements_with_a_listing(statuses, is_listed, needed):
    for row in statuses:
        make_status(*row)
    if is_listed:
        make_register()

    assert vendor_page(make_compound()).needs_disclaimer is needed


@pytest.mark.parametrize(
    "changes, rel",
    [
        ({"kind": "retailer", "is_commission": True}, "sponsored nofollow noopener"),
        ({"kind": "retailer"}, "sponsored nofollow noopener"),
        ({"kind": "directory"}, "nofollow noopener"),
    ],
)
def test_link_to_a_seller_is_marked_as_sponsored(changes, rel):
    make_status()
    make_listing(**changes)

    page = vendor_page(make_compound())

    assert [offer.rel for offer in (*page.registers, *page.sellers)] == [rel]


def test_page_takes_the_same_number_of_queries_for_any_number(django_assert_num_queries):
    make_status()
    make_protocol()
    for number in range(20):
        make_listing(vendor=make_vendor(f"shop-{number}"))
    compound = make_compound()

    with django_assert_num_queries(3):
        assert vendor_page(compound).count == 20
