"""Stacks to look at: a saved one, the page to print, and both as files."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from evidence.models import EvidenceVersion
from stackbuilder.candidates import snapshot, snapshot_at
from stackbuilder.forms import BuilderForm
from stackbuilder.links import State
from stackbuilder.stacks.as_csv import as_csv
from stackbuilder.stacks.as_json import as_json
from stackbuilder.stacks.changes import changes_since
from stackbuilder.stacks.panel import stack_panel
from stackbuilder.stacks.qr import qr_code
from stackbuilder.stacks.saved import found_by_token, method_version_at, opened
from stackbuilder.stacks.sheet import DISCLAIMER, NOT_CHECKED, Exported, Ground, stack_sheet
from stackbuilder.stacks.unlisted import impersonal_page, unlisted
from stackbuilder.visitor.about_you import personal_page
from stackbuilder.visitor.screening import safety_tables


def may_change_by_itself(request):
    """Say that the page has prices and dates on it, which change without new evidence."""
    return True


@require_safe
@unlisted
@personal_page(changes_by_itself=may_change_by_itself)
def stack_detail(request, token):
    """Show a saved stack: pinned figures, today's cautions, and what changed since."""
    newest = request.evidence_version
    stack, ground = _found(token, newest)
    panel = stack_panel(ground.tables, stack.state, request.person, ground.safety)
    pinned = stack.state.evidence
    context = {
        "stack": stack,
        "state": stack.state,
        "panel": panel,
        "version": EvidenceVersion.objects.filter(pk=pinned).first(),
        "newest": EvidenceVersion.objects.filter(pk=newest).first() if newest > pinned else None,
        "changes": changes_since(ground.tables, stack.state, newest),
        "live_url": stack.state.having(evidence=None).url(),
        "is_unreadable": request.is_unreadable,
    }
    return render(request, "stackbuilder/stack_detail.html", context)


@require_safe
@unlisted
@impersonal_page
def saved_stack_print(request, token):
    """Show the sheet of a saved stack, for one page of paper."""
    return _sheet_page(request, _exported(request, token))


@require_safe
@unlisted
@impersonal_page
def stack_print(request):
    """Show the sheet of a stack that is not saved; its address is the builder's, pinned."""
    newest = request.evidence_version
    form = BuilderForm(request.GET, tables=snapshot(newest), version=newest)
    number = form.state.evidence or newest
    state = State(
        weights=form.state.weights,
        members=form.state.members,
        region=form.state.region,
        evidence=number,
    )
    sheet = stack_sheet(_ground(number, newest), state, method_version_at(number))
    exported = Exported(sheet, request.build_absolute_uri(state.url()))
    return _sheet_page(request, exported, problems=form.problems)


@require_safe
@unlisted
@impersonal_page
def stack_csv(request, token):
    """Give a saved stack as a file for a spreadsheet."""
    exported = _exported(request, token)
    response = HttpResponse(as_csv(exported), content_type="text/csv; charset=utf-8")
    return _as_file(response, exported, "csv")


@require_safe
@unlisted
@impersonal_page
def stack_json(request, token):
    """Give a saved stack as a file for a program."""
    exported = _exported(request, token)
    options = {"indent": 2, "ensure_ascii": False}
    return _as_file(JsonResponse(as_json(exported), json_dumps_params=options), exported, "json")


def _found(token, newest):
    """Return a saved stack as opened today, and what its sheet is made from."""
    stack = found_by_token(token)
    ground = _ground(stack.evidence_version, newest)
    return opened(stack, ground.tables, localdate()), ground


def _ground(number, newest):
    return Ground(snapshot_at(number, newest), safety_tables(newest))


def _exported(request, token):
    """Return a saved stack as a sheet that knows its address."""
    stack, ground = _found(token, request.evidence_version)
    return Exported(
        sheet=stack_sheet(ground, stack.state, stack.stack.method_version),
        address=request.build_absolute_uri(reverse("stackbuilder:stack_detail", args=[token])),
        gone_members=stack.gone_members,
        gone_goals=stack.gone_goals,
    )


def _sheet_page(request, exported, *, problems=()):
    context = {
        "sheet": exported.sheet,
        "exported": exported,
        "qr": qr_code(exported.address),
        "today": localdate(),
        "not_checked": NOT_CHECKED,
        "disclaimer": DISCLAIMER,
        "problems": problems,
    }
    status = 400 if problems else 200
    return render(request, "stackbuilder/stack_print.html", context, status=status)


def _as_file(response, exported, ending):
    name = f"stack-evidence-{exported.sheet.panel.version}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
