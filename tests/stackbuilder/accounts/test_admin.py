"""Accounts and roles in the admin: who may change whom, and what the audit trail says of it."""

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stackbuilder.accounts import second_factor
from stackbuilder.accounts.roles import ADMINISTRATOR, CURATOR, REVIEWER
from stackbuilder.models import AuditAct, AuditEntry
from tests.pages import element, elements, inline_parts, page_of, text_of
from tests.staff import PASSWORD, give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db
USERS = "/admin/auth/user/"
GROUPS = "/admin/auth/group/"
NEW = "another-horse-battery"


@pytest.fixture
def ada(db):
    """An administrator, who is no superuser."""
    return make_staff("ada", ADMINISTRATOR)


@pytest.fixture
def bob(db):
    """A curator."""
    return make_staff("bob", CURATOR)


@pytest.fixture
def browser(client, ada):
    """Ada's browser."""
    client.force_login(ada)
    return client


def form_of(browser, url):
    """Return what a browser would send from an untouched form."""
    form = browser.get(url).context["adminform"].form
    data = {}
    for field in form:
        value = field.value()
        if isinstance(value, list):
            data[field.html_name] = [getattr(one, "pk", one) for one in value]
        elif value is True:
            data[field.html_name] = "on"
        elif value not in (None, False):
            data[field.html_name] = value
    return data


def change(browser, row_url, **values):
    """Change fields of a row by its form; None leaves a field out."""
    data = {**form_of(browser, row_url), **values}
    answer = browser.post(row_url, {name: v for name, v in data.items() if v is not None})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return answer


def act(browser, url, name, *rows):
    """Run an action on chosen rows, and confirm it."""
    chosen = {ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    return browser.post(url, {"action": name, "post": "yes", **chosen}, follow=True)


def only_entry():
    """Return (act, by, whom, what) of the only audit entry."""
    entry = AuditEntry.objects.get()
    return entry.act, entry.by_name, entry.whom_name, entry.what


def pk_of(role):
    """Return the key of a role."""
    return Group.objects.get(name=role).pk


def test_administrator_makes_an_account_and_gives_it_a_role(browser):
    data = {"username": "cleo", "usable_password": "true", "password1": NEW, "password2": NEW}
    added = browser.post(f"{USERS}add/", data)
    assert (added.status_code, only_entry()) == (302, (AuditAct.ACCOUNT_ADDED, "ada", "cleo", ""))
    cleo = User.objects.get(username="cleo")

    change(browser, added.url, groups=[pk_of(CURATOR)], is_staff="on")

    assert [group.name for group in cleo.groups.all()] == [CURATOR]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.act, entry.by.username, entry.whom) == (AuditAct.ACCOUNT_CHANGED, "ada", cleo)
    assert entry.what == "Staff status: no → yes; Groups: added Curator"


def test_role_taken_and_given_is_in_the_trail(browser, bob):
    change(browser, f"{USERS}{bob.pk}/change/", groups=[pk_of(REVIEWER)])

    assert only_entry() == (
        AuditAct.ACCOUNT_CHANGED,
        "ada",
        "bob",
        "Groups: added Reviewer, removed Curator",
    )


def test_account_made_inactive_is_in_the_trail_and_logged_out(browser, bob):
    other = Client()
    other.force_login(bob)

    change(browser, f"{USERS}{bob.pk}/change/", is_active=None)

    assert only_entry()[3] == "Active: yes → no"
    assert not is_logged_in(other)


def test_change_that_touches_no_right_is_not_in_the_trail(browser, bob):
    change(browser, f"{USERS}{bob.pk}/change/", email="bob@example.com")

    assert not AuditEntry.objects.exists()


def test_administrator_sets_a_password_which_ends_the_sessions(browser, bob):
    other = Client()
    other.force_login(bob)
    data = {"usable_password": "true", "password1": NEW, "password2": NEW}

    browser.post(f"{USERS}{bob.pk}/password/", {**data, "set-password": "Change password"})

    assert only_entry() == (AuditAct.PASSWORD_CHANGED, "ada", "bob", "")
    assert not is_logged_in(other)
    assert give_password(other, "bob", NEW).status_code == 302


def test_weak_password_is_neither_set_nor_noted(browser, bob):
    data = {"usable_password": "true", "password1": "12345678", "password2": "12345678"}

    assert browser.post(f"{USERS}{bob.pk}/password/", data).status_code == 200

    assert not AuditEntry.objects.exists()
    assert User.objects.get(pk=bob.pk).check_password(PASSWORD)


@pytest.mark.parametrize("page", ["", "change/", "password/"])
def test_administrator_cannot_touch_a_superuser(browser, page):
    root = make_staff("root", is_superuser=True)
    data = {"username": "root", "usable_password": "true", "password1": NEW, "password2": NEW}

    answer = browser.post(f"{USERS}{root.pk}/{page}", data)

    assert answer.status_code in (302, 403)
    assert User.objects.get(pk=root.pk).check_password(PASSWORD)
    assert User.objects.get(pk=root.pk).is_superuser


def test_administrator_can_make_nobody_a_superuser(browser, bob, ada):
    for user in (bob, ada):
        url = f"{USERS}{user.pk}/change/"
        permission = Permission.objects.get(codename="delete_user")
        assert not {"is_superuser", "user_permissions"} & set(form_of(browser, url))

        change(browser, url, is_superuser="on", user_permissions=[permission.pk])

        user = User.objects.get(pk=user.pk)
        assert not user.is_superuser
        assert not user.user_permissions.exists()


