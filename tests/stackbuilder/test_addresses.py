"""Which addresses the site may lead to."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.addresses import fault_of

GOOD = [
    "https://example.com",
    "https://example.com/",
    "https://www.example.com/a/b?c=d&e=%20f#g",
    "https://sub-domain.example.co.uk/@name/a:b",
    "https://xn--bcher-kva.example/",
    "https://example.xn--p1ai/",
]
BAD = [
    "",
    "example.com",
    "//example.com/",
    "http://example.com/",
    "HTTPS://example.com/",
    "https:/example.com/",
    "https:///example.com/",
    "https://",
    "javascript:alert(1)",
    "data:text/html,hello",
    "ftp://example.com/",
    "https://user@example.com/",
    "https://user:word@example.com/",
    "https://example.com:443/",
    "https://example.com:8080/",
    "https://example.com:/",
    "https://localhost/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://example.com./",
    "https://.example.com/",
    "https://exa_mple.com/",
    "https://-example.com/",
    "https://example..com/",
    "https://Example.com/",
    "https://exämple.com/",
    "https://example.com\\@evil.example/",
    "https://example.com/ a",
    "https://example.com/\r\nSet-Cookie: a=b",
    "https://example.com/\n",
    " https://example.com/",
    "https://example.com/\x00",
    "https://example.com/\u202eelif",
    "https://example.com/<b>",
    'https://example.com/"onclick',
    "https://example.com/" + "a" * 500,
    "https://" + "a." * 130 + "com/",
    "https://[example.com/",
]


@pytest.mark.parametrize("address", GOOD)
def test_plain_https_address_has_no_fault(address):
    assert fault_of(address) == ""


@pytest.mark.parametrize("address", BAD)
def test_any_other_address_has_a_fault_in_words(address):
    assert fault_of(address).endswith(".")


@pytest.mark.parametrize(
    "address, words",
    [
        ("http://example.com/", "https://"),
        ("https://a@example.com/", "user"),
        ("https://example.com:1/", "port"),
        ("https://example.com/\n", "control"),
        ("https://localhost/", "host"),
    ],
)
def test_fault_says_what_is_wrong(address, words):
    assert words in fault_of(address)


@given(st.text(alphabet="ahtps:/.@\\?#[]%\r\n\x00 é1-_", max_size=40))
def test_whatever_passes_leads_to_the_host_that_it_shows(text):
    address = f"https://{text}"

    if not fault_of(address):
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert parts.netloc == parts.hostname
        assert parts.username is parts.password is parts.port is None
        assert address.isprintable() and address.isascii() and " " not in address
