"""The admin's site: logging in by password and code, and a trail of who did."""

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from stackbuilder.accounts import audit
from stackbuilder.accounts.views import login, second_factor
from stackbuilder.models import AuditAct


class StaffSite(AdminSite):
    """Django's admin with a second factor and an audit trail of accounts."""

    def get_urls(self):
        """Add the pages of the second factor, before the admin's catch-all."""
        staff, own = self.admin_view, "second-factor/"
        detail, begin = second_factor.second_factor_detail, second_factor.second_factor_begin
        codes, remove = second_factor.recovery_codes_make, second_factor.second_factor_remove
        return [
            path(own, staff(detail), name="second_factor"),
            path(f"{own}code/", login.second_factor_code, name="second_factor_code"),
            path(f"{own}begin/", staff(begin), name="second_factor_begin"),
            path(f"{own}set-up/", second_factor.second_factor_set_up, name="second_factor_set_up"),
            path(f"{own}codes/", staff(codes), name="recovery_codes_make"),
            path(f"{own}remove/", staff(remove), name="second_factor_remove"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        """Show the curator's desk above the list of models."""
        # Not at the top: what it imports registers with this very site.
        from evidence.admin.desk import desk_of

        return super().index(request, {"desk": desk_of(request), **(extra_context or {})})

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Ask for name and password; whoever needs a code is asked for it on the next page."""
        index = reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(index)
        request.current_app = self.name
        context = {
            **self.each_context(request),
            "title": "Log in",
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **({} if {"next"} & {*request.GET, *request.POST} else {"next": index}),
            **(extra_context or {}),
        }
        form = self.login_form or AdminAuthenticationForm
        return login.StaffLogin.as_view(authentication_form=form, extra_context=context)(request)

    def logout(self, request, extra_context=None):
        """Log out, and note it."""
        user = request.user
        if request.method == "POST" and user.is_authenticated:
            audit.record(AuditAct.LOGGED_OUT, by=user, whom=user)
        return super().logout(request, extra_context)

    def password_change(self, request, extra_context=None):
        """Change one's own password, which ends one's other sessions, and note it."""
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            audit.record(AuditAct.PASSWORD_CHANGED, by=request.user, whom=request.user)
        return response
