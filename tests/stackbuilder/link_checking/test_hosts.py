"""Where a program of ours may go, and above all where it may not."""

import httpx
import pytest

from stackbuilder.link_checking.hosts import AstrayError, all_public, checked_hop, is_public

START = httpx.URL("https://shop.example.com/a/b?c=d")


@pytest.mark.parametrize(
    "location, url",
    [
        ("/c", "https://shop.example.com/c"),
        ("c", "https://shop.example.com/a/c"),
        ("//other.example.com/", "https://other.example.com/"),
        ("https://OTHER.example.com:443/ä b#part", "https://other.example.com/%C3%A4%20b"),
        # A host that is not named is the one where the redirect stands.
        ("https:///nowhere", "https://shop.example.com/nowhere"),
        ("", "https://shop.example.com/a/b?c=d"),
    ],
)
def test_redirect_is_read_from_where_it_stands(location, url):
    assert str(checked_hop(location, START)) == url


@pytest.mark.parametrize(
    "location",
    [
        "http://shop.example.com/",
        "file:///etc/passwd",
        "ftp://shop.example.com/",
        "javascript:alert(1)",
        "data:text/html,a",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://localhost/",
        "https://printer/",
        "https://shop.example.com:8443/",
        "https://user:word@shop.example.com/",
        "https://user@127.0.0.1/",
        "https://shop.example.com./",
        "https://shop.example.com\\@127.0.0.1/",
        "https://a\x00.example.com/",
        "https://[::1",
        "https://shop.example.com/" + "a" * 2_000,
    ],
)
def test_address_that_is_not_to_be_followed_is_refused(location):
    with pytest.raises(AstrayError):
        checked_hop(location, START)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::"]
)
def test_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2130706433", "0x7f.1", "", "a",
    ],
)  # fmt: skip
def test_address_of_one_network_or_none_is_not_public(address):
    assert not is_public(address)


def test_one_private_address_of_several_is_one_too_many():
    with pytest.raises(AstrayError, match=r"at 10\.0\.0\.1, which is no public address"):
        all_public("mixed.example.com", ["93.184.215.14", "10.0.0.1"])
