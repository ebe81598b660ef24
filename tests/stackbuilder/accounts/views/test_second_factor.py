"""One's own second factor: set up, moved, its recovery codes shown once, removed for a code."""

from base64 import b32decode

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.asserts import assertRedirects

from stackbuilder.accounts import second_factor
from stackbuilder.models import AuditAct, AuditEntry
from tests.pages import element, elements, inline_parts, page_of, policy_of, text_of
from tests.staff import give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db
HOME = "/admin/second-factor/"
ACTS = ("begin/", "codes/", "remove/")


@pytest.fixture
def alice(db):
    return make_staff("alice")


@pytest.fixture
def browser(client, alice):
    """Alice's browser, logged in by password."""
    give_password(client)
    return client


@pytest.fixture
def verified(client, alice, phone):
    """Alice's browser, logged in by password and code."""
    device = set_up(alice, phone)
    give_password(client)
    client.post(f"{HOME}code/", {"code": phone.code(device)})
    assert is_logged_in(client)
    return client


def begin(browser):
    """Press “Set it up” and return the secret."""
    assertRedirects(browser.post(f"{HOME}begin/"), f"{HOME}set-up/")
    return TOTPDevice.objects.get(confirmed=False)


def shown_codes(answer):
    """Return the recovery codes on a page."""
    return [
        text_of(code)
        for code in elements(element(page_of(answer), "ul", class_="account__codes"), "code")
    ]


def acts():
    """Return what the audit trail says since the log-in, oldest first."""
    return list(
        AuditEntry.objects.exclude(act=AuditAct.LOGGED_IN)
        .order_by("pk")
        .values_list("act", "by_name", "whom_name")
    )


def test_page_says_that_there_is_none_and_offers_one(browser):
    page = page_of(browser.get(HOME))

    assert "log in with a password alone" in text_of(page)
    assert [dict(form.attributes)["action"] for form in elements(page, "form", method="post")][
        -1
    ] == f"{HOME}begin/"


def test_set_up_shows_the_same_secret_as_drawing_and_in_words(browser):
    device = begin(browser)

    answer = browser.get(f"{HOME}set-up/")

    key = text_of(element(page_of(answer), "code", class_="account__key"))
    assert b32decode(key.replace(" ", "")) == device.bin_key
    drawing = element(page_of(answer), "svg", class_="qr")
    assert "style" not in dict(drawing.attributes)
    assert inline_parts(answer) == []
    assert "unsafe-inline" not in str(policy_of(answer))
    assert "no-store" in answer["Cache-Control"]


def test_drawing_holds_issuer_account_and_secret(alice):
    device = second_factor.begin(alice)

    assert device.config_url.startswith("otpauth://totp/Stackbuilder%3Aalice?secret=")


def test_right_code_makes_it_the_second_factor_and_shows_recovery_codes(browser, alice, phone):
    device = begin(browser)

    answer = browser.post(f"{HOME}set-up/", {"code": phone.code(device)})

    assert len(shown_codes(answer)) == 10
    assert second_factor.is_set_up(alice)
    assert is_logged_in(browser)
    assert acts() == [
        (AuditAct.FACTOR_SET_UP, "alice", "alice"),
        (AuditAct.RECOVERY_CODES_MADE, "alice", "alice"),
    ]


def test_recovery_codes_that_were_shown_work(browser, alice, phone):
    answer = browser.post(f"{HOME}set-up/", {"code": phone.code(begin(browser))})

    assert second_factor.accept(alice, shown_codes(answer)[3])[0]


def test_wrong_code_leaves_all_as_it_was(browser, alice, phone):
    device = begin(browser)

    answer = browser.post(f"{HOME}set-up/", {"code": phone.wrong_code(device)})

    assert "This code is not right." in text_of(page_of(answer))
    assert not second_factor.is_set_up(alice)
    assert acts() == []


def test_secret_is_shown_to_the_browser_that_asked_for_it_alone(browser, alice):
    begin(browser)
    other = Client()
    give_password(other)

    assertRedirects(other.get(f"{HOME}set-up/"), HOME)


