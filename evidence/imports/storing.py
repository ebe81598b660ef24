"""Chosen rows become studies: each row whole or not at all, and all of them as one act.

A new study has no finding, so it is not public. A known one is changed only where a person chose
it; if everybody reads it, that is published in the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.text import Truncator

from evidence.imports.preview import FACTS, PreviewRow, State, given_value, preview
from evidence.imports.rows import Candidate, FileRead
from evidence.models import EvidenceVersion, Study
from evidence.publication import Publication, pairs_touched_by, publish_change, wait_for_turn

_MOVED_ON = "Has changed since the preview: look at it again."
_NOT_THERE = "Is no row of this file."
_TWICE = "Another row has just changed that study: look at it again."
LONGEST_WHY = EvidenceVersion._meta.get_field("why").max_length or 0
LONGEST_REASON = Study.history.model._meta.get_field("history_change_reason").max_length


class Done(StrEnum):
    """What became of a chosen row."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True)
class Choice:
    """A person's word on one row: `mark` is that of the preview row which they saw.

    `fields` are the differences to take over into a known study; `design` says how a new one
    was made where its source does not; `is_new` makes a study of its own of a row that only
    its title took for a known one.
    """

    number: int
    mark: str
    fields: frozenset[str] = frozenset()
    design: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class StoredRow:
    """What became of one row, and why it was left or what of it was."""

    number: int
    done: Done
    study: Study | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stored:
    """What became of all chosen rows; `publication` is None where nothing public changed."""

    rows: tuple[StoredRow, ...]
    publication: Publication | None


class _Refused(Exception):
    """A row that stays as it was, with the reason."""


@dataclass
class _Store:
    """One import under way: who, from where, and how far it has reached into public evidence."""

    by: AbstractBaseUser
    source: str
    pairs: set[tuple[int, int]] = field(default_factory=set)
    public: list[str] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    def carry_out(self, choice: Choice, row: PreviewRow | None) -> StoredRow:
        """Store one row in a savepoint of its own."""
        pairs, public = set(self.pairs), list(self.public)
        try:
            with transaction.atomic():
                return self._store(choice, row)
        except _Refused as error:
            messages = [str(error)]
        except ValidationError as error:
            messages = [f"{name}: {text}" for name, texts in _by_field(error) for text in texts]
        except DatabaseError as error:
            messages = [f"The database refused it: {error}".splitlines()[0]]
        self.pairs, self.public = pairs, public
        return StoredRow(choice.number, Done.LEFT, row.study if row else None, tuple(messages))

    def _store(self, choice: Choice, row: PreviewRow | None) -> StoredRow:
        if row is None:
            raise _Refused(_NOT_THERE)
        if row.candidate is None or row.state is State.REFUSED:
            raise _Refused("; ".join(problem.message for problem in row.problems))
        if row.mark != choice.mark:
            raise _Refused(_MOVED_ON)
        if row.state is State.NEW or (choice.is_new and row.can_be_new):
            return self._add(choice, row.candidate)
        if choice.is_new:
            raise _Refused(f"Is the study {row.study} already: the same {row.matched_by}.")
        return self._change(choice, row)

    def _add(self, choice: Choice, candidate: Candidate) -> StoredRow:
        study: Any = Study(key=candidate.key or "")
        values = {name: given_value(candidate, name) for name in FACTS}
        values["design"] = choice.design or values["design"]
        if not values["design"]:
            raise _Refused("Choose how the study was made: its source does not say.")
        study.is_title_confirmed = candidate.title_confirmed
        messages = self._save(study, {n: v for n, v in values.items() if v not in (None, "", ())})
        return StoredRow(choice.number, Done.ADDED, study, messages)

    def _change(self, choice: Choice, row: PreviewRow) -> StoredRow:
        study, candidate = row.study, row.candidate
        assert study is not None and candidate is not None  # noqa: S101 for the types alone
        differing = {one.field for one in row.differences}
        if strange := choice.fields - differing:
            raise _Refused(f"Says nothing else there: {', '.join(sorted(strange))}.")
        if not choice.fields:
            raise _Refused("Nothing of it was chosen.")
        if "title" in choice.fields:
            study.is_title_confirmed = candidate.title_confirmed
        if study.pk in self.touched:
            raise _Refused(_TWICE)
        self.touched.add(study.pk)
        pairs = pairs_touched_by(study)
        values = {name: given_value(candidate, name) for name in FACTS if name in choice.fields}
        messages = self._save(study, values)
        self.pairs |= pairs | pairs_touched_by(study)
        if row.is_public or pairs:
            self.public.append(f"{study.key} ({', '.join(values)})")
        return StoredRow(choice.number, Done.CHANGED, study, messages)

    def _save(self, study: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Write these columns, then what the study pools; return what could not be pooled."""
        for name, value in values.items():
            if name != "includes":
                setattr(study, name, value)
        study.clean_fields()
        study._history_user = self.by
        study._change_reason = Truncator(f"Imported from {self.source}").chars(LONGEST_REASON)
        study.save()
        if "includes" not in values:
            return ()
        pooled = dict(Study.objects.filter(key__in=values["includes"]).values_list("key", "pk"))
        study.includes.set(pooled.values())
        missing = [key for key in values["includes"] if key not in pooled]
        return (f"Pools studies that are not here: {', '.join(missing)}.",) if missing else ()


@transaction.atomic
def store(read: FileRead, choices: Iterable[Choice], *, by: AbstractBaseUser) -> Stored:
    """Write the chosen rows of a file; the rest of it is left alone.

    Raises only what the synthesis raises; then nothing at all stays written.
    """
    wait_for_turn()
    rows = {row.number: row for row in preview(read)}
    work = _Store(by, read.name or "pasted text")
    # What pools others comes after them, so that they are there.
    in_order = sorted(choices, key=lambda one: (_pools(rows.get(one.number)), one.number))
    done = sorted(
        (work.carry_out(choice, rows.get(choice.number)) for choice in in_order),
        key=lambda one: one.number,
    )
    return Stored(tuple(done), _published(work))


def _published(work: _Store) -> Publication | None:
    if not (work.public or work.pairs):
        return None
    why = f"Studies changed by an import from {work.source}: {', '.join(work.public)}"
    done: Publication = publish_change(
        by=work.by, why=Truncator(why).chars(LONGEST_WHY), pairs=work.pairs
    )
    return done


def _pools(row: PreviewRow | None) -> bool:
    return bool(row and row.candidate and row.candidate.includes)


def _by_field(error: ValidationError) -> Sequence[tuple[str, list[str]]]:
    return list(error.message_dict.items()) if hasattr(error, "error_dict") else []
