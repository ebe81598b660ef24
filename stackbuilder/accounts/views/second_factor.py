"""The pages of one's own second factor: set up, move to another device, recovery codes, remove."""

import django_otp
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from stackbuilder.accounts import audit, pending, second_factor
from stackbuilder.accounts.forms import CodeForm
from stackbuilder.accounts.pages import page
from stackbuilder.models import AuditAct
from stackbuilder.stacks.qr import qr_code

# Which secret this browser was shown and has not confirmed yet.
BEGUN = "second_factor_begun"
TITLE = "Second factor"


@require_safe
def second_factor_detail(request):
    """Show whether one has a second factor, and what can be done about it."""
    context = {
        "device": second_factor.device_of(request.user),
        "codes_left": second_factor.recovery_codes_left(request.user),
        "codes_made": second_factor.RECOVERY_CODES,
        "is_required": second_factor.is_required(),
    }
    return page(request, "second_factor", title=TITLE, **context)


@require_POST
def second_factor_begin(request):
    """Make a new secret and lead to the page that shows it."""
    request.session[BEGUN] = second_factor.begin(request.user).pk
    return redirect("admin:second_factor_set_up")


@never_cache
@sensitive_post_parameters()
def second_factor_set_up(request):
    """Show a secret for an app, and make it the second factor once the app's code is right.

    It is open to whoever is logged in, and to whoever gave a password and has to set one up.
    """
    is_log_in = request.user.is_anonymous
    user = pending.pending_user(request) if is_log_in else request.user
    device = second_factor.unconfirmed(user, request.session.get(BEGUN)) if user else None
    if device is None:
        return redirect("admin:second_factor")
    form = CodeForm(lambda code: second_factor.confirm(device, code), request.POST or None)
    if form.is_valid():
        return _finish_set_up(request, form.device, is_log_in=is_log_in)
    context = {"form": form, "is_log_in": is_log_in, "key": second_factor.key_in_words(device)}
    return page(request, "set_up", title=TITLE, qr=qr_code(device.config_url), **context)


@require_POST
@never_cache
def recovery_codes_make(request):
    """Make new recovery codes and show them, this once."""
    if not request.user.is_verified():
        raise PermissionDenied
    return _show_new_codes(request, request.user, reverse("admin:second_factor"))


@never_cache
@sensitive_post_parameters()
def second_factor_remove(request):
    """Take one's own second factor away, for a code; where all staff need one, it cannot be."""
    if second_factor.is_required() or not request.user.is_verified():
        raise PermissionDenied
    form = CodeForm(second_factor.check_for(request.user), request.POST or None)
    if not form.is_valid():
        return page(request, "remove", title=TITLE, form=form)
    with transaction.atomic():
        second_factor.remove(request.user)
        audit.record(AuditAct.FACTOR_REMOVED, by=request.user, whom=request.user)
    messages.success(request, "Your second factor was removed.")
    return redirect("admin:second_factor")


def _finish_set_up(request, device, *, is_log_in):
    """Let the session know the device, log in whoever was on the way, and show the codes."""
    del request.session[BEGUN]
    user, then = device.user, reverse("admin:second_factor")
    with transaction.atomic():
        audit.record(AuditAct.FACTOR_SET_UP, by=user, whom=user)
        if is_log_in:
            then = pending.destination(request)
            pending.log_in(request, user, device=device, what="by password, setting up a factor")
        else:
            django_otp.login(request, device)
        return _show_new_codes(request, user, then)


def _show_new_codes(request, user, then):
    with transaction.atomic():
        codes = second_factor.make_recovery_codes(user)
        audit.record(AuditAct.RECOVERY_CODES_MADE, by=user, whom=user)
    return page(request, "codes", title="Recovery codes", codes=codes, then=then)
