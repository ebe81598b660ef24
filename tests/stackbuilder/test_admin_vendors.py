"""Where staff keep vendors: the law is checked, the history kept, and no list asks per row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.models import EvidenceVersion
from stackbuilder.models import ClickCount, Listing, Vendor
from tests.factories import make_compound, make_user
from tests.vendor_factories import make_listing, make_status, make_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    """A browser in which a superuser is logged in."""
    client.force_login(make_user(is_superuser=True))
    return client


def address(model, page, *arguments):
    return reverse(f"admin:stackbuilder_{model._meta.model_name}_{page}", args=arguments)


def form_data(**changes):
    """Return what a browser sends for a new listing of melatonin at Example Shop."""
    values = {
        "compound": make_compound().pk,
        "vendor": make_vendor().pk,
        "kind": "retailer",
        "region": "US",
        "product": "Melatonin 2 mg",
        "url": "https://example.com/melatonin",
        "is_active": "on",
    }
    return {**values, **changes}


def count_queries(client, url):
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", [Vendor, Listing, ClickCount])
def test_list_asks_the_same_number_of_questions_for_any_number(staff, model):
    make_status()
    ClickCount.objects.count_one(make_listing(), "2025-03-01")
    url = address(model, "changelist")
    count_queries(staff, url)
    before = count_queries(staff, url)

    for number in range(15):
        vendor = make_vendor(f"shop-{number}")
        ClickCount.objects.count_one(make_listing(vendor=vendor), "2025-03-01")

    assert count_queries(staff, url) == before


@pytest.mark.parametrize("query", ["melatonin", "example", "Melatonin 2"])
def test_listing_is_found_by_its_product_vendor_and_compound(staff, query):
    make_listing()

    response = staff.get(address(Listing, "changelist"), {"q": query})

    assert response.context["cl"].result_count == 1


def test_vendor_and_compound_are_chosen_by_typing(staff):
    make_vendor()
    fields = {"app_label": "stackbuilder", "model_name": "listing"}

    for field, term in (("vendor", "exam"), ("compound", "mela")):
        make_compound()
        response = staff.get(
            reverse("admin:autocomplete"), {**fields, "field_name": field, "term": term}
        )
        assert len(response.json()["results"]) == 1


def test_lawful_listing_is_saved_by_whom_and_when_and_opens_no_evidence_version(staff):
    make_status()

    response = staff.post(address(Listing, "add"), form_data())

    assert response.status_code == 302
    record = Listing.history.get()
    assert (record.history_user.username, record.history_type) == ("alice", "+")
    assert not EvidenceVersion.objects.exists()


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"region": "UK"}, "no legal status known, so only a public register."),
        ({"url": "http://example.com/"}, "Must start with https://"),
        ({"url": "https://example.com:81/"}, "Must not name a port."),
        ({"region": "sport"}, "Write two capitals"),
        ({"price": "6.00"}, "Give the dose, its unit"),
        ({"kind": "directory", "is_commission": "on"}, "pays no commission"),
        ({"third_party_test": "Example Laboratory"}, "Of a test give who did it"),
        ({"last_checked": "2999-01-01"}, "This day has not come yet."),
    ],
)
def test_form_refuses_in_words(staff, changes, words):
    make_status()

    response = staff.post(address(Listing, "add"), form_data(**changes))

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Listing.objects.exists()


def test_form_saved_without_a_change_leaves_no_history(staff):
    make_status()
    staff.post(address(Listing, "add"), form_data())
    listing = Listing.objects.get()

    staff.post(address(Listing, "change", listing.pk), form_data())

    assert Listing.history.count() == 1


def test_unlawful_listings_can_be_taken_out_of_use(staff):
    make_status("US", "unapproved")
    listing = make_listing()

    staff.post(
        address(Listing, "changelist"),
        {"action": "take_out_of_use", "_selected_action": [listing.pk]},
    )

    listing.refresh_from_db()
    assert not listing.is_active
    assert listing.history.first().history_user.username == "alice"


def test_history_shows_what_changed_and_cannot_be_written_back(staff):
    make_status()
    staff.post(address(Listing, "add"), form_data())
    listing = Listing.objects.get()
    staff.post(address(Listing, "change", listing.pk), form_data(product="Renamed"))

    page = staff.get(address(Listing, "history", listing.pk))
    past = address(Listing, "simple_history", listing.pk, Listing.history.last().pk)

    assert "Renamed" in page.content.decode()
    assert "style=" not in page.content.decode()
    assert staff.get(past).status_code == 200
    assert staff.post(past, form_data()).status_code == 403


@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_nobody_writes_a_count_by_hand(staff, page):
    ClickCount.objects.count_one(make_listing(), "2025-03-01")
    arguments = [] if page == "add" else [ClickCount.objects.get().pk]

    response = staff.post(address(ClickCount, page, *arguments), {"count": 5})

    assert response.status_code == 403


def test_vendor_goes_back_to_an_earlier_version_without_a_publication(staff):
    vendor = make_vendor()
    first = vendor.history.get()
    vendor.note = "Something else"
    vendor.save()

    staff.post(address(Vendor, "go_back", vendor.pk, first.pk), {"why": "It was right before."})

    vendor.refresh_from_db()
    assert vendor.note == ""
    assert vendor.history.first().history_change_reason.endswith("It was right before.")
    assert not EvidenceVersion.objects.exists()


def test_listing_goes_back_to_nothing_that_the_law_forbids_today(staff):
    status = make_status()
    listing = make_listing()
    first = listing.history.get()
    listing.is_active = False
    listing.save()
    status.status = "unapproved"
    status.save()

    page = staff.post(address(Listing, "go_back", listing.pk, first.pk), {"why": ""})

    listing.refresh_from_db()
    assert not listing.is_active
    assert b"cannot be brought back" in page.content


def test_listing_goes_back_by_the_way_that_checks(staff):
    make_status()
    listing = make_listing()
    first = listing.history.get()
    listing.price = 9
    listing.save()

    staff.post(address(Listing, "go_back", listing.pk, first.pk), {"why": ""})

    listing.refresh_from_db()
    assert listing.price == first.price
    assert not EvidenceVersion.objects.exists()
