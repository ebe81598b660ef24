"""Writing rows so that a load can be repeated and never overwrites what a person has edited.

A row is a person's when its newest history record was not made by the loader. A row
that already says what the file says is not touched at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from evidence.ingest.rows import Values


@dataclass
class Tally:
    """What a load did: rows by model name, and what it left to the people who edited it."""

    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def wrote(self) -> bool:
        """Say whether anything was written."""
        return bool(self.created or self.changed)

    def count(self, counts: dict[str, int], model: type[models.Model], rows: int = 1) -> None:
        """Add `rows` of `model` to `counts`."""
        name = str(model._meta.verbose_name_plural)
        counts[name] = counts.get(name, 0) + rows


@dataclass
class Writer:
    """Writes as one user; with `overwrite`, over people's edits too."""

    by: AbstractBaseUser
    overwrite: bool
    tally: Tally = field(default_factory=Tally)

    def keyed(self, model: Any, key: str, rows: dict[str, Values]) -> dict[str, Any]:
        """Bring the rows of `model` with these keys to these values; return them by key."""
        existing = {getattr(row, key): row for row in model.objects.filter(**{f"{key}__in": rows})}
        edited = self._edited(model)
        deleted = self._deleted_keys(model, key)
        fresh = []
        for name, values in rows.items():
            row = existing.get(name)
            if row is None and name in deleted:
                self._leave(model, name, "was deleted")
            elif row is None:
                fresh.append(model(**{key: name}, **values))
            elif changed := [f for f, v in values.items() if not same(getattr(row, f), v)]:
                if row.pk in edited:
                    self._leave(model, name, f"was edited: {', '.join(changed)}")
                else:
                    self._update(row, {f: values[f] for f in changed})
        self._create(model, fresh)
        return existing | {getattr(row, key): row for row in fresh}

    def children(self, model: Any, owner: Any, link: str, rows: Sequence[Values]) -> list[Any]:
        """Bring all the rows of `model` that `owner` has to these, in this order.

        They have no key of their own, so they are replaced together or left together.
        Returns the rows written, none if they were as they should be.
        """
        existing = list(model.objects.filter(**{link: owner}).order_by("position", "pk"))
        is_same = len(existing) == len(rows) and all(
            same(getattr(row, f), v)
            for row, values in zip(existing, rows, strict=True)
            for f, v in values.items()
        )
        if is_same:
            return []
        if owner.pk in self._owners_edited(model, link):
            self._leave(model, str(owner), "were edited")
            return []
        for row in existing:
            row._history_user = self.by
            row.delete()
        fresh = [
            model(**{link: owner}, **values, position=position)
            for position, values in enumerate(rows)
        ]
        self._create(model, fresh, is_replacement=bool(existing))
        return fresh

    def links(self, row: Any, name: str, wanted: Iterable[int]) -> bool:
        """Bring a many-to-many to these ids; return whether it had to change."""
        manager, wanted = getattr(row, name), set(wanted)
        if set(manager.values_list("pk", flat=True)) == wanted:
            return False
        row._history_user = self.by
        manager.set(wanted)
        return True

    def _update(self, row: Any, values: Values) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        row._history_user = self.by
        row.save(update_fields=list(values))
        self.tally.count(self.tally.changed, type(row))

    def _create(self, model: Any, rows: list[Any], *, is_replacement: bool = False) -> None:
        if rows:
            bulk_create_with_history(rows, model, batch_size=500, default_user=self.by)
            counts = self.tally.changed if is_replacement else self.tally.created
            self.tally.count(counts, model, len(rows))

    def _leave(self, model: Any, name: str, what: str) -> None:
        self.tally.left.append(f"{model._meta.verbose_name} {name} {what} by a person")

    def _edited(self, model: Any) -> set[int]:
        """Return the ids of rows whose newest record is not the loader's."""
        return set(self._by_people(model).values_list("id", flat=True))

    def _owners_edited(self, model: Any, link: str) -> set[int]:
        """Return the ids of owners with a row that a person made, edited or deleted."""
        return set(self._by_people(model).values_list(f"{link}_id", flat=True))

    def _deleted_keys(self, model: Any, key: str) -> set[str]:
        """Return the keys of rows that a person deleted."""
        deleted = self._by_people(model).filter(history_type="-")
        return set(deleted.values_list(key, flat=True))

    def _by_people(self, model: Any) -> Any:
        """Return the newest record of each row that a person, or nobody known, wrote last."""
        if self.overwrite:
            return model.history.none()
        newest = model.history.latest_of_each()
        return newest.filter(Q(history_user=None) | ~Q(history_user=self.by.pk))


def same(stored: object, wanted: object) -> bool:
    """Say whether a column holds a value already; prices are stored to the cent."""
    if isinstance(stored, Decimal) and isinstance(wanted, int | float):
        return stored == Decimal(str(wanted)).quantize(stored)
    return stored == wanted
