"""The audit trail of accounts: who logged in, and who changed whose rights; only ever added to."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from stackbuilder.querysets import AuditQuerySet


class AuditAct(models.TextChoices):
    """What was done by, with or to an account or a role."""

    LOGGED_IN = "logged-in", "logged in"
    LOGIN_FAILED = "login-failed", "failed to log in"
    LOCKED_OUT = "locked-out", "locked out"
    LOCKOUT_LIFTED = "lockout-lifted", "lock-out lifted"
    LOGGED_OUT = "logged-out", "logged out"
    PASSWORD_CHANGED = "password-changed", "password changed"
    ACCOUNT_ADDED = "account-added", "account added"
    ACCOUNT_CHANGED = "account-changed", "account changed"
    ROLE_ADDED = "role-added", "role added"
    ROLE_CHANGED = "role-changed", "role changed"
    ROLE_DELETED = "role-deleted", "role deleted"
    FACTOR_SET_UP = "factor-set-up", "second factor set up"
    FACTOR_REMOVED = "factor-removed", "second factor removed"
    RECOVERY_CODES_MADE = "recovery-codes-made", "recovery codes made"


class AuditEntry(models.Model):
    """One act; no network address and no browser is kept, and never what somebody typed.

    Names are kept beside the accounts, which may be renamed. Without `by` it was done on the
    server's command line, or by somebody who was not logged in.
    """

    at = models.DateTimeField("when", default=timezone.now, editable=False)
    act = models.CharField("what was done", max_length=20, choices=AuditAct)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField("by", max_length=150, blank=True)
    whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    whom_name = models.CharField("account or role", max_length=150, blank=True)
    what = models.TextField("details", blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = "audit entry"
        verbose_name_plural = "audit entries"
        default_permissions = ("view",)
        indexes = [models.Index(fields=["at"], name="audit_entry_at")]

    def __str__(self):
        return f"{self.whom_name or 'unknown account'}: {self.get_act_display()}"

    def delete(self, *args, **kwargs):
        """Refuse: the trail is only added to."""
        raise TypeError("The audit trail is only added to.")
