"""Saved stacks: saving, finding, changing and deleting them, and how long they are kept.

Two links lead to a saved stack. The one to share holds its token; the one to change and delete it
holds a secret, of which only the hash is stored. Neither can be guessed, and an address that leads
nowhere says the same whether a stack was there once or never. What is kept is goals, members in
their order, a region and two version numbers: none of it is about the person, and no answer of
theirs comes into this module.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from evidence.models import Compound, Profile
from evidence.synthesis import METHOD_VERSION
from stackbuilder.candidates import Snapshot
from stackbuilder.links import State
from stackbuilder.models import SavedStack

TOKEN_BYTES = 16
SECRET_BYTES = 24
# So many in a day are a flood: nobody shares that many, and each is kept for years.
SAVED_A_DAY = 2_000


@dataclass(frozen=True)
class Gone:
    """What a saved stack holds and the site no longer shows; the slug where no name is known."""

    slug: str
    name: str


@dataclass(frozen=True)
class Opened:
    """A saved stack as far as it can still be shown: `state` leaves out what is gone."""

    stack: SavedStack
    state: State
    gone_members: tuple[Gone, ...]
    gone_goals: tuple[str, ...]

    @property
    def kept_until(self) -> date:
        """Return the day on which it is deleted unless somebody opens it before."""
        return kept_until(self.stack.last_opened_on)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


def is_day_full(today: date) -> bool:
    """Say whether as many stacks as a day may bring have been saved."""
    return bool(SavedStack.objects.saved_on(today).count() >= SAVED_A_DAY)


def save_stack(state: State, newest: int, today: date) -> tuple[SavedStack, str]:
    """Store goals, members and region of `state`; return the stack and its secret, once only."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    evidence = state.evidence or newest
    stack = SavedStack.objects.create(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        secret_hash=hash_of(secret),
        goals=dict(state.weights),
        members=list(state.members),
        region=state.region,
        evidence_version=evidence,
        method_version=method_version_at(evidence),
        created_on=today,
        last_opened_on=today,
    )
    return stack, secret


def found_by_token(token: str) -> SavedStack:
    """Return the stack that may be looked at by this token; raises SavedStack.DoesNotExist."""
    stack: SavedStack = SavedStack.objects.get(token=token)
    return stack


def found_by_secret(secret: str, *, for_update: bool = False) -> SavedStack:
    """Return the stack that this secret changes; raises SavedStack.DoesNotExist.

    `for_update` holds the row until the transaction ends: two edits follow one another, each whole.
    """
    wanted = hash_of(secret)
    rows = SavedStack.objects.select_for_update() if for_update else SavedStack.objects.all()
    stack: SavedStack = rows.get(secret_hash=wanted)
    # A database may compare by a collation that takes two texts for one.
    if not secrets.compare_digest(stack.secret_hash, wanted):
        raise SavedStack.DoesNotExist
    return stack


def opened(stack: SavedStack, tables: Snapshot, today: date) -> Opened:
    """Read a stack against the goals and compounds of today, and note the day it was opened."""
    SavedStack.objects.open_one(stack.pk, today)
    stack.last_opened_on = max(stack.last_opened_on, today)
    goals = {goal.slug for goal in tables.goals}
    state = State(
        # A database may keep the keys of an object in any order; the site's order stands.
        weights={
            goal.slug: stack.goals[goal.slug] for goal in tables.goals if goal.slug in stack.goals
        },
        members=tuple(slug for slug in stack.members if slug in tables.row_of),
        region=stack.region,
        evidence=stack.evidence_version,
    )
    return Opened(
        stack=stack,
        state=state,
        gone_members=_gone([slug for slug in stack.members if slug not in tables.row_of]),
        gone_goals=tuple(sorted(slug for slug in stack.goals if slug not in goals)),
    )


def store_changes(stack: SavedStack, now: datetime) -> None:
    """Store what may be changed of a stack that is held for update, and when that was."""
    stack.edited_at = now
    stack.save(
        update_fields=["goals", "members", "evidence_version", "method_version", "edited_at"]
    )


def pin_to(stack: SavedStack, number: int) -> None:
    """Have a stack show the figures of another evidence version."""
    stack.evidence_version = number
    stack.method_version = method_version_at(number)


@transaction.atomic
def delete_stack(secret: str) -> None:
    """Delete a stack, so that both its links lead nowhere."""
    found_by_secret(secret, for_update=True).delete()


def kept_until(last_opened_on: date) -> date:
    """Return the last day on which a stack that nobody opens any more is there."""
    return last_opened_on + timedelta(days=settings.SAVED_STACK_DAYS)


def delete_unused(today: date, *, is_dry_run: bool = False) -> int:
    """Delete stacks that nobody has opened for the days of the setting; return how many."""
    unused = SavedStack.objects.unused(today - timedelta(days=settings.SAVED_STACK_DAYS))
    return int(unused.count() if is_dry_run else unused.delete()[0])


def method_version_at(number: int) -> str:
    """Return the method version that made the newest profile as of evidence version `number`."""
    profiles = Profile.objects.filter(version__lte=number).order_by("-version_id")
    return profiles.values_list("method_version", flat=True).first() or METHOD_VERSION


def _gone(slugs: list[str]) -> tuple[Gone, ...]:
    """Return the names of compounds that were withdrawn, and the slugs of those deleted."""
    if not slugs:
        return ()
    names: Mapping[str, str] = dict(
        Compound.objects.filter(slug__in=slugs).values_list("slug", "name")
    )
    return tuple(Gone(slug, names.get(slug, slug)) for slug in slugs)
