"""Alice's phone, whose clock the server reads too."""

import pytest

from tests.staff import Phone


@pytest.fixture
def phone(monkeypatch):
    """An app on a phone, at a time that only the test moves."""
    phone = Phone()
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", phone)
    return phone
