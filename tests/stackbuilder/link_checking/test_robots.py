"""What a site's robots.txt asks of programs."""

import httpx
import pytest

from stackbuilder.link_checking.robots import Robots, read_robots

PAGE = httpx.URL("https://shop.example.com/a/b?c=d")


@pytest.mark.parametrize(
    "text, is_allowed",
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /a/", False),
        ("User-agent: *\nDisallow: /z/", True),
        ("User-agent: stackbuilder\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: Stackbuilder\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\r\nAllow: /a/b\r\nDisallow: /a/\r\n", True),
        ("<html><body>Not here</body></html>", True),
    ],
)
def test_rules_for_us_or_for_everybody_are_kept(text, is_allowed):
    assert Robots(text).allow(PAGE) == is_allowed


def test_file_with_a_mark_before_it_is_read():
    assert not read_robots("\ufeffUser-agent: *\nDisallow: /".encode()).allow(PAGE)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"\0" * 1000, b"Disallow: /\n" * 10])
def test_file_that_is_no_file_of_rules_forbids_nothing(body):
    assert read_robots(body).allow(PAGE)


@pytest.mark.parametrize(
    "asked, seconds", [("", 0), ("Crawl-delay: 7", 7), ("Crawl-delay: 9999", 30)]
)
def test_pause_is_the_one_asked_for_up_to_a_bound(asked, seconds):
    assert Robots(f"User-agent: *\n{asked}\nDisallow: /z").pause_seconds == seconds
