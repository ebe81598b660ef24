"""The history of a row in the admin: every version, any two beside each other, and the way back.

Going back makes a new version by the same door as any edit: the form checks it, `save_model` and
`save_related` write it, so it is published, or proposed where a second person has to agree.
"""

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from evidence.admin.changes import shown_changes
from evidence.admin.going_back import GoingBack
from evidence.models import EvidenceVersion
from evidence.publication import is_public, wait_for_turn
from evidence.timeline import compared, entries, moment_of, newest_first, sources_of
from evidence.workflow import Refused


class HistoryAdmin(SimpleHistoryAdmin):
    """Shows who changed what, when and why, also in the rows that a row owns; sets rows back."""

    object_history_list_template = "admin/evidence/object_history_list.html"
    history_list_per_page = 50
    # Whether a change of these rows is an act of publication, which needs a reason to go back on.
    publishes = True

    def get_urls(self):
        """Add the pages of the history, before the library's, which would take them for its own."""
        opts, staff = self.opts, self.admin_site.admin_view
        name = f"{opts.app_label}_{opts.model_name}"
        pages = [
            path(
                "<path:object_id>/history/compare/",
                staff(self.compare_view),
                name=f"{name}_compare",
            ),
            path(
                "<path:object_id>/history/<int:history_id>/go-back/",
                staff(self.go_back_view),
                name=f"{name}_go_back",
            ),
        ]
        return [*pages, *super().get_urls()]

    def changeform_view(self, request, *args, **kwargs):
        """Keep with each record the reason of the version that the edit opened."""
        return self._noted(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        """Keep with each record the reason of the version that the deletion opened."""
        return self._noted(request, super().delete_view, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        """Keep with each record the reason of the version that the action opened."""
        return self._noted(request, super().changelist_view, *args, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """List every version of the row and of the rows that it owns, newest first."""
        row, is_there = self._row_of(request, object_id)
        sources = self._sources(request, row)
        paginator = Paginator(newest_first(sources), self.history_list_per_page)
        page = paginator.get_page(request.GET.get(PAGE_VAR))
        found = entries(sources, list(page.object_list))
        context = {
            **self._context(request, row),
            "title": f"History of {row}",
            "is_there": is_there,
            "page_obj": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "entries": [(entry, *self._addresses_of(request, entry)) for entry in found],
            "sees_versions": request.user.has_perm("evidence.view_evidenceversion"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/evidence/history.html", context)

    def compare_view(self, request, object_id):
        """Show what differs between two versions, the earlier one first."""
        row, _ = self._row_of(request, object_id)
        sources = self._sources(request, row)
        marks = [request.GET.get(name, "") for name in ("before", "after")]
        moments = [moment_of(sources, mark) for mark in marks]
        if None in moments:
            raise Http404
        before, after = sorted(moments)
        context = {
            **self._context(request, row),
            "title": f"Two versions of {row}",
            "before": before,
            "after": after,
            "rows": [
                (found, shown_changes(found.changes)) for found in compared(sources, before, after)
            ],
        }
        return TemplateResponse(request, "admin/evidence/compare.html", context)

    def go_back_view(self, request, object_id, history_id):
        """Show what going back to a version would change; by POST, go back."""
        if request.method != "POST":
            return self._go_back_page(request, GoingBack(self, request, object_id, history_id))
        try:
            with transaction.atomic():
                wait_for_turn()
                back = GoingBack(self, request, object_id, history_id)
                if not back.is_ready:
                    return self._go_back_page(request, back)
                row = self._noted(request, lambda request: back.write())
                back.keep_reason(row)
        except (Refused, ValidationError) as refusal:
            for message in refusal.messages:
                self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(request.path)
        if getattr(row, "proposal", None):
            return self.response_change(request, row)
        self.message_user(request, f"{row} is as it was {back.when}.", messages.SUCCESS)
        return HttpResponseRedirect(self.page_address("history", row.pk))

    def page_address(self, page, pk, *more):
        """Return where one of the admin's pages about a row is."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[quote(pk), *more])

    def needs_reason(self, row):
        """Say whether setting `row` back has to say why: readers are told."""
        return self.publishes and row is not None and is_public(row)

    def _go_back_page(self, request, back):
        context = {
            **self._context(request, back.past),
            "title": f"Go back to the version of {back.when}",
            "back": back,
            "changes": shown_changes(back.changes),
        }
        return TemplateResponse(request, "admin/evidence/go_back.html", context)

    def _row_of(self, request, object_id):
        """Return the row, or how it was when it was deleted, and whether it is there."""
        pk = unquote(object_id)
        row = self.get_object(request, pk)
        if row is None:
            try:
                found = self.model.history.filter(**{self.opts.pk.attname: pk})
                record = found.order_by("-history_id").first()
            except (ValidationError, ValueError):
                record = None
            if record is None:
                raise Http404
            row, is_there = record.instance, False
        else:
            is_there = True
        if not self.has_view_history_or_change_history_permission(request, row):
            raise PermissionDenied
        return row, is_there

    def _sources(self, request, row):
        """Return where its history comes from: the rows it owns as far as the user may see them."""
        parts = [
            (inline.model, inline.fk_name or _owner_of(inline.model, self.model))
            for inline in self.inlines
            if self.admin_site.get_model_admin(inline.model).has_view_permission(request)
        ]
        return sources_of(row, parts)

    def _addresses_of(self, request, entry):
        """Return where a past row is shown, and where whoever may change it can set it back."""
        model_admin = self.admin_site.get_model_admin(entry.source.model)
        if not isinstance(model_admin, HistoryAdmin):
            return "", ""
        row = getattr(entry.record, entry.source.model._meta.pk.attname), entry.record.history_id
        shown = model_admin.page_address("simple_history", *row)
        if not model_admin.has_change_permission(request):
            return shown, ""
        return shown, model_admin.page_address("go_back", *row)

    def _noted(self, request, view, *args, **kwargs):
        """Call a view; if it published, keep its version's reason with the records it left.

        The turn to publish is held meanwhile, so the version is of this act.
        """
        if request.method != "POST" or not self.publishes:
            return view(request, *args, **kwargs)
        number, since = EvidenceVersion.objects.current_number(), timezone.now()
        done = view(request, *args, **kwargs)
        version = EvidenceVersion.objects.filter(number__gt=number).first()
        for model in (self.model, *(inline.model for inline in self.inlines)) if version else ():
            left = model.history.filter(history_date__gte=since, history_user=request.user)
            left.filter(history_change_reason=None).update(history_change_reason=version.why)
        return done

    def _context(self, request, row):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "module_name": self.opts.verbose_name_plural,
            "object_history_list_template": self.object_history_list_template,
            "compare_url": self.page_address("compare", row.pk),
            "history_url": self.page_address("history", row.pk),
        }


def _owner_of(model, owner):
    """Return the name of the link from a model to the one that owns its rows."""
    return next(field.name for field in model._meta.fields if field.related_model is owner)
