"""Refuses what no page can mean, before a view or the database meets it.

A NUL byte: PostgreSQL cannot store one, so a query with it fails there and not on SQLite. It has no
place in an address or a cookie. And the key of a row that no row can have: SQLite fails on a number
beyond 64 bits; in the admin, the pages of a row's history, the actions on chosen rows and the
fields that name another row look up whatever is sent.
"""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404

LARGEST = 2**63 - 1  # what either database can hold in a row's number


class BadInputMiddleware:
    """Answers 400 to a NUL byte, and 404 to the key of a row that cannot exist."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Refuse a NUL byte wherever an address or a cookie could carry it."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            raise BadRequest("A NUL byte in the address")
        if any("\0" in name + value for name, value in request.COOKIES.items()):
            raise BadRequest("A NUL byte in a cookie")
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse a row's key that its model could not hold."""
        if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
            raise Http404("A number that no row can have")
        model_admin = admin_of(view)
        if model_admin is None:
            return
        keys = [
            *keys_in_path(model_admin, args, kwargs),
            *keys_sent(model_admin.opts, request.GET),
            *keys_sent(model_admin.opts, request.POST),
        ]
        if not all(could_be(field, text) for field, text in keys):
            raise Http404("The key of a row that cannot exist")


def keys_in_path(model_admin, args, kwargs):
    """Yield (field, text) for each key of a row in an address of the admin."""
    key = model_admin.opts.pk
    yield from ((key, unquote(kwargs[name])) for name in ("object_id", "id") if name in kwargs)
    if args:
        # Only django-simple-history's page of one past row: the row, then its past.
        manager = model_admin.opts.simple_history_manager_attribute
        past = getattr(model_admin.model, manager).model._meta.pk
        yield from zip((key, past), map(unquote, args), strict=True)


def keys_sent(options, sent):
    """Yield (field, text) for each row that a query or a form of the admin names."""
    yield from ((options.pk, text) for text in sent.getlist(ACTION_CHECKBOX_NAME))
    for field in (*options.fields, *options.many_to_many):
        if field.is_relation:
            texts = ",".join(sent.getlist(field.name)).split(",")
            yield from ((field.related_model._meta.pk, text) for text in texts if text)


def admin_of(view):
    """Return the ModelAdmin that a view belongs to, None for any other view."""
    # The admin marks the views it wraps itself; those a ModelAdmin adds keep their method.
    method = getattr(view, "__wrapped__", None)
    found = getattr(view, "model_admin", None) or getattr(method, "__self__", None)
    return found if isinstance(found, ModelAdmin) else None


def could_be(field, text):
    """Say whether a row's key, a column of `field`, could be `text`."""
    try:
        value = field.to_python(text)
    except ValidationError:
        return False
    return not isinstance(value, int) or abs(value) <= LARGEST
