"""A link followed to its end, on a web that misbehaves in every way."""

import pytest

from stackbuilder.link_checking.visiting import Visitor
from stackbuilder.models import LinkStatus
from tests.link_server import Reply, to

HOST = "shop.example.com"
START = f"https://{HOST}/page"


def visit(web, **replies):
    """Return the visit to the page of a web with these replies by path."""
    web.replies |= {f"{HOST}/{path}": reply for path, reply in replies.items()}
    return Visitor(web.outside()).visit(START)


@pytest.mark.parametrize(
    "reply, status",
    [
        (Reply(200), "answered"),
        (Reply(204), "answered"),
        (Reply(404), "gone"),
        (Reply(410), "gone"),
        (Reply(401), "declined"),
        (Reply(403), "declined"),
        (Reply(451), "declined"),
        (Reply(429), "unreachable"),
        (Reply(500), "unreachable"),
        (Reply(302), "unreachable"),
        (Reply(304), "unreachable"),
        (Reply(how="slow"), "unreachable"),
        (Reply(how="huge"), "answered"),
    ],
)
def test_answer_becomes_a_status(web, reply, status):
    assert visit(web, page=reply).status == status


def test_server_that_recovers_has_answered(web):
    assert visit(web, page=[Reply(500), Reply(500), Reply()]).status == "answered"


@pytest.mark.parametrize(
    "location, code, status",
    [
        ("/there", 301, "moved"),
        ("/there", 308, "moved"),
        ("/there", 302, "answered"),
        ("/there", 303, "answered"),
        ("there", 307, "answered"),
        ("https://other.example.com/there", 302, "moved"),
        ("//other.example.com/there", 302, "moved"),
        ("/", 302, "moved"),
    ],
)
def test_redirect_is_followed_and_said_if_it_is_for_good(web, location, code, status):
    web.replies |= {f"{HOST}/there": Reply(), f"{HOST}/": Reply()}
    web.replies["other.example.com/there"] = Reply()

    found = visit(web, page=to(location, code))

    assert found.status == status
    assert found.detail.startswith("leads to https://")


def test_redirect_to_a_missing_page_is_gone(web):
    assert visit(web, page=to("/there")).status == LinkStatus.GONE


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://localhost/",
        "https://inside.example.com/",
        "https://mixed.example.com/",
        "http://shop.example.com/",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "gopher://shop.example.com/",
        "https://shop.example.com:8443/",
        "https://user@shop.example.com/",
        "//[::1]/",
        "\\\\127.0.0.1/",
    ],
)
def test_redirect_to_where_nobody_should_go_is_not_followed(web, location):
    found = visit(web, page=to(location))

    asked = web.pages_asked
    # What a server cannot make of an address it has for a path of its own.
    assert found.status == (LinkStatus.GONE if location[0] == "\\" else LinkStatus.ASTRAY)
    assert all(one.split()[1].startswith(f"{HOST}/") for one in asked)


def test_redirect_to_there_after_others_is_not_followed_either(web):
    found = visit(web, page=to("/a"), a=to("/b", 301), b=to("https://127.0.0.1/"))

    assert found.status == LinkStatus.ASTRAY
    assert "127.0.0.1" in found.detail
    assert web.pages_asked == [f"HEAD {HOST}/{path}" for path in ("page", "a", "b")]


@pytest.mark.parametrize("replies", [{"page": to("/page")}, {"page": to("/a"), "a": to("/page")}])
def test_circle_is_noticed(web, replies):
    found = visit(web, **replies)

    assert found.status == LinkStatus.ASTRAY
    assert "circle" in found.detail
    assert len(web.pages_asked) == len(replies)


def test_circle_with_parts_of_pages_is_noticed(web):
    assert "circle" in visit(web, page=to("/page#a")).detail


def test_endless_way_is_left_after_five_redirects(web):
    web.replies |= {f"{HOST}/{n}": to(f"/{n + 1}") for n in range(20)}

    found = visit(web, page=to("/0"))

    assert found.detail == "leads on after 5 redirects"
    assert len(web.pages_asked) == 6


def test_five_redirects_are_followed(web):
    web.replies |= {f"{HOST}/{n}": to(f"/{n + 1}") for n in range(4)}
    web.replies[f"{HOST}/4"] = Reply()

    assert visit(web, page=to("/0")).status == LinkStatus.ANSWERED


def test_page_that_robots_txt_keeps_programs_from_is_not_asked_for(web):
    web.replies[f"{HOST}/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /page")

    found = visit(web, page=Reply())

    assert found.status == LinkStatus.ROBOTS
    assert web.asked == [f"GET {HOST}/robots.txt"]


def test_redirect_asks_the_rules_of_the_other_host_too(web):
    web.replies["other.example.com/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /")

    found = visit(web, page=to("https://other.example.com/"))

    assert found.status == LinkStatus.ROBOTS
    assert "HEAD other.example.com/" not in web.asked


@pytest.mark.parametrize("reply", [Reply(404), Reply(403), Reply(how="huge"), Reply(200)])
def test_site_without_rules_may_be_asked(web, reply):
    web.replies[f"{HOST}/robots.txt"] = reply

    assert visit(web, page=Reply()).status == LinkStatus.ANSWERED


@pytest.mark.parametrize("reply", [Reply(500), Reply(429), Reply(how="slow")])
def test_site_whose_rules_cannot_be_had_is_not_asked(web, reply):
    web.replies[f"{HOST}/robots.txt"] = reply

    found = visit(web, page=Reply())

    assert found.status == LinkStatus.UNREACHABLE
    assert "robots.txt" in found.detail
    assert web.pages_asked == []


def test_rules_at_another_address_are_kept(web):
    web.replies[f"{HOST}/robots.txt"] = to("/rules")
    web.replies[f"{HOST}/rules"] = Reply(body=b"User-agent: *\nDisallow: /")

    assert visit(web, page=Reply()).status == LinkStatus.ROBOTS


@pytest.mark.parametrize(
    "location", ["http://shop.example.com/", "https://127.0.0.1/", "/robots.txt"]
)
def test_rules_where_nobody_goes_for_them_are_none(web, location):
    web.replies[f"{HOST}/robots.txt"] = to(location)

    assert visit(web, page=Reply()).status == LinkStatus.ANSWERED


def test_rules_are_asked_for_once_a_host_and_their_pause_is_kept(web):
    web.replies |= {
        f"{HOST}/robots.txt": Reply(body=b"User-agent: *\nCrawl-delay: 5\nDisallow:"),
        f"{HOST}/page": Reply(),
        f"{HOST}/more": Reply(),
    }
    visitor = Visitor(web.outside())

    for path in ("page", "more"):
        visitor.visit(f"https://{HOST}/{path}")

    assert web.asked == [f"GET {HOST}/robots.txt", f"HEAD {HOST}/page", f"HEAD {HOST}/more"]
    # The first pause began before the rules were known.
    assert web.slept == [2.0, 5.0]


@pytest.mark.parametrize(
    "address",
    ["http://shop.example.com/", "https://127.0.0.1/", "https://inside.example.com/", "nonsense"],
)
def test_stored_address_that_came_past_the_checks_is_not_visited(web, address):
    assert Visitor(web.outside()).visit(address).status == LinkStatus.ASTRAY
    assert web.asked == []
