"""A session without the code that its account needs is nobody's, on every page of the site."""

import pytest
from django.test import Client

from stackbuilder.accounts import second_factor
from tests.staff import give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db):
    return make_staff("alice")


def test_session_without_a_code_is_good_where_none_is_needed(client, alice):
    client.force_login(alice)

    assert is_logged_in(client)


def test_session_from_before_the_second_factor_is_nobodys(client, alice, phone):
    client.force_login(alice)

    set_up(alice, phone)

    assert not is_logged_in(client)
    assert client.get("/style/").status_code == 302


def test_session_from_before_all_needed_one_is_nobodys(client, alice, settings):
    client.force_login(alice)

    settings.STAFF_SECOND_FACTOR = "REQUIRED"

    assert not is_logged_in(client)
    assert client.get("/style/").status_code == 302


def test_session_with_a_code_is_good_where_all_need_one(client, alice, phone, settings):
    settings.STAFF_SECOND_FACTOR = "REQUIRED"
    device = set_up(alice, phone)
    give_password(client)

    client.post("/admin/second-factor/code/", {"code": phone.code(device)})

    assert is_logged_in(client)


def test_code_of_another_account_makes_no_session_good(alice, phone):
    bob = make_staff("bob")
    device = set_up(bob, phone)
    set_up(alice, phone)
    browser = Client()
    browser.force_login(alice)
    session = browser.session
    session["otp_device_id"] = device.persistent_id
    session.save()

    assert not is_logged_in(browser)


def test_removed_factor_leaves_the_session_good_unless_all_need_one(client, alice, phone, settings):
    device = set_up(alice, phone)
    give_password(client)
    client.post("/admin/second-factor/code/", {"code": phone.code(device)})

    second_factor.remove(alice)

    assert is_logged_in(client)
    settings.STAFF_SECOND_FACTOR = "REQUIRED"
    assert not is_logged_in(client)


def test_pages_for_visitors_never_ask_who_it_is(client, alice, django_assert_num_queries):
    client.force_login(alice)

    with django_assert_num_queries(1):
        client.get("/healthz")
