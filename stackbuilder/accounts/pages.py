"""What the pages of accounts share: the admin's frame around a template of theirs."""

from django.contrib import admin
from django.shortcuts import render


def page(request, name, *, title, status=200, **context):
    """Render templates/admin/accounts/<name>.html inside the admin."""
    request.current_app = admin.site.name
    frame = {**admin.site.each_context(request), "title": title}
    return render(request, f"admin/accounts/{name}.html", {**frame, **context}, status=status)
