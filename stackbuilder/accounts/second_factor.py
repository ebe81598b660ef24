"""The second factor: codes of an authenticator app, and recovery codes for when it is lost.

django-otp keeps the devices, refuses a code that was used before, and makes whoever gives wrong
ones wait, twice as long each time. Of the recovery codes only keyed hashes are stored: they are
shown once, when they are made, and a new SECRET_KEY makes them void.
"""

from base64 import b32encode
from dataclasses import dataclass
from functools import partial
from math import ceil

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

REQUIRED = "REQUIRED"
APP_NAME = "Authenticator app"
RECOVERY_NAME = "Recovery codes"
RECOVERY_CODES = 10
# What a column of django-otp holds: 80 bits of the hash.
HASH_CHARACTERS = 16


@dataclass(frozen=True)
class Refusal:
    """Why a code was not taken; `is_wrong` is False if it was not even looked at."""

    why: str
    is_wrong: bool = True


WRONG = Refusal("This code is not right.")


def is_required():
    """Say whether all staff must have a second factor."""
    return settings.STAFF_SECOND_FACTOR == REQUIRED


def device_of(user):
    """Return the app that is this account's second factor, None if it has none."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_set_up(user):
    """Say whether this account has a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_needed(user):
    """Say whether a password alone does not let this account in."""
    return is_required() or is_set_up(user)


@transaction.atomic
def begin(user):
    """Return a new secret for an app, which counts for nothing until it is confirmed.

    A secret that was shown before and not confirmed is dropped: somebody else may have seen it.
    """
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name=APP_NAME, confirmed=False)


def unconfirmed(user, pk):
    """Return the secret begun as `pk`, None if it is gone, confirmed, or not this account's."""
    return TOTPDevice.objects.filter(user=user, pk=pk, confirmed=False).first()


@transaction.atomic
def confirm(device, code):
    """Make an app the second factor by its first code, in place of any before.

    Returns (device, None), or (None, why not).
    """
    device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
    if refusal := _refusal(device, plain(code)):
        return None, refusal
    TOTPDevice.objects.filter(user=device.user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return device, None


@transaction.atomic
def accept(user, code):
    """Return (device, None) if a code is right, else (None, why not); it cannot be used again.

    It is not raised why: that would undo the count of wrong codes.
    """
    code = plain(code)
    model = TOTPDevice if code.isdecimal() else StaticDevice
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return None, WRONG
    refusal = _refusal(device, code if code.isdecimal() else kept(code))
    return (None, refusal) if refusal else (device, None)


@transaction.atomic
def make_recovery_codes(user):
    """Return new recovery codes in place of all before; this is the only time to show them."""
    # The row itself stays: a session that a recovery code opened rests on it.
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": RECOVERY_NAME})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    # A random code is all digits once in a million million, and would then be read as an app's.
    codes = [f"a{code[1:]}" if code.isdecimal() else code for code in codes]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=kept(code)) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user):
    """Return how many recovery codes have not been used."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove(user):
    """Take the second factor and its recovery codes away; return whether there was one."""
    had_one = is_set_up(user)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    return had_one


def check_for(user):
    """Return what a form asks about a code of this account."""
    return partial(accept, user)


def way_of(device):
    """Say in words where a code came from."""
    return "a recovery code" if isinstance(device, StaticDevice) else "a code of the app"


def key_in_words(device):
    """Return a secret as people type it into an app: base 32, in fours."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def plain(code):
    """Return a code as it counts: without blanks and hyphens, in small letters."""
    return "".join(code.split()).replace("-", "").lower()


def kept(code):
    """Return what is stored of a recovery code."""
    digest = salted_hmac("stackbuilder.recovery-code", plain(code), algorithm="sha256").digest()
    return b32encode(digest).decode()[:HASH_CHARACTERS].lower()


def _refusal(device, code):
    """Return why a device does not take a code, None if it does; counts a wrong one."""
    is_allowed, details = device.verify_is_allowed()
    if not is_allowed:
        seconds = ceil((details["locked_until"] - timezone.now()).total_seconds())
        return Refusal(f"Too many wrong codes. Wait {_in_words(seconds)}.", is_wrong=False)
    if not device.verify_token(code):
        return WRONG
    return None


def _in_words(seconds):
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    if seconds < 2 * 3600:
        return f"{ceil(seconds / 60)} minutes"
    return f"{ceil(seconds / 3600)} hours"
