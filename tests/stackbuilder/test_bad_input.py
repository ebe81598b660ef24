"""Nothing that a client can send is answered with a 5xx or with the inside of the program.

900 requests are made from a seed: each route of the URLconf at least once as a stranger, each of
the admin once more as staff, the public ones several times, with odd methods, addresses, headers
and bodies. A failure prints the request, to be tried alone.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_study,
    make_user,
    publish_all,
)
from tests.routes import filled, routes

REQUESTS = 900
SEED = 20261122
TRACES = ("Traceback (most recent", "site-packages", "django/core", "ProgrammingError", "DataError")
KNOWN = {
    "slug": ("melatonin", "sleep", "nowhere"),
    "int": ("1", "0", "2147483648", "9223372036854775808"),
    "path": ("pmid:23691095", "1", "1/2/3"),
    "str": ("evidence", "1", "stackbuilder"),
}
ODD_VALUES = (
    "%00", "a%00b", "%ff%fe", "%C0%AF", "%ED%A0%80", "..%2f..%2fetc%2fpasswd", "%F0%9F%92%A9",
    "-1", "1e9", "%0d%0aSet-Cookie:%20a=b", "%3Cscript%3E", "'%22--", "%25", "%E2%80%AE", "_5F",
    "x" * 3000, "9" * 400, "nan", "%20", "%7B%7B7*7%7D%7D", "1%2C2",
)  # fmt: skip
ODD_NAMES = (
    "goal", "why", "page", "q", "kind", "route", "status", "region", "letter", "sort", "figure",
    "next", "id__exact", "slug", "name__exact", "pk__in", "e", "p", "o", "all", "_facets",
    "_popup", "_to_field", "%00", "%ff", "%5B%5D", "",
)  # fmt: skip
ODD_HEADERS = (
    {"HX-Request": "true"},
    {
        "HX-Request": "true",
        "HX-Boosted": "yes",
        "HX-Current-URL": "http://[::1",
        "HX-Target": "\x01",
    },
    {"HX-Request": "true", "HX-History-Restore-Request": "\xff", "HX-Trigger": "%00"},
    {"HX-Current-URL-URI-AutoEncoded": "true", "HX-Current-URL": "%ff%00", "HX-Request": "1"},
    {"Host": "evil.example"},
    {"Host": "127.0.0.1:99999999"},
    {"Host": "[::1"},
    {"Host": "a b\t"},
    {"If-None-Match": '"unfinished'},
    {"If-None-Match": "*", "If-Match": "W/", "If-Modified-Since": "yesterday"},
    {"Accept": "*/*;q=nonsense", "Accept-Encoding": "gzip;q=2, \xff", "Accept-Language": "-"},
    {"Accept-Language": "x" * 600 + ",de;q=1e99"},
    {"Cookie": 'sessionid="\\000aaaaaaaaaaaa"; csrftoken="\\000"; messages="\\000"'},
    {"Cookie": "sessionid=\xff; csrftoken=" + "x" * 5000 + "; =; ;;messages=[[0]]"},
    {"Range": "bytes=9-1", "Referer": "http://[", "Origin": "null", "X-Forwarded-Proto": "\xff"},
)
ODD_BODIES = (
    ("application/x-www-form-urlencoded", b"page=%00&text=%00%ff&reply_to=a%00@b.c&=&figure"),
    (
        "application/x-www-form-urlencoded",
        b"page=/&text=" + b"%ED%A0%80" * 20 + b"&source=http://[",
    ),
    ("application/x-www-form-urlencoded", b"page=http://[::1&text=" + b"x" * 5000),
    ("application/x-www-form-urlencoded", b"x=1&" * 6000),
    ("application/x-www-form-urlencoded", b"text=" + b"x" * 3_000_000),
    ("application/x-www-form-urlencoded; charset=nonsense", b"text=%ff"),
    ("application/x-www-form-urlencoded", b"action=publish&_selected_action=%00&index=x"),
    ("application/x-www-form-urlencoded", b"form-TOTAL_FORMS=-1&_save=1&name=%00&slug=%00"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=\xff", b"--\xff"),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="\x00"\r\n'),
    ("application/json", b"{"),
    ("", b"\x00\xff"),
)


@dataclass
class Ask:
    """One request of the plan."""

    method: str
    url: str
    is_staff: bool
    headers: dict = field(default_factory=dict)
    body: tuple[str, bytes] = ("", b"")


def plan(draw):
    """Return the requests: every route, then the public ones again until there are enough."""
    found = list(routes())
    public = [route for route in found if not route.startswith("/admin/")]
    admin = [route for route in found if route.startswith("/admin/")]
    again = [draw.choice(public) for _ in range(REQUESTS - len(found) - len(admin))]
    return [ask(draw, route, is_staff=False) for route in [*found, *again]] + [
        ask(draw, route, is_staff=True) for route in admin
    ]


def ask(draw, route, *, is_staff):
    """Return one odd request of a route."""

    def value(converter, name):
        return draw.choice(KNOWN.get(converter, KNOWN["str"]) + ODD_VALUES[: draw.randrange(21)])

    pairs = [
        f"{draw.choice(ODD_NAMES)}={draw.choice(ODD_VALUES)}" for _ in range(draw.randrange(4))
    ]
    return Ask(
        method=draw.choice(("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT")),
        url=filled(route, value) + ("?" + draw.choice("&;&").join(pairs) if pairs else ""),
        is_staff=is_staff,
        headers=draw.choice(ODD_HEADERS) if draw.random() < 0.4 else {},
        body=draw.choice(ODD_BODIES),
    )


def answer(client, one):
    """Return the answer to one request; whatever it wrote is undone."""
    body = (
        {} if one.method in ("GET", "HEAD") else {"content_type": one.body[0], "data": one.body[1]}
    )
    with transaction.atomic():
        response = client.generic(one.method, one.url, headers=one.headers, **body)
        transaction.set_rollback(True)
    return response


@pytest.fixture
def clients(db):
    """A stranger and a member of staff who may do everything, on a site with some evidence."""
    make_finding()
    make_caution()
    make_finding(compound=make_compound("zinc"), study=make_study("pmid:7", design="animal"))
    publish_all()
    staff = Client(raise_request_exception=False)
    staff.force_login(make_user(is_superuser=True))
    session = staff.cookies[settings.SESSION_COOKIE_NAME].value

    def client_for(one):
        # Anew each time: a request may have signed the last one out.
        client = Client(raise_request_exception=False, enforce_csrf_checks=False)
        if one.is_staff:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        return client

    return client_for


def test_no_request_of_500_is_answered_with_a_fault(clients):
    asked = plan(random.Random(SEED))
    statuses, faults = Counter(), []

    for one in asked:
        response = answer(clients(one), one)
        statuses[response.status_code] += 1
        text = b"".join(response).decode(errors="replace")
        if response.status_code >= 500 or any(trace in text for trace in TRACES):
            faults.append(f"{response.status_code} {one}"[:600])

    assert len(asked) == REQUESTS
    assert faults == []
    assert {200, 302, 400, 404, 405} <= set(statuses), statuses


def test_plan_asks_every_route_as_a_stranger_and_the_admin_as_staff_too():
    asked = plan(random.Random(SEED))

    found = list(routes())
    admin = [route for route in found if route.startswith("/admin/")]
    assert len({one.url for one in asked if not one.is_staff}) >= len(found)
    assert sum(one.is_staff for one in asked) == len(admin) > 100
    assert {one.method for one in asked} == {"GET", "HEAD", "POST", "PUT"}


@pytest.mark.parametrize(
    "url",
    ["/?goal=%00", "/compounds/?q=zinc%00", "/compounds/a%00b/", "/report/?page=%00", "/%00"],
)
def test_nul_byte_in_an_address_is_refused_in_words(client, db, url):
    response = client.get(url)

    assert response.status_code == 400
    assertTemplateUsed(response, "400.html")
    assertContains(response, "This request cannot be read", status_code=400)
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("cookie", ['sessionid="\\000aaaaaaaaaaaa"', 'csrftoken="x\\000"'])
def test_nul_byte_in_a_cookie_is_refused_before_the_database_sees_it(client, db, cookie):
    response = client.get("/admin/", headers={"Cookie": cookie})

    assert response.status_code == 400


def test_nul_byte_in_a_form_is_refused_beside_its_field(client, db):
    response = client.post("/report/", {"page": "/", "text": "Ten characters\0"})

    assertContains(response, "Null characters are not allowed", status_code=422)


@pytest.mark.parametrize(
    "url", ["/%ff%fe/", "/compounds/%ff/", "/compounds/%ED%A0%80/", "/goals/%C0%AF/"]
)
def test_broken_utf_8_in_a_path_leads_nowhere(client, db, url):
    response = client.get(url)

    assertContains(response, "There is nothing at this address", status_code=404)


def test_broken_utf_8_in_a_query_is_read_as_far_as_it_goes(client, db):
    response = client.get("/?goal=%ff%fe")

    assertContains(response, "There is no goal called", status_code=400)


@pytest.mark.parametrize("host", ["evil.example", "a b", "[::1", "127.0.0.1/x"])
def test_foreign_host_is_refused_without_being_named(client, db, host):
    response = client.get("/about/", headers={"Host": host})

    assert response.status_code == 400
    assertTemplateUsed(response, "400.html")
    assertNotContains(response, host, status_code=400)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_number_that_no_row_can_have_leads_nowhere(client, db, number):
    assert client.get(f"/go/{number}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "abc/history/",
        "1/history/abc/",
        "_2F/history/",
        f"{2**63}/history/",
        "add/?goal=abc",
        "add/?goal=1,x",
    ],
)
def test_key_that_no_row_can_have_leads_nowhere_in_the_admin(admin_client, path):
    assert admin_client.get(f"/admin/evidence/outcome/{path}").status_code == 404


@pytest.mark.parametrize("sent", [{"_selected_action": "abc"}, {"goal": "abc"}])
def test_key_that_no_row_can_have_is_refused_in_a_form_of_the_admin(admin_client, sent):
    response = admin_client.post("/admin/evidence/outcome/", {"action": "delete_selected", **sent})

    assert response.status_code == 404


def test_keys_that_rows_do_have_pass(admin_client):
    outcome = make_finding().outcome

    for path in (f"{outcome.pk}/history/", f"add/?goal={outcome.goal_id}", "add/?goal="):
        assert admin_client.get(f"/admin/evidence/outcome/{path}").status_code == 200


def test_too_many_fields_are_refused_in_words(client, db):
    body = "&".join(["x=1"] * 6_000)

    response = client.post("/report/", body, content_type="application/x-www-form-urlencoded")

    assertContains(response, "This request cannot be read", status_code=400)


def test_unknown_method_is_told_which_ones_are_known(client, db):
    response = client.put("/report/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"
