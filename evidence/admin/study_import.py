"""“Get studies in”: read a file or fetch a record, look at each row, store what was ticked.

Reading and looking write no study; what was read is kept until it is stored or half a day has
passed. A preview is shown and stored a page at a time, so that each form stays small.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from evidence.admin.kept_upload import keep, kept
from evidence.admin.study_choices import NOT_CHOSEN_HERE, choices_of
from evidence.admin.study_sources import FetchForm, FileForm
from evidence.choices import Design
from evidence.imports.fetching import PUBLIC
from evidence.imports.preview import State, preview
from evidence.imports.rows import from_text, to_text
from evidence.imports.storing import store

PURPOSE = "studies"
ROWS_A_PAGE = 200
GONE = "What you had read is not kept any more: read it again."


class ImportingStudies:
    """Adds the pages to the admin of studies."""

    # Where PubMed and Crossref are; a mirror or a test has its own.
    addresses = PUBLIC

    def get_urls(self):
        """Add the page where studies are read, and the one where they are chosen."""
        read, choose = map(self.admin_site.admin_view, (self.read_view, self.choose_view))
        return [
            path("get/", read, name="evidence_study_get"),
            path("get/<slug:token>/", choose, name="evidence_study_choose"),
            *super().get_urls(),
        ]

    def read_view(self, request):
        """Read a file, a text or a record from the network, and go on to its preview."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_fetch = "fetch" in request.POST
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        file_form = FileForm(*(() if is_fetch else sent))
        fetch_form = FetchForm(*(sent if is_fetch else ()), addresses=self.addresses)
        form = fetch_form if is_fetch else file_form
        if sent and form.is_valid():
            token = keep(request, PURPOSE, to_text(form.read))
            return HttpResponseRedirect(reverse("admin:evidence_study_choose", args=[token]))
        forms = {"file_form": file_form, "fetch_form": fetch_form}
        return self._page(request, "get", "Get studies in", forms)

    def choose_view(self, request, token):
        """Show what was read beside what is stored, or store what was ticked of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        text = kept(request, PURPOSE, token)
        if text is None:
            self.message_user(request, GONE, "WARNING")
            return HttpResponseRedirect(reverse("admin:evidence_study_get"))
        read = from_text(text)
        start = _start(request.POST.get("from") or request.GET.get("from"))
        if request.method == "POST":
            return self._store(request, token, read, start)
        return self._preview(request, token, read, start)

    def _preview(self, request, token, read, start):
        rows = preview(read)
        counts = [(state, sum(row.state is state for row in rows)) for state in State]
        context = {
            "read": read,
            "rows": rows[start : start + ROWS_A_PAGE],
            "counts": [(state, count) for state, count in counts if count],
            "designs": Design.choices,
            "fixed": NOT_CHOSEN_HERE,
            "may_change": self.has_change_permission(request),
            **_around(token, start, len(rows)),
        }
        return self._page(request, "choose", f"Read: {read.name or 'pasted text'}", context)

    def _store(self, request, token, read, start):
        choices = choices_of(request.POST, may_change=self.has_change_permission(request))
        stored = store(read, choices, by=request.user)
        titles = {row.number: row.candidate.title for row in read.rows if row.candidate}
        context = {
            "stored": stored,
            "rows": [(row, titles.get(row.number, "")) for row in stored.rows],
            **_around(token, start, len(read.rows)),
        }
        return self._page(request, "stored", "What was stored", context)

    def _page(self, request, name, title, context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            **context,
        }
        return TemplateResponse(request, f"admin/evidence/study/{name}.html", context)


def _start(text):
    """Return the position of a page's first row: that of row `text` of what was read."""
    is_number = text and text.isascii() and text.isdecimal() and len(text) < 6
    return max(0, int(text) - 1) if is_number else 0


def _around(token, start, total):
    """Return which rows are shown, from 1, and the addresses of this page and its neighbours."""
    address = reverse("admin:evidence_study_choose", args=[token])
    end = min(start + ROWS_A_PAGE, total)
    return {
        "first": start + 1,
        "last": end,
        "total": total,
        "here": f"{address}?from={start + 1}",
        "before": f"{address}?from={max(1, start + 1 - ROWS_A_PAGE)}" if start else "",
        "after": f"{address}?from={end + 1}" if end < total else "",
    }
