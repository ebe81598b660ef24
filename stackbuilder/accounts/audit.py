"""Writes the audit trail; whoever changes an account or a role calls it in the same transaction."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from stackbuilder.models import AuditEntry

# Names that nobody has can be tried for ever, and must not fill the trail.
UNKNOWN_AGAIN_AFTER = timedelta(minutes=1)


def record(act, *, by=None, whom=None, what=""):
    """Add an entry; `whom` is an account, a role, or the name of either."""
    account = whom if isinstance(whom, get_user_model()) else None
    return AuditEntry.objects.create(
        act=act,
        by_id=by.pk if by else None,
        by_name=by.get_username() if by else "",
        whom_id=account.pk if account else None,
        whom_name=str(whom) if whom else "",
        what=what,
    )


def record_attempt(act, username, *, what=""):
    """Add an entry on somebody who is not logged in.

    A name that no account has is not kept: it may be a password typed into the wrong field. Of such
    attempts one a minute is noted.
    """
    account = get_user_model().objects.filter(username=username).first()
    if account:
        record(act, whom=account, what=what)
        return
    recently = timezone.now() - UNKNOWN_AGAIN_AFTER
    if not AuditEntry.objects.filter(act=act, whom_name="", at__gt=recently).exists():
        record(act, what="no account has the name that was given")


def changes_in(form, names):
    """Return, in words, what a bound form changed in the fields `names`; empty if nothing."""
    changed = [name for name in names if name in form.changed_data]
    return "; ".join(f"{form.fields[name].label}: {_change(form, name)}" for name in changed)


def _change(form, name):
    before, after = form.initial.get(name), form.cleaned_data[name]
    if not hasattr(after, "values_list"):
        return f"{_word(before)} → {_word(after)}"
    # Lists of rights are long: only what came and what went is said.
    before, after = {str(row) for row in before or ()}, {str(row) for row in after}
    parts = [("added", after - before), ("removed", before - after)]
    return ", ".join(f"{word} {', '.join(sorted(rows))}" for word, rows in parts if rows)


def _word(value):
    return {True: "yes", False: "no", None: "–", "": "–"}.get(value, str(value))
