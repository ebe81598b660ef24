"""Stacks that nobody opens go; a dry run only counts them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from stackbuilder.models import SavedStack
from tests.stack_factories import make_stack

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("delete_unused_stacks", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def stacks(settings):
    """One that was opened 31 days ago and one of 30, of which 30 are allowed."""
    settings.SAVED_STACK_DAYS = 30
    today = timezone.localdate()
    for number, days in enumerate((31, 30)):
        make_stack(
            token=f"{number}" * 22,
            secret_hash=f"{number}" * 64,
            last_opened_on=today - timedelta(days=days),
            created_on=today - timedelta(days=40),
        )


def test_command_deletes_what_nobody_opened_for_too_long(stacks):
    printed = run()

    assert printed == "1 saved stack deleted: not opened for 30 days.\n"
    assert [stack.token[0] for stack in SavedStack.objects.all()] == ["1"]
    assert run() == "0 saved stacks deleted: not opened for 30 days.\n"


def test_dry_run_counts_and_deletes_nothing(stacks):
    printed = run("--dry-run")

    assert printed == "1 saved stack would be deleted: not opened for 30 days.\n"
    assert SavedStack.objects.count() == 2
