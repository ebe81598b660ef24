"""The admin's site: logging out and changing one's password, with what ends and what is kept."""

import pytest
from django.conf import settings as site_settings
from django.contrib.admin import site
from django.test import Client
from pytest_django.asserts import assertRedirects

from stackbuilder.accounts.site import StaffSite
from stackbuilder.models import AuditAct, AuditEntry
from tests.staff import PASSWORD, give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db
NEW = "another-horse-battery"


@pytest.fixture
def alice(db):
    return make_staff("alice")


def change_password(client, old=PASSWORD, new=NEW):
    """Send the form of one's own password."""
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/admin/password_change/", data)


def test_admin_is_ours():
    assert isinstance(site, StaffSite)


def test_password_change_ends_all_sessions_but_ones_own(client, alice):
    other = Client()
    for browser in (client, other):
        give_password(browser)

    answer = change_password(client)

    assertRedirects(answer, "/admin/password_change/done/")
    assert is_logged_in(client)
    assert not is_logged_in(other)
    assert not AuditEntry.objects.filter(act=AuditAct.PASSWORD_CHANGED).exclude(whom=alice)
    assert AuditEntry.objects.filter(act=AuditAct.PASSWORD_CHANGED, by=alice).count() == 1


def test_password_change_keeps_ones_own_session_verified(client, alice, phone):
    device = set_up(alice, phone)
    give_password(client)
    client.post("/admin/second-factor/code/", {"code": phone.code(device)})

    change_password(client)

    assert is_logged_in(client)


@pytest.mark.parametrize("old, new", [("wrong", NEW), (PASSWORD, "12345678")])
def test_refused_password_change_ends_nothing_and_is_not_noted(client, alice, old, new):
    other = Client()
    for browser in (client, other):
        give_password(browser)

    assert change_password(client, old, new).status_code == 200

    assert is_logged_in(other)
    assert not AuditEntry.objects.filter(act=AuditAct.PASSWORD_CHANGED).exists()


def test_logging_out_is_noted_once(client, alice):
    give_password(client)

    client.post("/admin/logout/")
    client.post("/admin/logout/")

    assert not is_logged_in(client)
    entry = AuditEntry.objects.get(act=AuditAct.LOGGED_OUT)
    assert (entry.by, entry.whom) == (alice, alice)


def test_made_inactive_ends_the_session(client, alice):
    give_password(client)
    alice.is_active = False
    alice.save()

    assert not is_logged_in(client)


def test_session_lasts_for_a_working_day(client, alice):
    give_password(client)

    assert site_settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60
    assert client.cookies["sessionid"]["httponly"]