def test_set_up_page_without_a_secret_leads_back(browser, client):
    assertRedirects(browser.get(f"{HOME}set-up/"), HOME)
    assert Client().get(f"{HOME}set-up/").url == HOME


def test_setting_it_up_ends_the_other_sessions(browser, phone):
    other = Client()
    give_password(other)
    assert is_logged_in(other)

    browser.post(f"{HOME}set-up/", {"code": phone.code(begin(browser))})

    assert is_logged_in(browser)
    assert not is_logged_in(other)


def test_page_says_what_is_set_up(verified, alice):
    second_factor.make_recovery_codes(alice)

    text = text_of(page_of(verified.get(HOME)))

    assert "password and a code of your app" in text
    assert "10 of 10" in text
    assert "Few recovery codes" not in text


def test_page_warns_when_few_recovery_codes_are_left(verified, alice):
    for code in second_factor.make_recovery_codes(alice)[:8]:
        second_factor.accept(alice, code)

    assert "Few recovery codes are left" in text_of(page_of(verified.get(HOME)))


def test_moving_to_another_app_makes_the_old_one_void(verified, alice, phone):
    old = second_factor.device_of(alice)
    assert is_logged_in(verified)

    verified.post(f"{HOME}set-up/", {"code": phone.code(begin(verified))})

    assert is_logged_in(verified)
    assert second_factor.device_of(alice).key != old.key
    assert TOTPDevice.objects.count() == 1


def test_new_recovery_codes_are_shown_once_and_audited(verified, alice):
    first = shown_codes(verified.post(f"{HOME}codes/"))
    second = shown_codes(verified.post(f"{HOME}codes/"))

    assert not set(first) & set(second)
    assert verified.get(f"{HOME}codes/").status_code == 405
    assert [act for act, *_ in acts()] == [AuditAct.RECOVERY_CODES_MADE] * 2


def test_session_opened_by_a_recovery_code_outlives_new_codes(client, alice, phone):
    set_up(alice, phone)
    code = second_factor.make_recovery_codes(alice)[0]
    give_password(client)
    client.post(f"{HOME}code/?recovery", {"code": code})

    client.post(f"{HOME}codes/")

    assert is_logged_in(client)


def test_removal_takes_a_code_and_is_audited(verified, alice, phone):
    device = second_factor.device_of(alice)
    verified.post(f"{HOME}remove/", {"code": phone.wrong_code(device)})
    assert second_factor.is_set_up(alice)
    TOTPDevice.objects.update(throttling_failure_count=0)

    answer = verified.post(f"{HOME}remove/", {"code": phone.code(device)})

    assertRedirects(answer, HOME)
    assert not second_factor.is_set_up(alice)
    assert acts() == [(AuditAct.FACTOR_REMOVED, "alice", "alice")]


def test_required_factor_can_be_moved_and_not_removed(verified, alice, phone, settings):
    settings.STAFF_SECOND_FACTOR = "REQUIRED"
    device = second_factor.device_of(alice)

    assert verified.post(f"{HOME}remove/", {"code": phone.code(device)}).status_code == 403
    assert "Remove" not in text_of(element(page_of(verified.get(HOME)), "main"))
    assert second_factor.is_set_up(alice)


@pytest.mark.parametrize("act", ["codes/", "remove/"])
def test_nothing_is_made_or_removed_where_none_is_set_up(browser, act):
    assert browser.post(f"{HOME}{act}").status_code == 403


@pytest.mark.parametrize("act", ["", *ACTS])
def test_pages_are_for_whoever_is_logged_in(client, act):
    answer = client.post(f"{HOME}{act}")

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


@pytest.mark.parametrize("act", ["", *ACTS])
def test_pages_are_not_for_somebody_between_password_and_code(client, alice, phone, act):
    set_up(alice, phone)
    give_password(client)

    assert client.post(f"{HOME}{act}").url.startswith("/admin/login/")


def test_admin_links_to_the_page(browser):
    links = [dict(a.attributes).get("href") for a in elements(page_of(browser.get("/admin/")), "a")]

    assert HOME in links
