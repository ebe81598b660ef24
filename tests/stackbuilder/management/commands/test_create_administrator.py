"""The first administrator: made at the command line, refused in words, never a superuser."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from stackbuilder.management.commands import create_administrator
from stackbuilder.models import AuditAct, AuditEntry
from tests.staff import give_password, is_logged_in, make_staff

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"


@pytest.fixture
def password(monkeypatch):
    """Return a function that sets the variable."""
    return lambda value: monkeypatch.setenv("ADMINISTRATOR_PASSWORD", value)


@pytest.fixture
def terminal(monkeypatch):
    """Answer what is asked, in order."""

    def answer(*words):
        given = iter(words)
        monkeypatch.setattr(create_administrator.Command, "stdin_is_terminal", lambda self: True)
        monkeypatch.setattr("builtins.input", lambda question: next(given))
        monkeypatch.setattr(create_administrator, "getpass", lambda question: next(given))

    return answer


def test_account_may_log_in_and_keep_accounts(password, client, capsys):
    password(GOOD)

    call_command("create_administrator", username="ada", email="ada@example.org")

    give_password(client, "ada", GOOD)
    ada = User.objects.get(username="ada")
    assert is_logged_in(client)
    assert client.get("/admin/auth/user/").status_code == 200
    assert (ada.is_superuser, ada.email) == (False, "ada@example.org")
    assert capsys.readouterr().out == "ada may log in at /admin/ as Administrator.\n"


def test_account_is_in_the_audit_trail(password):
    password(GOOD)

    call_command("create_administrator", username="ada")

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.whom_name) == (AuditAct.ACCOUNT_ADDED, None, "ada")
    assert "command line" in entry.what


def test_name_and_password_are_asked_for_at_a_terminal(terminal, monkeypatch):
    monkeypatch.delenv("ADMINISTRATOR_PASSWORD", raising=False)
    terminal("ada", GOOD, GOOD)

    call_command("create_administrator")

    assert User.objects.get().check_password(GOOD)


def test_passwords_that_differ_make_nothing(terminal, monkeypatch):
    monkeypatch.delenv("ADMINISTRATOR_PASSWORD", raising=False)
    terminal(GOOD, "something else")

    with pytest.raises(CommandError, match="not the same"):
        call_command("create_administrator", username="ada")

    assert not User.objects.exists()


@pytest.mark.parametrize(
    "username, word, email, problem",
    [
        ("ada", "short", "", "too short"),
        ("ada", "password", "", "too common"),
        ("ada", "4815162342", "", "entirely numeric"),
        ("ada-lovelace", "ada-lovelace", "", "too similar"),
        ("ada lovelace", GOOD, "", "username: Enter a valid username"),
        ("bob", GOOD, "", "already exists"),
        ("ada", GOOD, "nowhere", "email: Enter a valid email"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_made(password, username, word, email, problem):
    make_staff("bob")
    password(word)

    with pytest.raises(CommandError, match=problem):
        call_command("create_administrator", username=username, email=email)

    assert User.objects.count() == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("options", [{"no_input": True}, {}])
def test_nobody_to_ask_is_told_what_to_give(monkeypatch, options):
    monkeypatch.delenv("ADMINISTRATOR_PASSWORD", raising=False)
    monkeypatch.setattr(create_administrator.Command, "stdin_is_terminal", lambda self: False)

    with pytest.raises(CommandError, match="set ADMINISTRATOR_PASSWORD"):
        call_command("create_administrator", username="ada", **options)


def test_site_without_roles_is_told_to_migrate(password):
    password(GOOD)
    Group.objects.all().delete()

    with pytest.raises(CommandError, match="migrate"):
        call_command("create_administrator", username="ada")

    assert not User.objects.exists()
