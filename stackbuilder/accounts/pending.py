"""Between password and code: who has given the right password, and is not logged in.

The session holds an account and no log-in, so that no page takes this browser for a member of
staff. It lasts a few minutes, and no longer than the password.
"""

from time import time

import django_otp
from django.contrib.auth import get_user_model, login
from django.utils.crypto import constant_time_compare

from stackbuilder.accounts import audit
from stackbuilder.models import AuditAct

KEY = "pending_login"
SECONDS = 10 * 60
PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 a path


def remember(request, user, then):
    """Note that this browser gave the password of `user`; `then` is where it wants to go."""
    # A session that somebody else planted in this browser must not follow it here.
    request.session.cycle_key()
    request.session[KEY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "until": time() + SECONDS,
        "then": then,
    }


def pending_user(request):
    """Return the account whose password this browser gave a few minutes ago, None if none."""
    kept = request.session.get(KEY)
    if kept is None or kept["until"] < time():
        return None
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    user = staff.filter(pk=kept["user"]).first()
    if user is None or not constant_time_compare(kept["password"], user.get_session_auth_hash()):
        return None
    return user


def destination(request):
    """Return where this browser wants to go once it is logged in."""
    return request.session[KEY]["then"]


def log_in(request, user, *, device=None, what):
    """Log somebody in who has given all that is needed; `what` says in words what that was."""
    request.session.pop(KEY, None)
    login(request, user, backend=PASSWORD_BACKEND)
    if device:
        django_otp.login(request, device)
    audit.record(AuditAct.LOGGED_IN, by=user, whom=user, what=what)
