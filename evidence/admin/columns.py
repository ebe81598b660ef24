"""The columns of a model in a spreadsheet: the same for what is exported and what is imported."""

from import_export.fields import Field
from import_export.resources import ModelResource, modelresource_factory
from import_export.widgets import ManyToManyWidget

from evidence.admin.cells import (
    DayCell,
    DecimalCell,
    ListCell,
    NumberCell,
    ReferenceCell,
    TextCell,
    WholeCell,
    YesNoCell,
)

# A DOI may hold commas and semicolons.
SEPARATOR = " | "
# What people know a row by, the first that its model has.
_NAMES = ("key", "slug", "code", "username", "number")


class RowResource(ModelResource):
    """Reads and writes cells by their kind, and other rows by their names."""

    WIDGETS_MAP = {
        **ModelResource.WIDGETS_MAP,
        "CharField": TextCell,
        "TextField": TextCell,
        "SlugField": TextCell,
        "FloatField": NumberCell,
        "DecimalField": DecimalCell,
        "PositiveIntegerField": WholeCell,
        "PositiveSmallIntegerField": WholeCell,
        "BooleanField": YesNoCell,
        "DateField": DayCell,
        "JSONField": ListCell,
    }


def relations(model):
    """Return a column for each relation of a model, by the name of what it points to."""
    found = {}
    for field in model._meta.fields:
        if field.remote_field:
            other = field.related_model
            found[field.name] = _column(field, ReferenceCell(other, field=known_by(other)))
    for field in model._meta.many_to_many:
        other = field.related_model
        found[field.name] = _column(field, ManyToManyWidget(other, SEPARATOR, known_by(other)))
    return found


def known_by(model):
    """Return the column by which people know a row of `model`; its number where it has none."""
    names = {field.name for field in model._meta.fields}
    return next((name for name in _NAMES if name in names), "pk")


def export_resource(model):
    """Return what turns rows of `model` into cells: all its columns, in their order."""
    fields = [f.name for f in (*model._meta.fields, *model._meta.many_to_many)]
    resource_class = modelresource_factory(
        model,
        resource_class=RowResource,
        custom_fields=relations(model),
        meta_options={"fields": fields, "export_order": fields},
    )
    return resource_class()


def _column(field, widget):
    return Field(attribute=field.name, column_name=field.name, widget=widget)
