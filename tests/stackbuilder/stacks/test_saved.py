"""Saved stacks: what is stored, who finds it, how long it stays."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from evidence.models import Compound, Goal
from evidence.publication import system_user, withdraw_compounds
from stackbuilder.candidates import snapshot, snapshot_at
from stackbuilder.links import State
from stackbuilder.models import SavedStack
from stackbuilder.stacks import saved as saved_stacks
from stackbuilder.stacks.saved import (
    delete_unused,
    found_by_secret,
    found_by_token,
    is_day_full,
    kept_until,
    method_version_at,
    opened,
    save_stack,
)
from tests.factories import make_goal, publish_all
from tests.stack_factories import SAVED_ON, SECRET, TOKEN, make_sleepers, make_stack

pytestmark = pytest.mark.django_db
STATE = State(weights={"sleep": 2}, members=("valerian", "melatonin"), region="US")


def test_save_stack_stores_goals_members_region_and_versions():
    newest = make_sleepers()

    stack, _ = save_stack(STATE, newest, SAVED_ON)

    stack.refresh_from_db()
    assert (stack.goals, stack.members, stack.region) == (
        {"sleep": 2},
        ["valerian", "melatonin"],
        "US",
    )
    assert (stack.evidence_version, stack.method_version) == (1, "1")
    assert (stack.created_on, stack.last_opened_on, stack.edited_at) == (SAVED_ON, SAVED_ON, None)


def test_save_stack_keeps_the_version_that_the_address_pins():
    make_sleepers()
    newest = publish_all().version.number

    stack, _ = save_stack(STATE.having(evidence=1), newest, SAVED_ON)

    assert (newest, stack.evidence_version) == (2, 1)


def test_save_stack_stores_no_secret():
    stack, secret = save_stack(STATE, make_sleepers(), SAVED_ON)

    stored = str(SavedStack.objects.filter(pk=stack.pk).values_list().get())
    assert re.fullmatch(r"[\w-]{32}", secret)
    assert re.fullmatch(r"[\w-]{22}", stack.token)
    assert secret not in stored
    assert stack.secret_hash in stored


def test_save_stack_gives_each_its_own_links():
    newest = make_sleepers()

    saved = [save_stack(STATE, newest, SAVED_ON) for _ in range(5)]

    assert len({stack.token for stack, _ in saved} | {secret for _, secret in saved}) == 10


def test_stack_is_found_by_its_token_and_by_its_secret():
    stack = make_stack()

    assert found_by_token(TOKEN) == stack
    assert found_by_secret(SECRET) == stack


@pytest.mark.parametrize("wrong", ["", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), SECRET, "x" * 5_000])
def test_wrong_token_finds_nothing(wrong):
    make_stack()

    with pytest.raises(SavedStack.DoesNotExist):
        found_by_token(wrong)


@pytest.mark.parametrize("wrong", ["", SECRET[:-1], SECRET.upper(), TOKEN, "x" * 5_000])
def test_wrong_secret_finds_nothing(wrong):
    stack = make_stack()

    for guess in (wrong, stack.secret_hash):
        with pytest.raises(SavedStack.DoesNotExist):
            found_by_secret(guess)


def test_stack_that_is_changed_is_held_until_the_end(django_assert_num_queries):
    make_stack()

    with transaction.atomic(), django_assert_num_queries(1) as asked:
        found_by_secret(SECRET, for_update=True)

    # SQLite takes its write lock when a transaction begins.
    is_held = "FOR UPDATE" in asked.captured_queries[0]["sql"]
    assert is_held is connection.features.has_select_for_update


def test_opened_stack_has_its_goals_in_the_order_of_the_site():
    make_sleepers()
    for position, slug in enumerate(("zest", "mood"), start=1):
        make_goal(slug, position=position)
    stack = make_stack(goals={"zest": 1, "sleep": 2, "mood": 3})

    state = opened(stack, snapshot(), SAVED_ON).state

    assert list(state.weights.items()) == [("sleep", 2), ("zest", 1), ("mood", 3)]
    assert state.members == ("valerian", "melatonin")
    assert state.evidence == 1


def test_opened_stack_names_what_was_withdrawn_and_what_was_deleted():
    make_sleepers()
    withdraw_compounds(Compound.objects.filter(slug="valerian"), by=system_user(), why="Doubted")
    newest = publish_all().version.number
    stack = make_stack(members=["valerian", "melatonin", "deleted-one"], goals={"vigour": 1})

    found = opened(stack, snapshot_at(1, newest), SAVED_ON)

    assert found.state.members == ("melatonin",)
    assert [(one.slug, one.name) for one in found.gone_members] == [
        ("valerian", "Valerian"),
        ("deleted-one", "deleted-one"),
    ]
    assert (found.state.weights, found.gone_goals) == ({}, ("vigour",))


def test_opened_stack_notes_the_day_once(django_assert_num_queries):
    make_sleepers()
    stack, tables, today = make_stack(), snapshot(), SAVED_ON + timedelta(days=9)

    for _ in range(2):
        opened(stack, tables, today)

    stack.refresh_from_db()
    assert stack.last_opened_on == today
    with django_assert_num_queries(1) as asked:
        opened(stack, tables, today)
    assert SavedStack.objects.filter(last_opened_on__lt=today).count() == 0
    assert "last_opened_on" in asked.captured_queries[0]["sql"]


def test_day_is_full_of_stacks_that_were_saved_on_it(monkeypatch):
    monkeypatch.setattr(saved_stacks, "SAVED_A_DAY", 2)
    make_stack()
    make_stack(token="t" * 22, secret_hash="b" * 64, created_on=date(2025, 2, 28))
    assert not is_day_full(SAVED_ON)

    make_stack(token="u" * 22, secret_hash="c" * 64)

    assert is_day_full(SAVED_ON)
    assert not is_day_full(SAVED_ON + timedelta(days=1))


def test_stack_is_kept_for_the_days_of_the_setting_and_not_longer(settings):
    settings.SAVED_STACK_DAYS = 30
    make_stack()
    last_day = kept_until(SAVED_ON)

    assert last_day == date(2025, 3, 31)
    assert delete_unused(last_day) == 0
    assert delete_unused(last_day + timedelta(days=1), is_dry_run=True) == 1
    assert SavedStack.objects.exists()
    assert delete_unused(last_day + timedelta(days=1)) == 1
    assert not SavedStack.objects.exists()


def test_method_version_is_that_of_the_newest_profile_of_the_time():
    make_sleepers()
    goal = Goal.objects.get()
    goal.profiles.filter(version=1).update(method_version="0")

    second = publish_all().version.number

    assert method_version_at(1) == "0"
    assert method_version_at(second) == "1"
