"""Logging in: the password, then the code; and what somebody is told who is locked out."""

from axes.helpers import get_cool_off
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from stackbuilder.accounts import audit, lockout, pending, second_factor
from stackbuilder.accounts.forms import CodeForm
from stackbuilder.accounts.pages import page
from stackbuilder.accounts.views.second_factor import BEGUN
from stackbuilder.models import AuditAct

NOT_STAFF = "the password was right, but the account is not one of staff"


class StaffLogin(LoginView):
    """Takes name and password; logs in only whoever needs no code."""

    template_name = "admin/login.html"
    next_page = "admin:index"

    def form_valid(self, form):
        """Log in, or lead on to the code, or to setting up what gives codes."""
        user, request = form.get_user(), self.request
        if not second_factor.is_needed(user):
            pending.log_in(request, user, what="by password")
            return HttpResponseRedirect(self.get_success_url())
        pending.remember(request, user, self.get_success_url())
        if second_factor.is_set_up(user):
            return redirect("admin:second_factor_code")
        request.session[BEGUN] = second_factor.begin(user).pk
        return redirect("admin:second_factor_set_up")

    def form_invalid(self, form):
        """Note the right password of an account that may not come in; a wrong one was counted."""
        if form.get_user():
            audit.record(AuditAct.LOGIN_FAILED, whom=form.get_user(), what=NOT_STAFF)
        return super().form_invalid(form)


@never_cache
@sensitive_post_parameters()
def second_factor_code(request):
    """Ask for the code of somebody who has given the password, then log in."""
    user = pending.pending_user(request)
    if user is None:
        return redirect("admin:login")
    if lockout.is_locked_out(request, user):
        return locked_out(request)
    is_recovery = "recovery" in request.GET
    form = CodeForm(second_factor.check_for(user), request.POST or None, is_recovery=is_recovery)
    if form.is_valid():
        then, way = pending.destination(request), second_factor.way_of(form.device)
        pending.log_in(request, user, device=form.device, what=f"by password and {way}")
        return HttpResponseRedirect(then)
    if form.is_wrong:
        lockout.count_wrong_code(request, user)
    return page(request, "code", title="Log in", form=form, is_recovery=is_recovery)


def locked_out(request, response=None, credentials=None):
    """Say that there were too many failures, and how long to wait; the same for any name."""
    pause = get_cool_off(request)
    minutes = int(pause.total_seconds() // 60)
    answer = page(request, "locked_out", title="Locked out", status=429, minutes=minutes)
    answer["Retry-After"] = int(pause.total_seconds())
    add_never_cache_headers(answer)
    return answer
