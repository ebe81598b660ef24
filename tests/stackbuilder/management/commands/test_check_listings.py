"""The command that follows the links of listings."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from stackbuilder.link_checking.visiting import Visitor
from stackbuilder.management.commands.check_listings import Command
from stackbuilder.models import Listing
from tests.link_server import Reply, local_web, to
from tests.vendor_factories import make_listing, make_status, make_vendor

pytestmark = pytest.mark.django_db

HOST = "shop.example.com"


@pytest.fixture
def web(monkeypatch):
    """A web with a page that answers, and the command in it."""
    with local_web() as web:
        web.replies[f"{HOST}/good"] = Reply()
        web.replies[f"{HOST}/inwards"] = to("https://127.0.0.1/")
        monkeypatch.setattr(Command, "make_visitor", lambda self: Visitor(web.outside()))
        yield web


@pytest.fixture
def listings():
    """A listing that answers, one that is gone, one that leads inside, of another shop."""
    make_status()
    make_listing(product="Good", url=f"https://{HOST}/good")
    make_listing(product="Gone", url=f"https://{HOST}/gone")
    make_listing(vendor=make_vendor("other-shop"), product="Inwards", url=f"https://{HOST}/inwards")


def check(**options):
    """Run the command and return what it says."""
    out = StringIO()
    call_command("check_listings", stdout=out, **options)
    return out.getvalue()


def statuses():
    return dict(Listing.objects.values_list("product", "machine_status"))


def test_every_link_is_visited_and_recorded(web, listings):
    said = check()

    assert statuses() == {"Good": "answered", "Gone": "gone", "Inwards": "astray"}
    assert said.splitlines()[-1] == "3 addresses visited: 1 answered, 1 gone, 1 astray."
    assert f"gone: https://{HOST}/gone status 404" in said
    assert "astray: " in said and "127.0.0.1" in said
    assert set(Listing.objects.values_list("last_checked", flat=True)) == {None}


def test_one_vendor_or_a_limited_number_is_visited(web, listings):
    check(vendor="other-shop")
    check(limit=1)

    # The second run took what no run had visited before.
    assert sorted(statuses().values()) == ["", "astray", "gone"]


def test_dry_run_visits_and_writes_nothing(web, listings):
    said = check(dry_run=True)

    assert web.asked == []
    assert set(statuses().values()) == {""}
    assert said.splitlines()[-1] == "3 addresses would be visited."


def test_nothing_listed_is_said(web):
    assert check() == "0 addresses visited.\n"


def test_link_that_comes_back_is_recorded_anew(web, listings):
    check()
    web.replies[f"{HOST}/gone"] = Reply()

    check()

    assert statuses()["Gone"] == "answered"


@pytest.mark.parametrize(
    "options, message",
    [({"vendor": "nobody"}, "No vendor has the slug 'nobody'"), ({"limit": 0}, "at least 1")],
)
def test_what_cannot_be_done_is_said(options, message):
    with pytest.raises(CommandError, match=message):
        check(**options)


def test_queries_are_one_for_the_list_and_one_an_address(web, listings, django_assert_num_queries):
    with django_assert_num_queries(1 + 3):
        check()
