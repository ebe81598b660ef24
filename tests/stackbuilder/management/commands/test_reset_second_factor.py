"""A lost second factor, taken away at the command line and noted."""

import pytest
from django.core.management import CommandError, call_command

from stackbuilder.accounts import second_factor
from stackbuilder.models import AuditAct, AuditEntry
from tests.staff import Phone, give_password, is_logged_in, make_staff, set_up

pytestmark = pytest.mark.django_db


def test_account_logs_in_by_password_again(client, monkeypatch):
    phone = Phone()
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", phone)
    bob = make_staff("bob")
    set_up(bob, phone)
    second_factor.make_recovery_codes(bob)

    call_command("reset_second_factor", "bob")

    give_password(client, "bob")
    assert is_logged_in(client)
    entry = AuditEntry.objects.get(act=AuditAct.FACTOR_REMOVED)
    assert (entry.by, entry.whom) == (None, bob)


@pytest.mark.parametrize(
    "name, problem", [("nobody", "No account is called nobody"), ("bob", "bob has no second")]
)
def test_nothing_to_remove_is_said_and_not_noted(name, problem):
    make_staff("bob")

    with pytest.raises(CommandError, match=problem):
        call_command("reset_second_factor", name)

    assert not AuditEntry.objects.exists()
