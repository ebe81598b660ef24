"""A new administrator logs in, sets up a second factor, and comes back by a recovery code."""

import secrets
import time
from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import TOTP
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def account(site):
    """A fresh administrator's name and password."""
    name, password = f"admin-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    site.manage("create_administrator", f"--username={name}", ADMINISTRATOR_PASSWORD=password)
    return name, password


def give_password(page, account):
    """Fill the log-in page and send it."""
    page.get_by_label("Username").fill(account[0])
    page.get_by_label("Password").fill(account[1])
    page.get_by_role("button", name="Log in").click()


def code_now(key):
    """Return what an app shows of the key that a page printed."""
    totp = TOTP(b32decode(key.replace(" ", "")), 30, 0, 6, 0)
    totp.time = time.time()
    return f"{totp.token():06d}"


def check_accessibility(page):
    """Fail on a breach of WCAG 2.2 A or AA, and on a check that looked at nothing."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, context="#main", options={"runOnly": tags}).response
    assert found["passes"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (360, "dark")])
def test_second_factor_from_setting_up_to_a_recovery_code(site, open_page, account, width, scheme):
    page = open_page(
        base_url=site.url, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page.goto("/admin/evidence/finding/")
    give_password(page, account)
    assert page.url.endswith("/admin/evidence/finding/")

    page.get_by_role("link", name="Second factor").click()
    check_accessibility(page)
    page.get_by_role("button", name="Set it up").click()
    check_accessibility(page)
    key = page.locator(".account__key").inner_text()
    page.get_by_label("Code from your authenticator app").fill(code_now(key))
    page.get_by_role("button", name="Confirm").click()
    recovery_codes = page.locator(".account__codes code").all_inner_texts()
    check_accessibility(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("10 of 10")).to_be_visible()
    page.get_by_role("button", name="Log out").click()

    page.goto("/admin/")
    give_password(page, account)
    expect(page.get_by_label("Code from your authenticator app")).to_be_focused()
    check_accessibility(page)
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery_codes[0])
    page.get_by_role("button", name="Log in").click()

    assert page.url.endswith("/admin/")
    page.goto("/admin/second-factor/")
    expect(page.get_by_text("9 of 10")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
