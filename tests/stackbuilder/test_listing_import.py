"""Listings from a spreadsheet: the law is asked of each row, by the one door."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from evidence.models import EvidenceVersion
from stackbuilder.models import ClickCount, ErrorReport, Listing, SavedStack, Vendor
from tests.factories import make_compound, make_user
from tests.vendor_factories import make_listing, make_register, make_status, make_vendor

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:stackbuilder_listing_import")
ROW = {
    "vendor": "example-shop",
    "compound": "melatonin",
    "kind": "retailer",
    "region": "US",
    "product": "Melatonin 2 mg",
    "url": "https://example.com/melatonin",
    "dose_per_unit": "2",
    "dose_unit": "mg",
    "units_per_pack": "60",
    "price": "9.95",
    "currency": "USD",
    "third_party_test": "",
    "third_party_tested_on": "",
    "third_party_test_url": "",
    "is_commission": "no",
    "last_checked": "2026-01-31",
    "is_active": "yes",
}
GOOD = {**ROW, "product": "Undamaged"}


def as_csv(*rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ROW)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def alice():
    """Who keeps the vendors."""
    return make_user(is_superuser=True)


@pytest.fixture
def staff(client, alice):
    """A browser in which Alice is logged in, where melatonin may be sold in the US."""
    make_compound()
    make_vendor()
    make_status()
    client.force_login(alice)
    return client


@pytest.fixture
def attempt(staff):
    """Return a function that uploads a file."""
    return lambda data: staff.post(PAGE, {"file": SimpleUploadedFile("a.csv", data)})


@pytest.fixture
def store(staff):
    """Return a function that stores the good rows of what was tried."""

    def store(tried):
        sent = {name: tried.context[name] for name in ("token", "seen")}
        return staff.post(PAGE, {**sent, "good_only": "on"})

    return store


def test_listing_is_tried_then_stored(attempt, store, alice):
    tried = attempt(as_csv(ROW))
    assert [row.kind for row in tried.context["rows"]] == ["new"]
    assert not Listing.objects.exists()

    store(tried)

    listing = Listing.objects.get()
    assert (listing.vendor.slug, str(listing.price), listing.is_active) == (
        "example-shop",
        "9.95",
        True,
    )
    assert listing.history.get().history_user == alice
    assert not EvidenceVersion.objects.exists()


def test_price_of_a_listing_is_changed(attempt, store):
    make_listing()
    cells = {**ROW, "url": "https://example.com/melatonin?size=60", "price": "8.00"}

    tried = attempt(as_csv(cells))
    store(tried)

    assert [row.kind for row in tried.context["rows"]] == ["changed"]
    assert str(Listing.objects.get().price) == "8.00"


def test_listing_that_the_law_forbids_is_refused(attempt, store):
    compound = make_compound("tirzepatide")
    make_status(compound=compound, status="prescription-only")

    tried = attempt(as_csv({**ROW, "compound": "tirzepatide"}, GOOD))
    store(tried)

    (problem,) = tried.context["rows"][0].problems
    assert "so only a public register" in problem[1]
    assert Listing.objects.get().compound.slug == "melatonin"


def test_export_comes_back_without_a_change(staff, attempt):
    make_listing()
    make_register(third_party_test="A lab", third_party_test_url="https://example.com/t",
                  third_party_tested_on="2025-01-01")  # fmt: skip
    url = reverse("admin:stackbuilder_listing_export", args=["csv"])

    tried = attempt(b"".join(staff.get(url).streaming_content))

    assert [row.kind for row in tried.context["rows"]] == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    "cells, message",
    [
        ({"vendor": "nobody"}, "There is no vendor"),
        ({"compound": ""}, "compound: "),
        ({"kind": "wizard"}, "not a valid choice"),
        ({"region": "Atlantis"}, "region: "),
        ({"url": "javascript:alert(1)"}, "url: "),
        ({"url": "http://example.com/"}, "url: "),
        ({"price": "free"}, "Must be a number"),
        ({"price": "9,95"}, "Must be a number"),
        ({"price": "-1"}, "above zero"),
        ({"price": "1e30"}, "price: "),
        ({"price": ""}, "or none of them"),
        ({"units_per_pack": "1.5"}, "Must be a whole number"),
        ({"units_per_pack": "0"}, "units_per_pack: "),
        ({"currency": "dollars"}, "currency: "),
        ({"is_active": "perhaps"}, "Must be yes or no"),
        ({"last_checked": "31/01/2026"}, "Must be a day such as 2026-03-31"),
        ({"last_checked": "2999-01-01"}, "has not come yet"),
        ({"third_party_test": "A lab"}, "leave all three empty"),
        ({"product": "x" * 121}, "at most 120 characters"),
        ({"product": ""}, "product: "),
        ({"kind": "directory"}, "A public register has no price"),
    ],
)
def test_row_with_something_wrong_is_refused_alone(cells, message, attempt, store):
    make_status()

    tried = attempt(as_csv({**ROW, **cells}, GOOD))
    store(tried)

    said = [f"{name}: {text}" for name, text in tried.context["rows"][0].problems]
    assert message in "\n".join(said)
    assert Listing.objects.get().product == "Undamaged"


def test_markup_is_taken_out_of_a_product(attempt, store):
    store(attempt(as_csv({**ROW, "product": "<script>alert(1)</script>Melatonin"})))

    assert Listing.objects.get().product == "Melatonin"


@pytest.mark.parametrize("model", [Vendor, Listing, ClickCount])
def test_lists_of_vendors_are_files(model, staff):
    ClickCount.objects.count_one(make_listing(product="=1+1"), "2025-03-01")
    name = f"admin:stackbuilder_{model._meta.model_name}_export"

    csv_file, xlsx = (staff.get(reverse(name, args=[kind])) for kind in ("csv", "xlsx"))

    lines = list(csv.DictReader(io.StringIO(b"".join(csv_file).decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(b"".join(xlsx.streaming_content)))
    assert len(lines) == model.objects.count() == book.active.max_row - 1
    assert all(line.get("product") in (None, "'=1+1") for line in lines)


@pytest.mark.parametrize("model", [ErrorReport, SavedStack])
def test_what_people_wrote_or_made_is_no_file(model, staff):
    changelist = reverse(f"admin:stackbuilder_{model._meta.model_name}_changelist")

    assert "export/csv" not in staff.get(changelist).content.decode()
