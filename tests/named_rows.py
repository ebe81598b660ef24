"""All evidence by the names that people know, so that two databases can be compared.

Ids, and the moments at which rows were made public, differ between two loads of the same files;
nothing else may. Who changed what stays behind: that is history, and no file holds it.
"""

from collections.abc import Iterator

from django.contrib.auth import get_user_model

from evidence.models import (
    Compound,
    Condition,
    EvidenceVersion,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    SearchEntry,
    Study,
)
from tests.stored_rows import stored_models

# How a row that others point at is named, from that row on.
NAMES = {
    Compound: ["slug"],
    Condition: ["code"],
    EvidenceVersion: ["number"],
    Goal: ["slug"],
    Interaction: ["compound__slug", "position"],
    MedicineClass: ["code"],
    Outcome: ["slug"],
    Study: ["key"],
    get_user_model(): ["username"],
}
MOMENTS = {"published_at", "at"}


def named_rows():
    """Return {table: rows}, each row by column, in an order of their own contents."""
    models = [model for model in stored_models() if not _is_aside(model)]
    return {
        model._meta.label: sorted(model.objects.order_by().values(*_columns(model)), key=repr)
        for model in models
        if model.objects.exists()
    }


def _is_aside(model):
    """Say whether a table holds who changed what, accounts, or an index made from the rest."""
    is_history = model.__name__.startswith("Historical")
    return is_history or model in (get_user_model(), SearchEntry)


def _columns(model) -> Iterator[str]:
    """Yield the columns of a model, a row that it points at by its name."""
    for field in model._meta.concrete_fields:
        if field.is_relation:
            yield from (f"{field.name}__{name}" for name in NAMES[field.related_model])
        elif field.name not in MOMENTS and not (field.primary_key and field.name == "id"):
            yield field.name
