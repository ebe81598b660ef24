"""The way out: only to a listing, only as it is stored, and counted without a trace of anybody."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.models import EvidenceVersion
from stackbuilder.models import ClickCount, Listing
from tests.factories import make_compound
from tests.pages import elements, page_of, text_of
from tests.vendor_factories import make_listing, make_register, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    """A shop for melatonin in the US, where it is a supplement."""
    make_status()
    return make_listing()


def go(listing):
    return f"/go/{listing.pk}/"


def clicks():
    return sum(ClickCount.objects.values_list("count", flat=True))


def test_get_leaves_for_the_listing_and_counts(client, listing):
    response = client.get(go(listing))

    assert response.status_code == 302
    assert response["Location"] == "https://example.com/melatonin?size=60"
    count = ClickCount.objects.get()
    assert (count.listing, count.day, count.count) == (listing, timezone.localdate(), 1)


def test_each_get_counts(client, listing):
    for _ in range(3):
        client.get(go(listing))

    assert clicks() == 3


def test_leaving_tells_nobody_where_from_and_is_kept_nowhere(client, listing):
    response = client.get(
        go(listing), headers={"Referer": "http://testserver/compounds/melatonin/"}
    )

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert not client.session.keys()


def test_a_count_holds_nothing_about_who_left():
    assert {field.name for field in ClickCount._meta.fields} == {"id", "listing", "day", "count"}


def test_head_neither_leaves_nor_counts(client, listing):
    response = client.head(go(listing))

    assert response.status_code == 200
    assert "Location" not in response
    assert response["Referrer-Policy"] == "no-referrer"
    assert clicks() == 0


def test_fetching_ahead_does_not_count(client, listing):
    client.get(go(listing), headers={"Sec-Purpose": "prefetch;prerender"})

    assert clicks() == 0


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_no_other_method_leaves(listing, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(go(listing))

    assert response.status_code == 405
    assert "Location" not in response
    assert clicks() == 0


def gone_for_good(response):
    """Say whether a response is the page that says so, and leads nowhere."""
    tree = page_of(response)
    return (
        "Location" not in response
        and response["Cache-Control"] == "no-store"
        and text_of(elements(tree, "h1")[0]) == "This listing is gone"
    )


@pytest.mark.parametrize("changes", [{"is_active": False}, {"region": "CA"}])
def test_listing_out_of_use_or_unlawful_is_gone(client, listing, changes):
    Listing.objects.filter(pk=listing.pk).update(**changes)

    response = client.get(go(listing))

    assert response.status_code == 410
    assert gone_for_good(response)
    assert "/compounds/melatonin/vendors/" in response.content.decode()
    assert clicks() == 0


def test_listing_whose_compound_changed_its_status_is_gone(client, listing):
    listing.compound.regulatory_statuses.update(status="unapproved")

    assert client.get(go(listing)).status_code == 410


def test_register_stays_whatever_the_status(client):
    make_status("US", "unapproved")
    register = make_register()

    assert client.get(go(register)).status_code == 302


def test_listing_of_a_draft_is_gone_and_does_not_name_it(client):
    draft = make_compound("valerian", published=False)
    make_status(compound=draft)
    listing = make_listing(compound=draft)

    response = client.get(go(listing))

    assert response.status_code == 410
    assert "alerian" not in response.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "https://user:word@evil.example/",
        "https://evil.example:8443/",
        "https://example.com\\@evil.example/",
        "https://example.com/\r\nSet-Cookie: a=b",
        "https://localhost/",
    ],
)
def test_address_that_came_past_the_checks_is_not_left_for(client, listing, url):
    Listing.objects.filter(pk=listing.pk).update(url=url)

    response = client.get(go(listing))

    assert response.status_code == 410
    assert gone_for_good(response)
    assert "evil" not in response.content.decode()


@pytest.mark.parametrize("pk", [0, 999_999, 2**31, 2**63 - 1])
def test_number_without_a_listing_is_not_found_in_words(client, listing, pk):
    response = client.get(f"/go/{pk}/")

    assert response.status_code == 404
    assert gone_for_good(response)


@pytest.mark.parametrize(
    "path",
    [
        "-1",
        "1.0",
        "1e3",
        "0x1",
        "abc",
        "١٢",
        "https://evil.example",
        "//evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "%0d%0aLocation:%20https://evil.example",
        str(2**63),
        str(10**30),
        "%ff%fe",
        "..%2f..%2fadmin",
        "9" * 5000,
        "",
    ],
)
def test_anything_but_a_number_is_not_found(client, listing, path):
    response = client.get(f"/go/{path}/")

    assert response.status_code == 404
    assert "Location" not in response


def test_nul_byte_is_refused(client, listing):
    assert client.get(f"/go/{listing.pk}%00/").status_code == 400


@pytest.mark.parametrize("name", ["url", "next", "to", "u", "redirect", "listing"])
def test_no_parameter_changes_where_one_leaves_for(client, listing, name):
    response = client.get(go(listing), {name: "https://evil.example/"})

    assert response["Location"] == listing.url


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.one_of(st.text(max_size=30), st.integers().map(str)),
    tail=st.sampled_from(["/", "", "//evil.example/", "/?url=https://evil.example/"]),
    method=st.sampled_from(["get", "head", "post"]),
)
def test_no_address_leaves_for_an_unlisted_place(client, listing, text, tail, method):
    response = getattr(client, method)(f"/go/{quote(text, safe='')}{tail}")

    location = response.headers.get("Location", "")
    # To itself with a slash at its end, or to the one listing there is.
    assert location == "" or location == listing.url or location.startswith("/go/")
    assert not location.startswith("//")
    assert response.status_code in {200, 301, 302, 400, 404, 405}
    assert method == "get" or location != listing.url


def test_leaving_opens_no_evidence_version(client, listing):
    client.get(go(listing))

    assert not EvidenceVersion.objects.exists()


def test_leaving_takes_few_queries(client, listing, django_assert_max_num_queries):
    client.get(go(listing))

    with django_assert_max_num_queries(3):
        client.get(go(listing))
