"""Saving a stack, changing it and deleting it; whoever has the secret link may do the last two."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.models import EvidenceVersion
from stackbuilder.candidates import snapshot
from stackbuilder.forms import BuilderForm
from stackbuilder.regions import place_name
from stackbuilder.stacks.edit_form import StackEditForm
from stackbuilder.stacks.saved import (
    delete_stack,
    found_by_secret,
    is_day_full,
    kept_until,
    method_version_at,
    opened,
    save_stack,
    store_changes,
)
from stackbuilder.stacks.sheet import impersonal
from stackbuilder.stacks.unlisted import unlisted

PIN = "pin"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unlisted
def stack_create(request):
    """Say what would be saved and what not; save it, and lead to its two links."""
    newest = EvidenceVersion.objects.current_number()
    tables = snapshot(newest)
    form = BuilderForm(request.GET, tables=tables, version=newest)
    state = impersonal(form.state)
    status = 400 if form.problems else 200
    if request.method == "POST" and status == 200:
        if state.members and not is_day_full(timezone.localdate()):
            _, secret = save_stack(state, newest, timezone.localdate())
            return redirect("stackbuilder:stack_edit", secret)
        status = 429 if state.members else 422
    return _create_page(request, form, tables, status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unlisted
def stack_edit(request, secret):
    """Show both links of a stack and change it; what is wrong is said, and nothing changes."""
    newest = EvidenceVersion.objects.current_number()
    tables = snapshot(newest)
    if request.method != "POST":
        stack = opened(found_by_secret(secret), tables, timezone.localdate())
        return _edit_page(request, secret, StackEditForm(opened=stack, tables=tables))
    with transaction.atomic():
        stack = found_by_secret(secret, for_update=True)
        now = opened(stack, tables, timezone.localdate())
        form = StackEditForm(request.POST, opened=now, tables=tables)
        if form.is_valid():
            form.apply_to(stack, pin=newest if request.POST.get("act") == PIN else None)
            store_changes(stack, timezone.now())
            return redirect(f"{reverse('stackbuilder:stack_edit', args=[secret])}?changed=yes")
    return _edit_page(request, secret, form, status=422)


@require_POST
@never_cache
@unlisted
def stack_delete(request, secret):
    """Delete a stack, and lead to a page that says so."""
    delete_stack(secret)
    return redirect("stackbuilder:stack_deleted")


@require_safe
@never_cache
@unlisted
def stack_deleted(request):
    """Say that a stack is gone, whichever it was."""
    return render(request, "stackbuilder/stack_deleted.html")


def _create_page(request, form, tables, status):
    state = impersonal(form.state)
    number = state.evidence or tables.version
    context = {
        "state": state,
        "problems": form.problems,
        "status": status,
        "members": [tables.compounds[tables.row_of[slug]] for slug in state.members],
        "goals": _named_goals(tables, state),
        "place": place_name(state.region),
        "version": EvidenceVersion.objects.filter(pk=number).first(),
        "is_newest": number >= tables.version,
        "method_version": method_version_at(number),
        "kept_until": kept_until(timezone.localdate()),
        "save_url": state.url("stackbuilder:stack_create"),
    }
    return render(request, "stackbuilder/stack_create.html", context, status=status)


def _named_goals(tables, state):
    """Return the names of the goals with their weights, in the site's order."""
    return [
        (tables.goals[tables.column_of[slug]].name, weight)
        for slug, weight in state.weights.items()
    ]


def _edit_page(request, secret, form, *, status=200):
    stack = form.opened.stack
    address = request.build_absolute_uri
    context = {
        "form": form,
        "stack": form.opened,
        "secret": secret,
        "share_url": address(reverse("stackbuilder:stack_detail", args=[stack.token])),
        "edit_url": address(reverse("stackbuilder:stack_edit", args=[secret])),
        "version": EvidenceVersion.objects.filter(pk=stack.evidence_version).first(),
        "newest": EvidenceVersion.objects.first(),
        "is_changed": "changed" in request.GET,
        # The footer would carry the address, and the secret in it, to the form for errors.
        "is_secret_address": True,
    }
    return render(request, "stackbuilder/stack_edit.html", context, status=status)
