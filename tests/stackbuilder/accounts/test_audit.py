"""What is written to the audit trail, and what is not: nothing that somebody typed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from stackbuilder.accounts import audit
from stackbuilder.models import AuditAct, AuditEntry
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


def test_entry_says_who_when_what_and_whom():
    ada, bob = make_staff("ada"), make_staff("bob")
    before = timezone.now()

    entry = audit.record(AuditAct.FACTOR_REMOVED, by=ada, whom=bob, what="lost")

    assert (entry.by, entry.by_name, entry.whom, entry.whom_name) == (ada, "ada", bob, "bob")
    assert (entry.act, entry.what) == (AuditAct.FACTOR_REMOVED, "lost")
    assert before <= entry.at <= timezone.now()


def test_entry_on_a_role_names_it():
    entry = audit.record(AuditAct.ROLE_CHANGED, whom=Group.objects.get(name="Curator"))

    assert (entry.by, entry.whom, entry.whom_name) == (None, None, "Curator")


def test_attempt_at_an_account_names_it():
    bob = make_staff("bob")

    audit.record_attempt(AuditAct.LOGIN_FAILED, "bob", what="wrong password")

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.whom, entry.what) == (None, bob, "wrong password")


def test_attempt_at_no_account_keeps_nothing_of_what_was_typed():
    audit.record_attempt(AuditAct.LOGIN_FAILED, "my-secret-password")

    values = AuditEntry.objects.values().get().values()
    assert not any("my-secret-password" in str(value) for value in values)


def test_attempts_at_no_account_are_noted_once_a_minute():
    for name in ("mallory", "eve", "trudy"):
        audit.record_attempt(AuditAct.LOGIN_FAILED, name)
    audit.record_attempt(AuditAct.LOCKED_OUT, "mallory")

    assert AuditEntry.objects.count() == 2


def test_attempt_at_no_account_is_noted_again_after_a_minute():
    AuditEntry.objects.create(
        act=AuditAct.LOGIN_FAILED, at=timezone.now() - timedelta(minutes=1, seconds=1)
    )

    audit.record_attempt(AuditAct.LOGIN_FAILED, "mallory")

    assert AuditEntry.objects.count() == 2
