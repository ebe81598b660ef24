"""The way out under attack: whatever is stored, asked or claimed, it leads to a listing or nowhere.

What is a clean address is said here once more, in other words than the code's.
"""

from urllib.parse import urlsplit

import pytest
from django.core.exceptions import DisallowedRedirect
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stackbuilder.models import ClickCount, Listing
from stackbuilder.views.vendors import LeavingRedirect
from tests.vendor_factories import make_listing, make_status, unsaved_listing

pytestmark = pytest.mark.django_db

FUZZ = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
EVIL = "evil.example"


@pytest.fixture
def listing():
    """A shop for melatonin in the US, where it is a supplement."""
    make_status()
    return make_listing()


def clicks():
    return sum(ClickCount.objects.values_list("count", flat=True))


def is_clean(address):
    """Say whether a browser can only read an address as https at the plain host it shows."""
    rest = address.removeprefix("https://")
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    labels = host.split(".")
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    return (
        address.startswith("https://")
        and address.isascii()
        and not any(letter <= " " or letter in '\\"<>^`{|}\x7f' for letter in address)
        and len(labels) > 1
        and all(label and set(label) <= letters for label in labels)
        and not labels[-1].isdigit()
        and urlsplit(address).hostname == host
    )


# Pieces that browsers, proxies and parsers are known to read in more than one way.
pieces = st.sampled_from(
    [
        "example.com", EVIL, "//", "/", "\\", "@", ":", ":443", ":8443", "?", "#", ".", "..", "%00",
        "\r\n", "\r\nLocation: https://evil.example", "%0d%0a", "\t", " ", "\u2028", "\u202e", "。",
        "．", "⁄", "ℂ", "ß", "ı", "еxample.com", "xn--xample-9uf.com", "xn--", "[::1]", "127.0.0.1",
        "2130706433", "0x7f.1", "localhost", "javascript:", "data:", "https://", "http:", "-", "_",
        "EXAMPLE.com", "user:word@", "&", "%", "\x7f", "\x01", "a" * 300, "a" * 64 + ".com",
    ]
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
addresses = st.lists(st.one_of(pieces, texts), max_size=6).map("".join).map("https://{}".format)


@FUZZ
@given(address=addresses)
@example(address="https://example.com/")
@example(address="https://example.com?a=b#c")
@example(address="https://example.com/%0d%0aSet-Cookie:%20a=b")
def test_stored_address_is_left_for_as_it_is_or_not_at_all(client, listing, address):
    address = address[:500]
    Listing.objects.filter(pk=listing.pk).update(url=address)

    response = client.get(f"/go/{listing.pk}/")

    if response.status_code == 302:
        assert response["Location"] == address
        assert is_clean(address)
    else:
        assert response.status_code == 410
        assert "Location" not in response
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["https://example.com/", "https://a-b.example.co.uk/x?y=z#w"])
def test_clean_address_is_clean_here_too(client, listing, address):
    Listing.objects.filter(pk=listing.pk).update(url=address)

    assert is_clean(address)
    assert client.get(f"/go/{listing.pk}/")["Location"] == address


NOT_HTTPS = [
    "javascript:alert(1)",
    "JavaScript://example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/",
    "/\\evil.example/",
    "http://example.com/",
    "HTTPS://example.com/",
    " https://example.com/",
    "\thttps://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "example.com",
    "",
]


@pytest.mark.parametrize("address", NOT_HTTPS)
def test_address_of_another_scheme_cannot_even_be_stored(listing, address):
    with pytest.raises(IntegrityError, match="https"), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(url=address)


@pytest.mark.parametrize(
    "address",
    [
        *NOT_HTTPS,
        "https://еxample.com/",
        "https://example。com/",
        "https://example.com:443/",
        "https://example.com:8443/",
        "https://user@example.com/",
        "https://example.com%00.evil.example/",
        "https://example.com%2f@evil.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https:example.com",
        "https:/example.com",
        "https:///example.com",
        "https://",
        "https://example.com/\nX: y",
    ],
)
def test_listing_with_an_unclean_address_may_not_be_left_for(listing, address):
    assert listing.may_leave
    assert not unsaved_listing(url=address).may_leave


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:,a", "http://example.com/"])
def test_last_door_lets_out_only_by_https(address):
    with pytest.raises(DisallowedRedirect):
        LeavingRedirect(address)


@pytest.mark.parametrize("host", [EVIL, f"testserver@{EVIL}", f"testserver.{EVIL}", "a b", "", "["])
def test_claimed_host_is_refused_and_leads_nowhere(client, listing, host):
    response = client.get(f"/go/{listing.pk}/", headers={"Host": host})

    assert response.status_code == 400
    assert "Location" not in response


@pytest.mark.parametrize(
    "name",
    ["X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "Referer", "Origin"],
)
def test_no_header_changes_where_one_leaves_for(client, listing, name):
    response = client.get(f"/go/{listing.pk}/", headers={name: f"https://{EVIL}/"})

    assert response["Location"] == listing.url


@FUZZ
@given(query=st.dictionaries(st.sampled_from(["url", "next", "r", "pk", "id", ""]), texts))
def test_no_query_changes_where_one_leaves_for(client, listing, query):
    response = client.get(f"/go/{listing.pk}/", query)

    assert response["Location"] == listing.url


@pytest.mark.parametrize("name", ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"])
@pytest.mark.parametrize("value", ["prefetch", "Prefetch;prerender", "prerender", "preview"])
def test_fetching_ahead_counts_nothing_by_any_browser(client, listing, name, value):
    response = client.get(f"/go/{listing.pk}/", headers={name: value})

    assert response["Location"] == listing.url
    assert clicks() == 0


@pytest.mark.parametrize("zeros", ["0", "00", "0" * 30])
def test_number_with_zeros_before_it_is_the_same_listing(client, listing, zeros):
    assert client.get(f"/go/{zeros}{listing.pk}/").headers.get("Location") in (None, listing.url)


@FUZZ
@given(number=st.one_of(st.integers(-(10**30), 10**30), st.integers(-5, 5)))
def test_number_of_no_listing_leaves_for_nowhere(client, listing, number):
    response = client.get(f"/go/{number}/")

    if number == listing.pk:
        assert response["Location"] == listing.url
    else:
        assert response.status_code == 404
        assert "Location" not in response


@pytest.mark.parametrize("digits", ["１", "١", "१", "²", "①", "一"])
def test_digits_of_other_scripts_are_no_number(client, listing, digits):
    response = client.get(f"/go/{digits * len(str(listing.pk))}/")

    assert response.status_code == 404
    assert "Location" not in response


def test_listing_whose_link_did_not_answer_can_still_be_left_for(client, listing):
    Listing.objects.filter(pk=listing.pk).update(
        machine_status="unreachable",
        machine_url=listing.url,
        checked_by_machine_at="2026-03-01T12:00:00Z",
    )

    assert client.get(f"/go/{listing.pk}/")["Location"] == listing.url
