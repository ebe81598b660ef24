"""One question to a server: HEAD then GET, patience with an end, bounds on everything."""

import httpx
import pytest

from stackbuilder.link_checking.asking import USER_AGENT, Asker
from stackbuilder.link_checking.hosts import AstrayError
from tests.link_server import Reply

HOST = "shop.example.com"
URL = httpx.URL(f"https://{HOST}/page")


def ask(web, *replies, **changes):
    """Return the answer at the page, which gives these replies in turn."""
    web.replies[f"{HOST}/page"] = list(replies)
    return Asker(web.outside(**changes)).ask(URL)


def test_page_that_answers_to_head_is_asked_once(web):
    assert ask(web, Reply()).status == 200
    assert web.asked == [f"HEAD {HOST}/page"]
    assert web.agents == {USER_AGENT}
    assert web.slept == []


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_head_that_is_refused_is_followed_by_get_after_a_pause(web, status):
    assert ask(web, Reply(status), Reply()).status == 200
    assert web.asked == [f"HEAD {HOST}/page", f"GET {HOST}/page"]
    assert web.slept == [2.0]


def test_page_that_is_gone_for_get_too_is_not_asked_again(web):
    assert ask(web, Reply(404)).status == 404
    assert len(web.asked) == 2


def test_server_that_fails_twice_and_then_answers_is_answered(web):
    assert ask(web, Reply(500), Reply(500), Reply()).status == 200
    assert [one.split()[0] for one in web.asked] == ["HEAD", "GET", "GET"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_server_that_stays_busy_is_asked_three_times_in_all(web, status):
    assert ask(web, Reply(status)).in_words == f"status {status}"
    assert len(web.asked) == 3


@pytest.mark.parametrize(
    "asked, waits", [("7", [7.0, 7.0]), ("", [1.0, 1.0, 2.0]), ("soon", [1.0, 1.0, 2.0])]
)
def test_wait_is_what_the_server_asks_for_or_longer_each_time(web, asked, waits):
    ask(web, Reply(429, {"Retry-After": asked}))

    # Two seconds between two requests to a host, of which the wait is a part.
    assert web.slept == waits


def test_server_that_asks_for_an_hour_is_left_alone(web):
    assert ask(web, Reply(429, {"Retry-After": "3600"})).status == 429
    assert len(web.asked) == 1


def test_day_of_retry_after_counts_from_that_of_the_answer(web):
    headers = {
        "Date": "Sat, 01 Mar 2025 10:00:00 GMT",
        "Retry-After": "Sat, 01 Mar 2025 11:00:00 GMT",
    }

    ask(web, Reply(503, headers))

    assert len(web.asked) == 1


@pytest.mark.parametrize("how", ["slow", "cut", "drip"])
def test_server_that_does_not_come_to_an_end_is_no_answer(web, how):
    answer = ask(web, Reply(how=how))

    assert answer.status == 0
    assert answer.why
    assert len(web.asked) == 3


def test_server_that_is_slow_once_is_asked_again(web):
    assert ask(web, Reply(how="slow"), Reply()).status == 200


def test_body_of_a_page_is_not_read_whatever_its_size(web):
    answer = ask(web, Reply(405), Reply(how="huge"))

    assert (answer.status, answer.body) == (200, b"")


def test_body_is_read_up_to_its_bound(web):
    web.replies[f"{HOST}/robots.txt"] = Reply(how="huge")

    answer = Asker(web.outside()).ask(URL.join("/robots.txt"), most_bytes=1_000)

    assert answer.body == b"a" * 1_000


def test_pause_of_a_host_is_kept_and_another_host_has_its_own(web):
    asker = Asker(web.outside())
    asker.pauses[HOST] = 9.0

    for host in (HOST, "other.example.com", HOST):
        asker.ask(httpx.URL(f"https://{host}/page"))

    # GET after HEAD on each; nothing is waited for where a host was left alone long enough.
    assert web.slept == [9.0, 2.0, 7.0, 9.0]


def test_name_that_leads_nowhere_is_no_answer(web):
    answer = Asker(web.outside()).ask(httpx.URL("https://nowhere.example.com/"))

    assert answer.in_words == "its name leads to no machine"


@pytest.mark.parametrize("host", ["inside.example.com", "mixed.example.com"])
def test_name_with_an_address_inside_a_network_is_never_asked(web, host):
    with pytest.raises(AstrayError, match="no public address"):
        Asker(web.outside()).ask(httpx.URL(f"https://{host}/"))

    assert web.asked == []


def test_name_that_changes_its_meaning_is_asked_at_the_address_that_was_looked_at(web):
    meanings = iter([["93.184.215.14"]])

    answer = ask(web, Reply(), look_up=lambda host: next(meanings))

    # The transport looks nothing up: it is given the address, and the name to be certified.
    assert answer.status == 200


def test_address_of_ipv6_is_asked(web):
    web.replies["six.example.com/page"] = Reply()

    assert Asker(web.outside()).ask(httpx.URL("https://six.example.com/page")).status == 200


def test_second_address_is_tried_where_the_first_takes_no_connection(web):
    class FirstIsDown(httpx.BaseTransport):
        def handle_request(self, request):
            if request.url.host == "93.184.215.14":
                raise httpx.ConnectError("refused")
            return httpx.Response(200)

    both = ["93.184.215.14", "93.184.215.15"]
    outside = web.outside(transport=FirstIsDown(), look_up=lambda host: both)

    assert Asker(outside).ask(URL).status == 200
    assert Asker(web.outside(transport=FirstIsDown())).ask(URL).why == "no connection (refused)"
