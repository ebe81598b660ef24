"""Codes: taken once, throttled when wrong; recovery codes: kept as hashes, each good for once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from stackbuilder.accounts import second_factor
from tests.staff import make_staff, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db):
    return make_staff("alice")


def wait(model, user, seconds):
    """Let time pass since the last wrong code."""
    device = model.objects.get(user=user)
    device.throttling_failure_timestamp = timezone.now() - timedelta(seconds=seconds)
    device.save()


def test_secret_counts_for_nothing_until_it_is_confirmed(alice):
    second_factor.begin(alice)

    assert not second_factor.is_set_up(alice)
    assert not second_factor.is_needed(alice)


def test_secret_that_was_not_confirmed_is_dropped_for_the_next(alice):
    first = second_factor.begin(alice)

    second = second_factor.begin(alice)

    assert first.key != second.key
    assert second_factor.unconfirmed(alice, first.pk) is None
    assert second_factor.unconfirmed(alice, second.pk) == second


def test_secret_of_another_account_cannot_be_confirmed(alice):
    device = second_factor.begin(make_staff("bob"))

    assert second_factor.unconfirmed(alice, device.pk) is None


def test_confirmed_app_takes_the_place_of_the_one_before(alice, phone):
    old = set_up(alice, phone)

    new = set_up(alice, phone)

    assert list(TOTPDevice.objects.filter(user=alice)) == [new]
    assert second_factor.accept(alice, phone.code(old))[0] is None


def test_app_stays_unconfirmed_after_a_wrong_code(alice, phone):
    device = second_factor.begin(alice)

    found, refusal = second_factor.confirm(device, phone.wrong_code(device))

    assert (found, refusal.is_wrong) == (None, True)
    assert not second_factor.is_set_up(alice)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3} {:.3}"])
def test_code_is_taken_as_people_type_it(alice, phone, typed):
    device = set_up(alice, phone)
    code = phone.code(device)
    typed = f" {code[:3]} {code[3:]}" if ":" in typed else typed.format(code)

    found, refusal = second_factor.accept(alice, typed)

    assert (found, refusal) == (device, None)


def test_code_is_taken_once(alice, phone):
    code = phone.code(set_up(alice, phone))
    second_factor.accept(alice, code)

    found, refusal = second_factor.accept(alice, code)

    assert (found, refusal) == (None, second_factor.WRONG)


def test_code_of_somebody_else_is_wrong(alice, phone):
    set_up(alice, phone)
    other = set_up(make_staff("bob"), phone)

    assert second_factor.accept(alice, phone.code(other)) == (None, second_factor.WRONG)


def test_wrong_codes_make_wait_twice_as_long_each_time(alice, phone):
    device = set_up(alice, phone)
    waits = []

    for _ in range(4):
        assert second_factor.accept(alice, phone.wrong_code(device))[1].is_wrong
        waits.append(second_factor.accept(alice, phone.code(device))[1])
        wait(TOTPDevice, alice, 60)

    assert [refusal.why for refusal in waits] == [
        f"Too many wrong codes. Wait {words}."
        for words in ("1 second", "2 seconds", "4 seconds", "8 seconds")
    ]
    assert not any(refusal.is_wrong for refusal in waits)


def test_right_code_ends_the_wait_of_the_next_time(alice, phone):
    device = set_up(alice, phone)
    second_factor.accept(alice, phone.wrong_code(device))
    wait(TOTPDevice, alice, 2)

    assert second_factor.accept(alice, phone.code(device)) == (device, None)
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_recovery_code_works_once_however_it_is_typed(alice):
    first, second, *_ = second_factor.make_recovery_codes(alice)

    found, _ = second_factor.accept(alice, f" {first.upper().replace('-', ' ')} ")
    again, refusal = second_factor.accept(alice, first)

    assert found == StaticDevice.objects.get(user=alice)
    assert (again, refusal) == (None, second_factor.WRONG)
    assert second_factor.recovery_codes_left(alice) == 9
    wait(StaticDevice, alice, 2)
    assert second_factor.accept(alice, second)[0] == found


def test_recovery_codes_are_stored_as_hashes_alone(alice):
    codes = second_factor.make_recovery_codes(alice)

    stored = set(StaticToken.objects.values_list("token", flat=True))

    assert len(set(codes)) == len(stored) == 10
    assert not stored & {second_factor.plain(code) for code in codes}
    assert second_factor.accept(alice, next(iter(stored)))[0] is None


def test_recovery_codes_depend_on_the_secret_key(alice, settings):
    code = second_factor.make_recovery_codes(alice)[0]
    settings.SECRET_KEY = "another" * 10

    assert second_factor.accept(alice, code)[0] is None


def test_new_recovery_codes_make_the_old_ones_void(alice):
    old = second_factor.make_recovery_codes(alice)[0]

    second_factor.make_recovery_codes(alice)

    assert second_factor.accept(alice, old)[0] is None
    assert second_factor.recovery_codes_left(alice) == 10


def test_recovery_code_of_digits_alone_is_not_taken_for_one_of_the_app(alice, monkeypatch):
    monkeypatch.setattr(StaticToken, "random_token", staticmethod(lambda: "22345672"))

    code = second_factor.make_recovery_codes(alice)[0]

    assert second_factor.accept(alice, code)[0] == StaticDevice.objects.get()


def test_removal_takes_app_and_recovery_codes(alice, phone):
    set_up(alice, phone)
    second_factor.make_recovery_codes(alice)

    assert second_factor.remove(alice) is True
    assert second_factor.remove(alice) is False
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_required_factor_is_needed_by_everybody(alice, settings):
    settings.STAFF_SECOND_FACTOR = "REQUIRED"

    assert second_factor.is_needed(alice)


def test_long_waits_are_told_in_words_people_use():
    words = [second_factor._in_words(seconds) for seconds in (1, 119, 121, 7199, 7201)]

    assert words == ["1 second", "119 seconds", "3 minutes", "120 minutes", "3 hours"]
