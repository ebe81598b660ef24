"""Takes a session without the code that its account needs for nobody's, on every page."""

from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from stackbuilder.accounts import second_factor


class SecondFactorMiddleware:
    """Makes `request.user` anonymous unless the session holds the second factor it needs.

    It stands below django-otp's, which reads the code's device from the session. So a session that
    began before the account had a second factor, or before all staff needed one, ends by itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Look only when somebody asks who it is: pages for visitors never do."""
        request.user = SimpleLazyObject(partial(whoever_may_act, request.user))
        return self.get_response(request)


def whoever_may_act(user):
    """Return `user`, or nobody if the code is missing."""
    if user.is_anonymous or user.is_verified() or not second_factor.is_needed(user):
        return user
    nobody = AnonymousUser()
    nobody.otp_device, nobody.is_verified = None, lambda: False
    return nobody
