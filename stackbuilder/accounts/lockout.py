"""Locks out whoever fails too often: django-axes counts, and here is what it may store.

Failures count for one name from one network address: an attacker elsewhere cannot lock a curator
out. A row holds just these two, the time and the count, and goes with the first log-in, good or
bad, after the pause. The browser, the address of the page and the form's fields are not stored.
"""

from copy import copy

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import QueryDict

from stackbuilder.accounts.audit import record_attempt
from stackbuilder.models import AuditAct
from stackbuilder.suggesting.work_limits import client_of

WRONG_PASSWORD = "wrong password"  # noqa: S105 what is told of an attempt
WRONG_CODE = "wrong code"


def client_address(request):
    """Return who asks, as an address that a database can hold; None if there is none.

    Of an IPv6 address only the network is kept, which is one household.
    """
    behind_proxy = bool(settings.SECURE_PROXY_SSL_HEADER)
    return client_of(request.META, is_behind_proxy=behind_proxy).partition("/")[0] or None


class LockoutHandler(AxesDatabaseHandler):
    """Counts failures, stores next to nothing of them, and notes them in the audit trail."""

    def user_login_failed(self, sender, credentials, request=None, what=WRONG_PASSWORD, **kwargs):
        """Count a wrong password or code; `what` says which it was."""
        if request is None:
            return
        was_locked = request.axes_locked_out
        # axes stores the whole request, as far as it finds one.
        bare = copy(request)
        bare.GET = bare.POST = QueryDict()
        bare.axes_user_agent = bare.axes_http_accept = bare.axes_path_info = ""
        super().user_login_failed(sender, credentials, bare, **kwargs)
        request.axes_locked_out = bare.axes_locked_out
        request.axes_credentials = bare.axes_credentials
        if was_locked:
            return
        username = credentials["username"]
        record_attempt(AuditAct.LOGIN_FAILED, username, what=what)
        if request.axes_locked_out:
            record_attempt(AuditAct.LOCKED_OUT, username)


def is_locked_out(request, user):
    """Say whether this account has to wait at this address."""
    return not AxesProxyHandler.is_allowed(request, {"username": user.get_username()})


def count_wrong_code(request, user):
    """Count a wrong code like a wrong password: too many lock the account out here."""
    AxesProxyHandler.user_login_failed(
        count_wrong_code, {"username": user.get_username()}, request, what=WRONG_CODE
    )


def lift(user):
    """Let an account log in again from everywhere; return whether anything was counted."""
    return AxesProxyHandler.reset_attempts(username=user.get_username()) > 0
