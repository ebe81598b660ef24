"""The audit trail is only added to, and outlives the accounts it names."""

import pytest

from stackbuilder.models import AuditAct, AuditEntry
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return AuditEntry.objects.create(act=AuditAct.LOGGED_IN, whom_name="bob", by_name="bob")


def test_rows_can_be_neither_changed_nor_deleted(entry):
    for refused in (
        lambda: AuditEntry.objects.update(what="nothing"),
        lambda: AuditEntry.objects.filter(pk=entry.pk).delete(),
        entry.delete,
    ):
        with pytest.raises(TypeError, match="only added to"):
            refused()

    entry.refresh_from_db()
    assert entry.what == ""


def test_row_keeps_the_name_of_an_account_that_is_gone():
    bob = make_staff("bob")
    entry = AuditEntry.objects.create(
        act=AuditAct.LOGGED_IN, by=bob, by_name="bob", whom=bob, whom_name="bob"
    )

    bob.delete()

    entry.refresh_from_db()
    assert (entry.by, entry.by_name, entry.whom, entry.whom_name) == (None, "bob", None, "bob")


def test_row_reads_as_a_sentence(entry):
    assert str(entry) == "bob: logged in"
    assert str(AuditEntry(act=AuditAct.LOGIN_FAILED)) == "unknown account: failed to log in"
