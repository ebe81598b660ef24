"""Everything that is stored, as plain values: what a test compares before an act and after it."""

from django.apps import apps
from django.contrib.auth import get_user_model

from evidence.models import Profile, PublicationLock


def stored_models():
    """Return every model of the evidence with its history and its links, and the users."""
    # The lock is a row without meaning: it is there or it will be.
    models = apps.get_app_config("evidence").get_models(include_auto_created=True)
    return [*(model for model in models if model is not PublicationLock), get_user_model()]


def history_models():
    """Return the models that hold who changed a row, one for each model that is curated."""
    return [model for model in stored_models() if hasattr(model, "history_user")]


def stored_rows():
    """Return all that is stored: {table: {id: values}}, empty tables left out."""
    tables = {
        model._meta.label: {row["pk"]: row for row in model.objects.values("pk", *_columns(model))}
        for model in stored_models()
    }
    return {table: rows for table, rows in tables.items() if rows}


def counts():
    """Return how many rows each table holds, empty ones left out."""
    return {table: len(rows) for table, rows in stored_rows().items()}


def changes(before, after):
    """Return {table: ids} of the rows that are new, gone or different."""
    return {
        table: ids
        for table in sorted(before.keys() | after.keys())
        if (ids := _changed(before.get(table, {}), after.get(table, {})))
    }


def profile_values():
    """Return the current profiles, without the version that made them."""
    rows = Profile.objects.current().values()
    return {
        (row["compound_id"], row["goal_id"]): {
            key: value for key, value in row.items() if key not in ("id", "version_id")
        }
        for row in rows
    }


def _columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def _changed(before, after):
    return {pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)}
