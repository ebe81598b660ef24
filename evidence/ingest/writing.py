"""Writing rows so that a load can be repeated and never overwrites what a person has edited.

A row is a person's when its newest history record was not made by the loader. A row
that already says what the file says is not touched at all. The newest record is the one
with the highest number: clocks of two machines differ, the database's numbers do not.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Exists, OuterRef
from simple_history.utils import bulk_create_with_history

from evidence.ingest.rows import Values

NEW, CHANGED, REMOVED = "new", "changed", "removed"
IS_PUBLIC = "is public, and a load of drafts changes nothing public"


@dataclass
class Tally:
    """What a load did, and what it left to the people who edited it.

    `rows` holds ids by what happened (NEW, CHANGED, REMOVED) and the plural name of the model.
    """

    rows: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    left: list[str] = field(default_factory=list)

    @property
    def wrote(self) -> bool:
        """Say whether anything was written."""
        return bool(self.rows)

    def add(self, what: str, model: type[models.Model], ids: Iterable[int]) -> None:
        """Note that this happened to these rows; what is made and then changed is only new."""
        name = str(model._meta.verbose_name_plural)
        if found := set(ids) - self.rows.get((NEW, name), set()):
            self.rows[what, name] |= found

    def count(self, what: str, model: type[models.Model]) -> int:
        """Return to how many rows of `model` this happened."""
        return len(self.rows.get((what, str(model._meta.verbose_name_plural)), ()))


@dataclass
class Writer:
    """Writes as one user; with `overwrite`, over people's edits too.

    Values are column by column; a many-to-many is a set of ids. What is `kept` (keys, or a
    whole set of rows) is public in a load of drafts: it is left as it is, and listed.
    """

    by: AbstractBaseUser
    overwrite: bool
    tally: Tally = field(default_factory=Tally)

    def keyed(
        self, model: Any, key: str, rows: dict[str, Values], kept: Container[str] = frozenset()
    ) -> dict[str, Any]:
        """Bring the rows of `model` with these keys to these values; return them by key."""
        found = model.objects.prefetch_related(*link_names(model))
        existing: dict[str, Any] = found.in_bulk(list(rows), field_name=key)
        edited = self.edited(model)
        deleted = self._deleted_keys(model, key)
        fresh = []
        for name, values in rows.items():
            row = existing.get(name)
            if row is None and name in deleted:
                self.leave(model, name, "was deleted by a person")
            elif row is None:
                fresh.append((model(**{key: name}), values))
            elif changed := [f for f, v in values.items() if not same(stored(row, f), v)]:
                if name in kept:
                    self.leave(model, name, f"{IS_PUBLIC}: {', '.join(changed)}")
                elif row.pk in edited:
                    self.leave(model, name, f"was edited by a person: {', '.join(changed)}")
                else:
                    self._update(row, {f: values[f] for f in changed})
        created = self._create(model, fresh)
        self.tally.add(NEW, model, (row.pk for row in created))
        return existing | {getattr(row, key): row for row in created}

    def children(
        self, model: Any, link: str, owner: models.Model, rows: Sequence[Values], *, kept: bool
    ) -> None:
        """Bring all the rows of `model` whose `link` is `owner` to these, in this order.

        They have no key of their own, so they are replaced together or left together.
        """
        found = model.objects.filter(**{link: owner}).order_by("position", "pk")
        existing = list(found.prefetch_related(*link_names(model)))
        wanted = [values | {"position": at} for at, values in enumerate(rows)]
        if len(existing) == len(wanted) and all(map(says, existing, wanted)):
            return
        if kept:
            self.leave_set(model, owner, IS_PUBLIC)
        elif self._is_a_persons(model, link, owner):
            self.leave_set(model, owner, "was edited by a person")
        else:
            ids = [row.pk for row in existing]
            for row in existing:
                row._history_user = self.by
                row.delete()
            created = self._create(model, [(model(**{link: owner}), values) for values in wanted])
            self.tally.add(CHANGED, model, (row.pk for row in created[: len(ids)]))
            self.tally.add(NEW, model, (row.pk for row in created[len(ids) :]))
            self.tally.add(REMOVED, model, ids[len(created) :])

    def leave(self, model: Any, name: str, why: str) -> None:
        """Note a row that was not written, and why."""
        self.tally.left.append(f"{model._meta.verbose_name} {name} {why}")

    def leave_set(self, model: Any, owner: models.Model, why: str) -> None:
        """Note that the rows of one owner were not written, and why."""
        self.tally.left.append(f"the list of {model._meta.verbose_name_plural} of {owner} {why}")

    def edited(self, model: Any) -> set[int]:
        """Return the ids of rows that are a person's."""
        return set(self._by_people(model).values_list("id", flat=True))

    def _update(self, row: Any, values: Values) -> None:
        links = {name: values[name] for name in link_names(type(row)) if name in values}
        columns = {name: value for name, value in values.items() if name not in links}
        row._history_user = self.by
        for name, value in columns.items():
            setattr(row, name, value)
        if columns:
            row.save(update_fields=list(columns))
        for name, ids in links.items():
            getattr(row, name).set(ids)
        self.tally.add(CHANGED, type(row), [row.pk])

    def _create(self, model: Any, rows: Iterable[tuple[Any, Values]]) -> list[Any]:
        """Store new rows with their values; their links come after, as they need ids."""
        names = link_names(model)
        filled = list(rows)
        for row, values in filled:
            for name in values.keys() - names:
                setattr(row, name, values[name])
        created = [row for row, _ in filled]
        if created:
            bulk_create_with_history(created, model, batch_size=500, default_user=self.by)
        for row, values in filled:
            row._history_user = self.by
            for name in names:
                if values.get(name):
                    getattr(row, name).set(values[name])
        return created

    def _is_a_persons(self, model: Any, link: str, owner: models.Model) -> bool:
        """Say whether a person was the last to make, edit, delete or move a row of `owner`."""
        if self.overwrite:
            return False
        ever = model.history.filter(**{link: owner.pk}).values("id")
        newest = model.history.filter(id__in=ever).order_by("-history_id").first()
        return newest is not None and newest.history_user_id != self.by.pk

    def _deleted_keys(self, model: Any, key: str) -> set[str]:
        """Return the keys of rows that a person deleted."""
        deleted = self._by_people(model).filter(history_type="-")
        return set(deleted.values_list(key, flat=True))

    def _by_people(self, model: Any) -> Any:
        """Return the newest record of each row that a person, or nobody known, wrote last."""
        if self.overwrite:
            return model.history.none()
        later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        return model.history.filter(~Exists(later)).exclude(history_user=self.by.pk)


def link_names(model: type[models.Model]) -> frozenset[str]:
    """Return the names of a model's many-to-many fields."""
    return frozenset(field.name for field in model._meta.many_to_many)


def stored(row: Any, name: str) -> object:
    """Return what a row holds: the value of a column, or the ids of a many-to-many."""
    if name in link_names(type(row)):
        return {other.pk for other in getattr(row, name).all()}
    return getattr(row, name)


def says(row: Any, values: Values) -> bool:
    """Say whether a row holds these values already."""
    return all(same(stored(row, name), value) for name, value in values.items())


def same(held: object, wanted: object) -> bool:
    """Say whether a column holds a value already; prices are stored to the cent."""
    if isinstance(held, Decimal) and isinstance(wanted, int | float):
        return held == Decimal(str(wanted)).quantize(held)
    return held == wanted
