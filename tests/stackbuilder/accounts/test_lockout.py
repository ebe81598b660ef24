"""Locking out: after five failures, for one name at one address, and next to nothing stored."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import F
from django.test import RequestFactory

from stackbuilder.accounts.lockout import client_address
from stackbuilder.models import AuditAct, AuditEntry
from tests.pages import inline_parts, page_of, text_of
from tests.staff import PASSWORD, give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db
TIMES = 5


@pytest.fixture
def alice(db):
    return make_staff("alice")


def fail(client, times=TIMES, username="alice", **headers):
    """Give a wrong password so often, and return the last answer."""
    for _ in range(times):
        answer = client.post(
            "/admin/login/", {"username": username, "password": "wrong"}, **headers
        )
    return answer


def test_fifth_failure_locks_out_with_a_page_in_words(client, alice):
    before = fail(client, TIMES - 1)

    answer = fail(client, 1)

    assert before.status_code == 200
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "no-store" in answer["Cache-Control"]
    assert "try again 15 minutes after" in text_of(page_of(answer))
    assert inline_parts(answer) == []


def test_right_password_is_not_looked_at_while_locked_out(client, alice):
    fail(client)

    answer = give_password(client)

    assert answer.status_code == 429
    assert not is_logged_in(client)


def test_lock_out_is_the_same_for_a_name_that_nobody_has(client):
    assert fail(client, username="nobody").status_code == 429


def test_lock_out_ends_after_the_pause(client, alice):
    fail(client)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=15, seconds=1))

    give_password(client)

    assert is_logged_in(client)
    assert not AccessAttempt.objects.exists()


def test_trying_on_while_locked_out_does_not_make_it_longer(client, alice):
    fail(client)
    since = AccessAttempt.objects.get().attempt_time

    fail(client, 3)

    attempt = AccessAttempt.objects.get()
    assert (attempt.attempt_time, attempt.failures_since_start) == (since, TIMES)


def test_failures_elsewhere_and_of_others_lock_nobody_out_here(client, alice):
    fail(client, REMOTE_ADDR="192.0.2.7")
    fail(client, username="bob")

    give_password(client)

    assert is_logged_in(client)


def test_right_password_starts_the_count_anew(client, alice):
    fail(client, TIMES - 1)
    give_password(client)
    client.post("/admin/logout/")

    assert fail(client, TIMES - 1).status_code == 200


def test_wrong_codes_lock_out_too(client, alice, phone, settings):
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    device = set_up(alice, phone)
    give_password(client)

    answers = [
        client.post("/admin/second-factor/code/", {"code": phone.wrong_code(device)}).status_code
        for _ in range(TIMES + 1)
    ]

    assert answers == [*[200] * (TIMES - 1), 429, 429]
    assert (
        client.post("/admin/second-factor/code/", {"code": phone.code(device)}).status_code == 429
    )
    assert not is_logged_in(client)


def test_failure_stores_name_address_time_and_count_alone(client, alice):
    client.post(
        "/admin/login/?next=/admin/&q=private",
        {"username": "alice", "password": "wrong", "note": "private"},
        HTTP_USER_AGENT="private",
        HTTP_ACCEPT="private",
    )

    attempt = AccessAttempt.objects.values().get()
    attempt.pop("id")
    attempt.pop("attempt_time")
    assert attempt == {
        "username": "alice",
        "ip_address": "127.0.0.1",
        "failures_since_start": 1,
        **dict.fromkeys(("user_agent", "http_accept", "path_info", "get_data", "post_data"), ""),
    }


def test_logging_in_and_out_stores_nothing_in_the_logs_of_axes(client, alice):
    fail(client, 1)
    give_password(client)
    client.post("/admin/logout/")

    assert not any(m.objects.exists() for m in (AccessLog, AccessFailureLog, AccessAttempt))


def test_names_and_addresses_stay_out_of_the_log(client, alice, caplog):
    caplog.set_level("DEBUG")

    fail(client, REMOTE_ADDR="192.0.2.7")

    assert caplog.records
    assert not any(word in caplog.text for word in ("alice", "192.0.2.7", "wrong"))


def test_failures_and_the_lock_out_are_in_the_audit_trail_once(client, alice):
    fail(client, TIMES + 2)

    acts = [entry.act for entry in AuditEntry.objects.filter(whom=alice).order_by("pk")]
    assert acts == [*[AuditAct.LOGIN_FAILED] * TIMES, AuditAct.LOCKED_OUT]


@pytest.mark.parametrize(
    "remote, forwarded, https, expected",
    [
        ("192.0.2.7", "198.51.100.1", False, "192.0.2.7"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.1", True, "198.51.100.1"),
        ("2001:db8:1:2:3::4", "", False, "2001:db8:1:2::"),
        ("", "", False, None),
    ],
)
def test_client_is_who_our_own_proxy_vouches_for(settings, remote, forwarded, https, expected):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if https else None
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == expected


def test_failure_from_an_ipv6_address_or_none_can_be_stored(client, alice):
    for address in ("2001:db8:1:2:3::4", ""):
        assert fail(client, REMOTE_ADDR=address).status_code == 429


def test_password_without_staff_rights_is_refused_and_noted(client):
    make_staff("visitor", is_staff=False)

    answer = give_password(client, "visitor", PASSWORD)

    assert answer.status_code == 200
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.whom_name) == (AuditAct.LOGIN_FAILED, "visitor")
    assert "not one of staff" in entry.what