def test_superuser_makes_a_superuser_and_it_is_in_the_trail(client, bob):
    client.force_login(make_staff("root", is_superuser=True))

    change(client, f"{USERS}{bob.pk}/change/", is_superuser="on")

    assert only_entry() == (
        AuditAct.ACCOUNT_CHANGED,
        "root",
        "bob",
        "Superuser status: no → yes",
    )


def test_nobody_deletes_an_account(client, bob):
    client.force_login(make_staff("root", is_superuser=True))

    assert client.post(f"{USERS}{bob.pk}/delete/", {"post": "yes"}).status_code == 403
    act(client, USERS, "delete_selected", bob)

    assert User.objects.filter(pk=bob.pk).exists()


def test_second_factor_is_removed_for_whoever_lost_it(browser, bob, phone):
    set_up(bob, phone)
    second_factor.make_recovery_codes(bob)

    answer = act(browser, USERS, "remove_second_factor", bob)

    assert not second_factor.is_set_up(bob)
    assert only_entry() == (AuditAct.FACTOR_REMOVED, "ada", "bob", "")
    assert "Second factor removed: bob." in text_of(page_of(answer))


def test_second_factor_of_a_superuser_or_of_none_is_left_alone(browser, bob, phone):
    root = make_staff("root", is_superuser=True)
    set_up(root, phone)

    answer = act(browser, USERS, "remove_second_factor", root, bob)

    assert second_factor.is_set_up(root)
    assert not AuditEntry.objects.exists()
    assert "Nothing to do." in text_of(page_of(answer))


def test_lock_out_is_lifted(browser, bob):
    other = Client()
    for _ in range(5):
        give_password(other, "bob", "wrong")
    assert give_password(other, "bob").status_code == 429

    act(browser, USERS, "lift_lockout", bob)

    assert not AccessAttempt.objects.exists()
    assert AuditEntry.objects.latest("pk").act == AuditAct.LOCKOUT_LIFTED
    give_password(other, "bob")
    assert is_logged_in(other)


def test_list_says_roles_and_second_factor(browser, bob, phone):
    set_up(bob, phone)

    page = page_of(browser.get(f"{USERS}?q=bob"))

    row = element(element(page, "table", id="result_list"), "tbody")
    assert text_of(element(row, "td", class_="field-roles")) == "Curator"
    assert (
        dict(element(element(row, "td", class_="field-has_second_factor"), "img").attributes)["alt"]
        == "True"
    )


def test_list_takes_no_query_more_for_each_account(browser):
    counts = []
    for number in range(2):
        make_staff(f"more-{number}", CURATOR)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(USERS)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_change_of_a_role_is_in_the_trail(browser):
    url = f"{GROUPS}{pk_of('Vendor manager')}/change/"
    rights = form_of(browser, url)["permissions"]
    vendor = Permission.objects.get(codename="delete_vendor")

    change(browser, url, permissions=[pk for pk in rights if pk != vendor.pk])

    what = "Permissions: removed Stackbuilder | vendor | Can delete vendor"
    assert only_entry() == (AuditAct.ROLE_CHANGED, "ada", "Vendor manager", what)


def test_role_of_ones_own_is_added_and_deleted_in_the_trail(browser):
    browser.post(f"{GROUPS}add/", {"name": "Interns"})
    interns = Group.objects.get(name="Interns")
    browser.post(f"{GROUPS}{interns.pk}/delete/", {"post": "yes"})
    browser.post(f"{GROUPS}add/", {"name": "Guests"})
    act(browser, GROUPS, "delete_selected", Group.objects.get(name="Guests"))

    entries = AuditEntry.objects.order_by("pk").values_list("act", "whom_name")
    assert list(entries) == [
        (AuditAct.ROLE_ADDED, "Interns"),
        (AuditAct.ROLE_DELETED, "Interns"),
        (AuditAct.ROLE_ADDED, "Guests"),
        (AuditAct.ROLE_DELETED, "Guests"),
    ]
    assert not Group.objects.filter(name__in=("Interns", "Guests")).exists()


def test_roles_that_come_with_the_site_stay_and_keep_their_names(browser):
    curator = Group.objects.get(name=CURATOR)

    assert browser.post(f"{GROUPS}{curator.pk}/delete/", {"post": "yes"}).status_code == 403
    act(browser, GROUPS, "delete_selected", curator)
    assert "name" not in form_of(browser, f"{GROUPS}{curator.pk}/change/")

    assert Group.objects.filter(name=CURATOR).exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "app", ["otp_totp/totpdevice", "otp_static/staticdevice", "axes/accesslog"]
)
def test_pages_that_could_show_secrets_or_addresses_do_not_exist(browser, app):
    assert browser.get(f"/admin/{app}/").status_code == 404


def test_trail_is_read_and_never_written(browser, bob):
    change(browser, f"{USERS}{bob.pk}/change/", is_active=None)
    entry = AuditEntry.objects.get()
    url = f"/admin/stackbuilder/auditentry/{entry.pk}"

    page = browser.get(f"{url}/change/")

    assert "Active: yes → no" in text_of(page_of(page))
    assert not elements(element(page_of(page), "form", id="auditentry_form"), "textarea")
    for address in (f"{url}/change/", f"{url}/delete/", "/admin/stackbuilder/auditentry/add/"):
        assert browser.post(address, {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().what == entry.what


@pytest.mark.parametrize("url", [USERS, GROUPS, f"{USERS}add/", "/admin/stackbuilder/auditentry/"])
def test_pages_hold_nothing_inline(browser, url):
    assert inline_parts(browser.get(url)) == []
