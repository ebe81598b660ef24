"""A list of the admin as a CSV or XLSX file: the rows that the list shows, with all their columns.

The file is written to disk row by row before the first byte leaves, so that memory stays flat and
a failure is an error rather than half of a file.
"""

import csv
import io
from tempfile import TemporaryFile

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from evidence.admin.columns import export_resource
from evidence.formula_guard import guarded

ROWS_AT_A_TIME = 500
LONGEST_XLSX_CELL = 32_767  # characters; Excel takes no more
CUT = " … [cut here: the CSV has it whole]"


class ExportingAdmin:
    """Offers each list as a file to whoever may read it."""

    change_list_template = "admin/evidence/change_list.html"

    def get_urls(self):
        """Add the address of the files."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<slug:kind>/", view, name=name), *super().get_urls()]

    def export_view(self, request, kind):
        """Answer with the rows of the list, filtered, searched and ordered as its query says."""
        if kind not in WRITERS:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return HttpResponseRedirect(f"{reverse(name)}?e=1")
        filename = f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
        file = written(WRITERS[kind], table_of(self.model, rows))
        return FileResponse(file, as_attachment=True, filename=filename)


def written(write, table):
    """Return an open file, to be read from its start, that holds a table."""
    file = TemporaryFile()  # noqa: SIM115 the answer closes it
    try:
        write(file, table)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def table_of(model, rows):
    """Yield the headings, then the cells of each row; texts are harmless in a spreadsheet."""
    resource = export_resource(model)
    ones = [field.name for field in model._meta.fields if field.remote_field]
    many = [field.name for field in model._meta.many_to_many]
    yield resource.get_export_headers()
    rows = rows.select_related(*ones) if ones else rows
    for row in rows.prefetch_related(*many).iterator(chunk_size=ROWS_AT_A_TIME):
        cells = resource.export_resource(row, force_native_type=True)
        yield [guarded(cell) if isinstance(cell, str) else cell for cell in cells]


def write_csv(file, table):
    """Write UTF-8 with the mark without which spreadsheets guess another encoding."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows(table)
    text.detach()


def write_xlsx(file, table):
    """Write a workbook of one sheet, a row at a time."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Export")
    for cells in table:
        sheet.append([_xlsx_cell(cell) for cell in cells])
    book.save(file)


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def _xlsx_cell(cell):
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", cell)
    return text if len(text) <= LONGEST_XLSX_CELL else text[: LONGEST_XLSX_CELL - len(CUT)] + CUT
