"""Accounts and roles in the admin: kept by administrators, each change in the audit trail.

An account is never deleted, because what it wrote must go on saying who: it is made inactive. Only
a superuser makes another, changes one, or gives rights to a single account past the roles.
"""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from evidence.admin.profiles import ReadOnlyAdmin
from stackbuilder.accounts import audit, lockout, second_factor
from stackbuilder.accounts.roles import ROLES
from stackbuilder.models import AuditAct, AuditEntry

SUPERUSERS_ALONE = ("is_superuser", "user_permissions")
RIGHTS = ("username", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")

# Django's own pages keep no trail, and those of django-otp could show a secret.
for model in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(model)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Who may come in, and in which roles."""

    list_display = ("username", "email", "roles", "has_second_factor", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    readonly_fields = ("last_login", "date_joined")
    actions = ("remove_second_factor", "lift_lockout")

    def get_queryset(self, request):
        """Fetch roles and second factors of all rows at once."""
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        accounts = super().get_queryset(request).prefetch_related("groups")
        return accounts.annotate(is_set_up=Exists(devices))

    def get_fieldsets(self, request, obj=None):
        """Offer to a superuser alone what goes past the roles."""
        return [
            (name, {**options, "fields": self._fields_for(request, options["fields"])})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def has_change_permission(self, request, obj=None):
        """Let only a superuser change a superuser: whoever sets a password can be that account."""
        is_out_of_reach = obj and obj.is_superuser and not request.user.is_superuser
        return not is_out_of_reach and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Let nobody delete an account: its name stands in the history of what it wrote."""
        return False

    @admin.display(description="roles")
    def roles(self, user):
        """List the roles."""
        return ", ".join(sorted(group.name for group in user.groups.all())) or "–"

    @admin.display(description="second factor", boolean=True, ordering="is_set_up")
    def has_second_factor(self, user):
        """Say whether a code is asked for."""
        return user.is_set_up

    @admin.action(permissions=["change"], description="Remove the second factor of selected")
    def remove_second_factor(self, request, queryset):
        """Let somebody back in who lost the app and the recovery codes."""
        self._do_to_each(request, queryset, second_factor.remove, AuditAct.FACTOR_REMOVED)

    @admin.action(permissions=["change"], description="Lift the lock-out of selected")
    def lift_lockout(self, request, queryset):
        """Let somebody try again before the pause is over."""
        self._do_to_each(request, queryset, lockout.lift, AuditAct.LOCKOUT_LIFTED)

    def save_related(self, request, form, formsets, change):
        """Note what changed in somebody's rights, once the roles are stored too."""
        super().save_related(request, form, formsets, change)
        if not change:
            audit.record(AuditAct.ACCOUNT_ADDED, by=request.user, whom=form.instance)
        elif what := audit.changes_in(form, RIGHTS):
            audit.record(AuditAct.ACCOUNT_CHANGED, by=request.user, whom=form.instance, what=what)

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        """Note that a password was set for somebody; it ends all sessions of that account."""
        user = self.get_object(request, unquote(id))
        response = super().user_change_password(request, id, form_url)
        if user and User.objects.get(pk=user.pk).password != user.password:
            audit.record(AuditAct.PASSWORD_CHANGED, by=request.user, whom=user)
        return response

    def _fields_for(self, request, fields):
        if request.user.is_superuser:
            return fields
        return tuple(name for name in fields if name not in SUPERUSERS_ALONE)

    @transaction.atomic
    def _do_to_each(self, request, queryset, act, name):
        done = []
        for user in queryset:
            if self.has_change_permission(request, user) and act(user):
                audit.record(name, by=request.user, whom=user)
                done.append(user.get_username())
        what = f"{name.label.capitalize()}: {', '.join(done)}." if done else "Nothing to do."
        self.message_user(request, what, messages.SUCCESS if done else messages.INFO)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles and their rights; those that come with the site keep their names."""

    def get_readonly_fields(self, request, obj=None):
        """Keep the names that commands and migrations know."""
        return ("name",) if obj and obj.name in ROLES else ()

    def has_delete_permission(self, request, obj=None):
        """Keep the roles that come with the site."""
        return not (obj and obj.name in ROLES) and super().has_delete_permission(request, obj)

    def save_related(self, request, form, formsets, change):
        """Note what changed in the role."""
        super().save_related(request, form, formsets, change)
        what = audit.changes_in(form, ("name", "permissions"))
        if what or not change:
            act = AuditAct.ROLE_CHANGED if change else AuditAct.ROLE_ADDED
            audit.record(act, by=request.user, whom=form.instance, what=what)

    def delete_model(self, request, obj):
        """Note the deletion."""
        audit.record(AuditAct.ROLE_DELETED, by=request.user, whom=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Note each deletion."""
        for group in queryset:
            self.delete_model(request, group)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The audit trail, to read."""

    list_display = ("at", "act", "by_name", "whom_name", "what")
    list_filter = ("act", "at")
    search_fields = ("by_name", "whom_name", "what")
    fields = ("at", "act", "by", "by_name", "whom", "whom_name", "what")
