"""Members of staff in their roles, and the app on their phone."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django_otp.oath import TOTP

from stackbuilder.accounts import second_factor
from tests.factories import make_user

PASSWORD = "correct-horse-battery"
STEP = 30  # seconds for which an app shows one code


def make_staff(username="alice", *roles, **changes):
    """Return a member of staff who has `roles` and logs in by PASSWORD."""
    user = make_user(username, password=PASSWORD, **changes)
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles)
    return user


@dataclass
class Phone:
    """A clock, and what an app shows by it; the server reads the same clock in these tests."""

    now: float = 1_800_000_000.0

    def time(self):
        """Return the seconds since 1970."""
        return self.now

    def code(self, device):
        """Return the next code that an app shows of this secret: none is shown twice."""
        self.now += STEP
        totp = TOTP(device.bin_key, device.step, device.t0, device.digits, 0)
        totp.time = self.now
        return f"{totp.token():06d}"

    def wrong_code(self, device):
        """Return six digits that are no code of this secret now or nearby."""
        right = int(self.code(device))
        return f"{(right + 500_000) % 1_000_000:06d}"


def set_up(user, phone):
    """Give an account a second factor as its pages would; return its device."""
    device, refusal = second_factor.confirm(begun := second_factor.begin(user), phone.code(begun))
    assert refusal is None
    return device


def give_password(client, username="alice", password=PASSWORD, **more):
    """Send the log-in page, as a browser does that came for the admin's index."""
    data = {"username": username, "password": password, "next": "/admin/", **more}
    return client.post("/admin/login/?next=/admin/", data)


def is_logged_in(client):
    """Say whether the admin lets this browser in."""
    return client.get("/admin/").status_code == 200
