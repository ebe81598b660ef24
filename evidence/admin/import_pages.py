"""A spreadsheet into a list of the admin: tried and shown first, stored when its user says so."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from evidence.admin.kept_upload import drop, keep, kept
from evidence.admin.row_import import CHANGED, NEW, REFUSED, digest, run
from evidence.admin.sheets import MOST_BYTES, NotASheet, Sheet, read_sheet

_TOO_LARGE = f"Is larger than {MOST_BYTES // 1_000_000} MB: split it."
_GONE = "What you had uploaded is not kept any more: upload it again."
_MOVED_ON = "Something has changed since this was tried: look at it again. Nothing was stored."
_NOT_ALL_GOOD = "Some rows are refused: tick that the others are to be stored without them."


class SheetForm(forms.Form):
    """A spreadsheet; `content` and `sheet` are its bytes and rows once the form is valid."""

    file = forms.FileField(
        allow_empty_file=True,
        help_text="CSV or XLSX with the columns of the export, all of them or some; at most "
        "1,000 rows and 10 MB. Columns that are not in the file stay as they are.",
    )

    def __init__(self, *args, known, needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.known, self.needed = known, needed

    def clean_file(self):
        """Read the rows, or say why there are none."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_TOO_LARGE)
        self.content = file.read()
        try:
            self.sheet = read_sheet(self.content, self.known, self.needed)
        except NotASheet as error:
            raise forms.ValidationError(str(error)) from error
        return file


@dataclass(frozen=True)
class Upload:
    """A spreadsheet that is kept: by which token, what it is called, what it holds."""

    token: str
    name: str
    sheet: Sheet


class ImportingAdmin:
    """Adds the page of an import; `import_resource` says what is read and how it is stored."""

    import_resource = None

    def get_urls(self):
        """Add the page."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name=name), *super().get_urls()]

    def may_import(self, request):
        """Say whether the user may import: whoever may both add and change."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        """Offer the page to whoever may import."""
        found = {"import_url": self._import_url()} if self.may_import(request) else {}
        return super().changelist_view(request, {**found, **(extra_context or {})})

    def import_view(self, request):
        """Ask for a file, try it without writing, or store what was tried."""
        if not self.may_import(request):
            raise PermissionDenied
        if "token" in request.POST:
            return self._store(request, request.POST["token"])
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        known, needed = self._columns()
        form = SheetForm(*sent, known=known, needed=needed)
        if sent and form.is_valid():
            return self._try(request, form)
        context = {"form": form, "columns": known, "needed": needed}
        return self._import_page(request, "import", "Import", context)

    def _try(self, request, form):
        """Keep a spreadsheet, and show what each of its rows would come to."""
        name = form.cleaned_data["file"].name
        rows = run(self._resource(request, name), form.sheet, write=False)
        kept_text = f"{name}\n{b64encode(form.content).decode()}"
        token = keep(request, self._purpose(), kept_text)
        return self._try_page(request, Upload(token, name, form.sheet), rows)

    def _store(self, request, token):
        """Store what was tried, if it still comes to what was seen."""
        text = kept(request, self._purpose(), token)
        if text is None:
            self.message_user(request, _GONE, "WARNING")
            return HttpResponseRedirect(self._import_url())
        name, _, content = text.partition("\n")
        upload = Upload(token, name, read_sheet(b64decode(content), *self._columns()))

        def fault_of(rows):
            if digest(rows) != request.POST.get("seen"):
                return _MOVED_ON
            is_any_refused = any(row.kind == REFUSED for row in rows)
            return _NOT_ALL_GOOD if is_any_refused and "good_only" not in request.POST else ""

        resource = self._resource(request, name)
        rows = run(resource, upload.sheet, write=lambda rows: not fault_of(rows))
        if fault := fault_of(rows):
            return self._try_page(request, upload, rows, fault)
        drop(request, self._purpose(), token)
        context = {"rows": rows, "counts": _counts(rows)}
        return self._import_page(request, "import_done", f"Imported: {name}", context)

    def _try_page(self, request, upload, rows, message=""):
        context = {
            "rows": rows,
            "counts": _counts(rows),
            "notes": upload.sheet.notes,
            "token": upload.token,
            "seen": digest(rows),
            "message": message,
            "is_any_refused": any(row.kind == REFUSED for row in rows),
            "is_anything_to_store": any(row.kind in (NEW, CHANGED) for row in rows),
        }
        return self._import_page(request, "import_try", f"Tried: {upload.name}", context)

    def _import_page(self, request, page, title, context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "import_url": self._import_url(),
            **context,
        }
        return TemplateResponse(request, f"admin/evidence/{page}.html", context)

    def _resource(self, request, name):
        return self.import_resource(by=request.user, source=name)

    def _columns(self):
        """Return the columns that are read, and those without which nothing can be."""
        resource = self.import_resource
        needed = resource._meta.import_id_fields
        return [*resource.fields, *resource.ignored], needed

    def _import_url(self):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

    def _purpose(self):
        return f"import {self.opts.label}"


def _counts(rows):
    kinds = [row.kind for row in rows]
    return [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)]
