"""Saved stacks: truths kept by the database."""

from datetime import date

import pytest
from django.db import IntegrityError

from stackbuilder.models import SavedStack
from tests.stack_factories import SAVED_ON, make_stack

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes, truth",
    [
        ({"members": []}, "saved_stack_has_members"),
        ({"evidence_version": 0}, "saved_stack_pins_its_versions"),
        ({"method_version": ""}, "saved_stack_pins_its_versions"),
        ({"token": "x" * 21}, "saved_stack_token_is_too_long_to_guess"),
        ({"secret_hash": "a-secret-in-plain-sight"}, "saved_stack_secret_is_kept_as_a_hash"),
        ({"last_opened_on": date(2025, 2, 28)}, "saved_stack_is_opened_after_it_was_saved"),
    ],
)
def test_database_refuses_what_is_no_saved_stack(changes, truth):
    with pytest.raises(IntegrityError, match=truth):
        make_stack(**changes)


@pytest.mark.parametrize(
    "changes", [{"token": "other-token-of-22-chars"}, {"secret_hash": "b" * 64}]
)
def test_no_two_stacks_share_a_token_or_a_secret(changes):
    make_stack()

    with pytest.raises(IntegrityError):
        make_stack(**changes)


def test_stack_keeps_nothing_that_could_be_about_a_person():
    fields = {field.name for field in SavedStack._meta.get_fields()}

    assert fields == {
        "id", "token", "secret_hash", "goals", "members", "region", "evidence_version",
        "method_version", "created_on", "edited_at", "last_opened_on",
    }  # fmt: skip


def test_members_keep_their_order():
    stack = make_stack(members=["zinc", "ashwagandha", "melatonin"])

    stack.refresh_from_db()

    assert stack.members == ["zinc", "ashwagandha", "melatonin"]
    assert stack.created_on == SAVED_ON
