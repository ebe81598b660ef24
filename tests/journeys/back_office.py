"""Members of staff in a real browser: accounts with roles, the log-in, choosers, axe."""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.journeys.curator import Curator
from tests.journeys.test_accessibility import ALWAYS, AXE, RUN_AXE

GIVE_ROLE = """
from os import environ
from django.contrib.auth.models import Group, User
user, is_new = User.objects.get_or_create(username=environ["STAFF_NAME"])
if is_new:
    user.is_staff = True
    user.set_password(environ["STAFF_PASSWORD"])
    user.save()
user.groups.add(Group.objects.get(name=environ["STAFF_ROLE"]))
"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Of a sheet that imports another, as those of the admin's forms do, axe would make an inline style,
# which the policy refuses. The one rule that reads sheets is about turning a screen.
AXE_HERE = {**AXE, "preload": False}
CHECKBOX = re.compile(r'name="_selected_action" value="(\d+)"')


@dataclass(frozen=True)
class Member:
    """Somebody of the staff and their password."""

    name: str
    password: str


def make_member(site, role):
    """Make a fresh account with one role."""
    member = Member(f"{role.lower()}-{secrets.token_hex(4)}", secrets.token_urlsafe(16))
    give_role(site, member, role)
    return member


def give_role(site, member, role):
    """Give an account, which need not exist yet, one more role."""
    site.manage(
        "shell",
        "--command",
        GIVE_ROLE,
        STAFF_NAME=member.name,
        STAFF_PASSWORD=member.password,
        STAFF_ROLE=role,
    )


def enter(visit, member):
    """Log in with a browser of one's own, and return its page: the desk."""
    page = visit("/admin/login/?next=/admin/", color_scheme="light")
    page.get_by_label("Username").fill(member.name)
    page.get_by_label("Password").fill(member.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#desk")).to_be_visible()
    return page


def pile(page, title):
    """Return the row of the desk with this title."""
    return page.locator("#desk").get_by_role("row", name=title)


def choose(page, field, term):
    """Type into the chooser of a field and take what it finds."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(term)
    page.locator(".select2-results__option", has_text=term).first.click()


def assert_accessible(page):
    """Fail on a breach of any rule of axe, and on a check that looked at nothing."""
    page.evaluate(AXE_SCRIPT)

    found = page.evaluate(RUN_AXE, AXE_HERE)

    assert found["violations"] == [], f"{page.url}:\n" + "\n".join(found["violations"])
    assert set(found["passes"]) >= ALWAYS, page.url


class Administrator(Curator):
    """A superuser at the admin of `site`, who clears up by plain HTTP."""

    def clear(self, model, term, *acts):
        """Do these acts of a list to all rows that it finds by a term, until it finds none."""
        path = f"/admin/evidence/{model}/?q={term}"
        for act in acts:
            _, page = self.get(path)
            keys = CHECKBOX.findall(page)
            said = {"action": act, "post": "yes", "why": "Made up for a journey"}
            fields = [("csrfmiddlewaretoken", TOKEN.search(page)[1]), *said.items()]
            fields += [("_selected_action", key) for key in keys]
            if keys:
                self.get(path, urlencode(fields).encode())
        assert CHECKBOX.findall(self.get(path)[1]) == []
