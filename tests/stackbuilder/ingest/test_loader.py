"""A file of vendors becomes rows, again without doubles, and never over a person's edits."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from evidence.models import EvidenceVersion
from evidence.publication import system_user
from stackbuilder.ingest.loader import InvalidVendors, load_vendors
from stackbuilder.ingest.schema import VendorFile
from stackbuilder.listings import store_listing
from stackbuilder.models import ClickCount, Listing, Vendor
from tests.factories import make_compound, make_user
from tests.vendor_factories import make_status, unsaved_listing
from tests.vendor_files import listing_row, register_row, shop_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def supplements():
    """Melatonin and L-theanine 5-HTP are supplements in the US; BPC-157 is nowhere approved."""
    make_status()
    make_status(compound=make_compound("theanine", name="L-theanine & 5-HTP"))
    make_status("US", "unapproved", compound=make_compound("bpc-157"))


def load(*vendors, overwrite=False):
    return load_vendors(VendorFile.model_validate({"vendors": list(vendors)}), overwrite=overwrite)


@pytest.fixture
def alice():
    """A member of staff."""
    return make_user()


def edit(row, by, **changes):
    """Change a row as a person."""
    for name, value in changes.items():
        setattr(row, name, value)
    row._history_user = by
    row.save()


def test_register_gets_a_listing_for_each_compound_that_it_covers():
    load(register_row())

    rows = Listing.objects.order_by("compound__slug")
    assert [(row.compound.slug, row.url, row.product) for row in rows] == [
        ("melatonin", "https://example.com/search?q=Melatonin", "Melatonin"),
        (
            "theanine",
            "https://example.com/search?q=L-theanine%20%26%205-HTP",
            "L-theanine & 5-HTP",
        ),
    ]
    assert {row.kind for row in rows} == {"directory"}
    assert {row.last_checked for row in rows} == {None}
    assert not any(row.is_commission for row in rows)


def test_listing_of_a_file_is_stored_as_it_stands_there():
    load(shop_row())

    listing = Listing.objects.get()
    assert listing.vendor.note == "Ships in a week."
    assert listing.pack.price == Decimal("6.00")
    assert listing.pack.dose == Decimal(2)
    assert listing.third_party_tested_on == date(2025, 2, 3)
    assert listing.last_checked == date(2025, 3, 1)
    assert listing.is_commission


def test_load_leaves_its_name_in_the_history_and_opens_no_evidence_version():
    load(register_row(), shop_row())

    assert {record.history_user for record in Listing.history.all()} == {system_user()}
    assert {record.history_user for record in Vendor.history.all()} == {system_user()}
    assert not EvidenceVersion.objects.exists()


def test_second_load_writes_nothing():
    load(register_row(), shop_row())
    ids = set(Listing.objects.values_list("pk", flat=True))

    tally = load(register_row(), shop_row())

    assert not tally.wrote
    assert set(Listing.objects.values_list("pk", flat=True)) == ids
    assert Listing.history.count() == len(ids)


def test_changed_row_keeps_its_number_and_its_counts():
    load(shop_row())
    listing = Listing.objects.get()
    ClickCount.objects.count_one(listing, date(2025, 3, 1))

    tally = load(shop_row(listing_row(url="https://example.com/new")))

    assert tally.count("changed", Listing) == 1
    listing.refresh_from_db()
    assert listing.url == "https://example.com/new"
    assert ClickCount.objects.get().listing == listing


def test_row_that_a_person_edited_is_left_and_listed(alice):
    load(shop_row())
    edit(Listing.objects.get(), alice, url="https://example.com/alice")
    edit(Vendor.objects.get(), alice, note="Alice's note.")

    tally = load(shop_row())

    assert not tally.wrote
    assert len(tally.left) == 2
    assert all("was edited by a person" in line for line in tally.left)
    assert Listing.objects.get().url == "https://example.com/alice"
    assert Vendor.objects.get().note == "Alice's note."


def test_overwrite_writes_over_a_persons_edit(alice):
    load(shop_row())
    edit(Listing.objects.get(), alice, url="https://example.com/alice")

    load(shop_row(), overwrite=True)

    assert Listing.objects.get().url == "https://example.com/melatonin"


def test_listing_that_a_person_deleted_stays_away(alice):
    load(shop_row())
    listing = Listing.objects.get()
    listing._history_user = alice
    listing.delete()

    tally = load(shop_row())

    assert not Listing.objects.exists()
    assert tally.left == [
        "listing example-shop/melatonin/US/Melatonin 2 mg was deleted by a person"
    ]


def test_vendor_that_a_person_deleted_stays_away_with_its_listings():
    load(shop_row())
    Vendor.objects.get().delete()

    tally = load(shop_row())

    assert not Vendor.objects.exists() and not Listing.objects.exists()
    assert "vendor example-shop was deleted by a person" in tally.left


def test_listing_made_by_a_person_is_left_in_place_of_the_files(alice):
    load(shop_row(listing_row(product="Another")))
    by_hand = unsaved_listing(vendor=Vendor.objects.get(), url="https://example.com/alice")
    store_listing(by_hand, by=alice)

    tally = load(shop_row(listing_row(product="Another"), listing_row()))

    assert not tally.wrote
    assert "was made by a person already" in tally.left[0]
    assert Listing.objects.count() == 2


def test_listing_that_the_file_no_longer_yields_goes_out_of_use_and_comes_back():
    load(register_row())
    status = make_compound("theanine").regulatory_statuses.get()
    status.status = "unapproved"
    status.save()

    load(register_row())
    without = Listing.objects.get(compound__slug="theanine").is_active
    status.status = "dietary-supplement"
    status.save()
    load(register_row())

    assert not without
    assert Listing.objects.get(compound__slug="theanine").is_active
    assert Listing.objects.count() == 2


def test_listing_that_a_person_edited_stays_in_use_without_its_file(alice):
    load(shop_row(listing_row(), listing_row(product="Another")))
    edit(Listing.objects.get(product="Another"), alice, is_commission=False)

    tally = load(shop_row())

    assert Listing.objects.get(product="Another").is_active
    assert "is no longer in the file" in tally.left[0]


def test_listing_that_a_person_took_out_of_use_stays_so(alice):
    load(shop_row())
    edit(Listing.objects.get(), alice, is_active=False)

    load(shop_row())

    assert not Listing.objects.get().is_active


def test_vendor_and_listings_that_no_file_named_are_not_touched(alice):
    make_status("UK", "prescription-only")
    store_listing(unsaved_listing(), by=alice)

    tally = load(register_row())

    assert tally.left == []
    assert Listing.objects.get(vendor__slug="example-shop").is_active


def test_law_that_changed_since_the_check_refuses_the_whole_load():
    make_compound().regulatory_statuses.update(status="unapproved")

    with pytest.raises(InvalidVendors) as refusal:
        load(register_row(), shop_row())

    assert "so only a public register" in str(refusal.value.problems[0])
    assert refusal.value.problems[0].field == "example-shop/melatonin/US/Melatonin 2 mg"


def test_command_reports_what_a_load_did(tmp_path):
    load(shop_row())
    out = StringIO()

    call_command("load_vendors", "stackbuilder/data/vendors.json", stdout=out)

    assert "12 vendors new" in out.getvalue()
