"""Logging in: by password, by password and code, and where the browser is led between the two."""

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from stackbuilder.accounts import pending, second_factor
from stackbuilder.models import AuditAct, AuditEntry
from tests.pages import element, elements, inline_parts, page_of, text_of
from tests.staff import PASSWORD, give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db
CODE_URL = "/admin/second-factor/code/"


@pytest.fixture
def alice(db):
    return make_staff("alice", "Curator")


@pytest.fixture
def device(alice, phone):
    """Alice's second factor."""
    return set_up(alice, phone)


def newest():
    """Return the newest audit entry."""
    return AuditEntry.objects.latest("pk")


def test_password_alone_logs_in_without_a_second_factor(client, alice):
    answer = give_password(client, next="/admin/evidence/finding/")

    assertRedirects(answer, "/admin/evidence/finding/")
    assert (newest().act, newest().by, newest().what) == (
        AuditAct.LOGGED_IN,
        alice,
        "by password",
    )


def test_log_in_leads_to_the_desk_if_nothing_was_asked_for(client, alice):
    answer = client.post("/admin/login/", {"username": "alice", "password": PASSWORD})

    assertRedirects(answer, "/admin/")


@pytest.mark.parametrize("address", ["https://example.com/", "//example.com/"])
def test_log_in_never_leads_to_another_site(client, alice, device, phone, address):
    give_password(client, next=address)

    answer = client.post(CODE_URL, {"code": phone.code(device)})

    assertRedirects(answer, "/admin/")


def test_whoever_is_logged_in_is_not_asked_again(client, alice):
    client.force_login(alice)

    assertRedirects(client.get("/admin/login/"), "/admin/")


def test_password_is_not_enough_with_a_second_factor(client, alice, device):
    answer = give_password(client, next="/admin/evidence/finding/")

    assertRedirects(answer, CODE_URL)
    assert not is_logged_in(client)
    assert client.get("/style/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert not AuditEntry.objects.filter(act=AuditAct.LOGGED_IN).exists()


def test_password_and_code_log_in_and_lead_where_the_browser_wanted(client, alice, device, phone):
    give_password(client, next="/admin/evidence/finding/")

    answer = client.post(CODE_URL, {"code": phone.code(device)})

    assertRedirects(answer, "/admin/evidence/finding/")
    assert pending.KEY not in client.session
    assert newest().what == "by password and a code of the app"


def test_recovery_code_logs_in_once(client, alice, device):
    code = second_factor.make_recovery_codes(alice)[0]
    give_password(client)

    client.post(f"{CODE_URL}?recovery", {"code": code})

    assert is_logged_in(client)
    assert newest().what == "by password and a recovery code"
    assert second_factor.recovery_codes_left(alice) == 9


def test_wrong_code_stays_on_the_page_says_so_and_is_noted(client, alice, device, phone):
    give_password(client)

    answer = client.post(CODE_URL, {"code": phone.wrong_code(device)})

    page = page_of(answer)
    assert answer.status_code == 200
    assert text_of(element(page, "ul", class_="errorlist")) == "This code is not right."
    assert text_of(element(page, "title")).startswith("Error: Log in")
    assert not is_logged_in(client)
    assert (newest().act, newest().what) == (AuditAct.LOGIN_FAILED, "wrong code")


def test_code_that_was_not_looked_at_counts_for_no_lock_out(client, alice, device, phone):
    give_password(client)
    client.post(CODE_URL, {"code": phone.wrong_code(device)})

    answer = client.post(CODE_URL, {"code": phone.code(device)})

    assert "Wait 1 second." in text_of(page_of(answer))
    assert AuditEntry.objects.filter(act=AuditAct.LOGIN_FAILED).count() == 1


@pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "x" * 21}, {"code": "1\x002"}])
def test_code_that_cannot_be_one_is_refused_in_words(client, alice, device, sent):
    give_password(client)

    answer = client.post(CODE_URL, sent)

    assert answer.status_code == 200
    assert not is_logged_in(client)


def test_code_page_without_a_password_leads_to_the_log_in(client, alice, device, phone):
    assertRedirects(client.get(CODE_URL), "/admin/login/")
    assertRedirects(client.post(CODE_URL, {"code": phone.code(device)}), "/admin/login/")


@pytest.mark.parametrize("change", ["time", "password", "is_active", "is_staff"])
def test_password_given_before_counts_no_longer(client, alice, device, phone, monkeypatch, change):
    give_password(client)
    if change == "time":
        later = pending.time() + pending.SECONDS + 1
        monkeypatch.setattr(pending, "time", lambda: later)
    elif change == "password":
        alice.set_password("another-horse-battery")
    else:
        setattr(alice, change, False)
    alice.save()

    answer = client.post(CODE_URL, {"code": phone.code(device)})

    assertRedirects(answer, "/admin/login/")
    assert not is_logged_in(client)


def test_session_changes_its_key_at_each_step(client, alice, device, phone):
    client.get(CODE_URL)
    session = client.session
    session["planted"] = True
    session.save()
    keys = [session.session_key]
    client.cookies["sessionid"] = session.session_key

    give_password(client)
    keys.append(client.session.session_key)
    client.post(CODE_URL, {"code": phone.code(device)})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3


def test_required_factor_leads_to_setting_it_up_and_nowhere_else(client, alice, settings):
    settings.STAFF_SECOND_FACTOR = "REQUIRED"

    answer = give_password(client, next="/admin/evidence/finding/")

    assertRedirects(answer, "/admin/second-factor/set-up/")
    assert not is_logged_in(client)
    for name in ("second_factor", "password_change", "evidence_finding_changelist"):
        assert client.get(reverse(f"admin:{name}")).url.startswith("/admin/login/")


def test_required_factor_once_set_up_logs_in(client, alice, phone, settings):
    settings.STAFF_SECOND_FACTOR = "REQUIRED"
    give_password(client, next="/admin/evidence/finding/")
    begun = second_factor.unconfirmed(alice, client.session["second_factor_begun"])

    answer = client.post("/admin/second-factor/set-up/", {"code": phone.code(begun)})

    page = page_of(answer)
    assert len(elements(element(page, "ul", class_="account__codes"), "code")) == 10
    go = element(page, "a", class_="account__go")
    assert dict(go.attributes)["href"] == "/admin/evidence/finding/"
    assert is_logged_in(client)


@pytest.mark.parametrize("address", ["/admin/login/", CODE_URL, f"{CODE_URL}?recovery"])
def test_pages_hold_nothing_inline_and_are_kept_by_no_cache(client, alice, device, address):
    give_password(client)

    answer: HttpResponse = client.get(address)

    assert answer.status_code == 200
    assert inline_parts(answer) == []
    assert "no-store" in answer["Cache-Control"]


def test_role_given_while_logged_in_counts_at_once(client, alice):
    give_password(client)
    alice.groups.add(Group.objects.get(name="Vendor manager"))

    assert client.get("/admin/stackbuilder/vendor/").status_code == 200
