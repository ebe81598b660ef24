"""The history of a row together with the rows it owns: who, when, what, why; and any two moments.

The history of a compound holds its cautions and doses, also those deleted since. A record leads to
the evidence version of the same act: publication is serialised, and both say the same why.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, Subquery, Value
from django.utils.text import capfirst

from evidence.differences import Change
from evidence.models import EvidenceVersion
from evidence.publication import SYSTEM_USERNAME
from evidence.recorded import changes_between, recorded, title_of

KINDS = {"+": "added", "~": "changed", "-": "deleted"}


@dataclass(frozen=True)
class Source:
    """Where records come from: a model and which rows of it; `owner` names their link to the row.

    The row itself has no owner.
    """

    model: type
    where: Mapping[str, object]
    owner: str = ""

    @property
    def name(self):
        """Return what marks the records of this source in an address."""
        return self.model._meta.model_name

    def records(self):
        """Return every record of these rows."""
        return self.model.history.filter(**self.where)

    def title(self, record):
        """Name the row that a record is about; the page's own row by its kind alone."""
        kind = capfirst(self.model._meta.verbose_name)
        return f"{kind} ({title_of(record)})" if self.owner else kind


@dataclass(frozen=True)
class Entry:
    """One record with what it changed, and the version of the same act if there was one."""

    source: Source
    record: object
    title: str
    changes: list[Change]
    version: EvidenceVersion | None

    @property
    def kind(self):
        """Say what was done."""
        return KINDS[self.record.history_type]

    @property
    def mark(self):
        """Return what names this record in an address."""
        return f"{self.source.name}-{self.record.history_id}"

    @property
    def why(self):
        """Return the reason kept with the record, unless its version says the same."""
        reason = self.record.history_change_reason or ""
        return "" if self.version and self.version.why == reason else reason


@dataclass(frozen=True)
class RowChange:
    """One row at two moments: whether it came, went or changed, and how."""

    title: str
    kind: str
    changes: list[Change]


def sources_of(row, parts):
    """Return where the history of a row comes from; `parts` are (model, name of its owner)."""
    own = Source(type(row), {row._meta.pk.attname: row.pk})
    return [own, *(Source(model, {owner: row.pk}, owner) for model, owner in parts)]


def newest_first(sources):
    """Return (number of the source, history id, moment) of every record, to be paged."""
    keys = [
        source.records()
        .order_by()
        .annotate(source_number=Value(number, IntegerField()))
        .values_list("source_number", "history_id", "history_date")
        for number, source in enumerate(sources)
    ]
    return keys[0].union(*keys[1:], all=True).order_by("-history_date", "-history_id")


def entries(sources, keys):
    """Return the entries of one page; the number of queries depends on the sources alone."""
    wanted = defaultdict(list)
    for number, history_id, _ in keys:
        wanted[number].append(history_id)
    found = {}
    for number, history_ids in wanted.items():
        source = sources[number]
        earlier = _earlier(source.model, history_ids)
        records = recorded(source.model, {*history_ids, *filter(None, earlier.values())})
        for history_id in history_ids:
            found[number, history_id] = (
                records[history_id],
                records.get(earlier.get(history_id)),
            )
    versions = versions_behind([record for record, _ in found.values()])
    return [
        _entry(sources[number], *found[number, history_id], versions)
        for number, history_id, _ in keys
    ]


def versions_behind(records):
    """Return the evidence version of the act that left each record, if any: {record: version}.

    A load of files gives its records no reason: theirs is the next version that a load opened.
    """
    whys = {record.history_change_reason for record in records} - {None}
    loads = [record for record in records if _is_of_load(record)]
    found = list(EvidenceVersion.objects.filter(why__in=whys).order_by("at"))
    loaded = []
    if loads:
        since = min(record.history_date for record in loads)
        by_load = EvidenceVersion.objects.filter(by__username=SYSTEM_USERNAME, at__gte=since)
        loaded = list(by_load.order_by("at"))
    versions = {}
    for record in records:
        if record in loads:
            same = loaded
        else:
            same = [one for one in found if one.why == record.history_change_reason]
        since = (one for one in same if one.at >= record.history_date)
        versions[record] = next(since, None)
    return versions


def moment_of(sources, mark):
    """Return when the record with this mark was made; None if it is not of these sources."""
    name, _, history_id = mark.rpartition("-")
    if not (history_id.isascii() and history_id.isdecimal() and len(history_id) < 19):
        return None
    for source in sources:
        if source.name == name:
            records = source.records().filter(history_id=int(history_id))
            return records.values_list("history_date", flat=True).first()
    return None


def compared(sources, before, after):
    """Return what differs between two moments: the row, then the rows it owns by kind and title."""
    found = []
    for source in sources:
        old, new = _at(source, before), _at(source, after)
        rows = [_row_change(source, old.get(pk), new.get(pk)) for pk in sorted({*old, *new})]
        found += sorted(filter(None, rows), key=lambda row: row.title)
    return found


def _entry(source, record, before, versions):
    is_whole = record.history_type == "~" and before is not None
    left_out = {source.owner} - {""}
    changes = changes_between(before, record, leave_out=left_out) if is_whole else []
    return Entry(source, record, source.title(record), changes, versions[record])


def _earlier(model, history_ids):
    """Return the record before each of these, of the same row: {history id: history id or None}."""
    pk = model._meta.pk.attname
    older = model.history.filter(**{pk: OuterRef(pk)}, history_id__lt=OuterRef("history_id"))
    newest = older.order_by("-history_id").values("history_id")[:1]
    rows = model.history.filter(history_id__in=history_ids).annotate(earlier=Subquery(newest))
    return dict(rows.values_list("history_id", "earlier"))


def _at(source, moment):
    """Return the rows as they were at a moment: {row id: record}."""
    records = source.records().filter(history_date__lte=moment)
    ids = records.latest_of_each().values_list("history_id", flat=True)
    pk = source.model._meta.pk.attname
    found = recorded(source.model, list(ids))
    rows = {getattr(found[key], pk): found[key] for key in sorted(found)}
    return {key: record for key, record in rows.items() if record.history_type != "-"}


def _row_change(source, before, after):
    """Return how one row differs, or None."""
    left_out = {source.owner} - {""}
    if before is None:
        changes = changes_between(None, after, leave_out=left_out)
        return RowChange(source.title(after), "added", changes)
    if after is None:
        gone = changes_between(None, before, leave_out=left_out)
        changes = [Change(one.name, one.label, one.after, "") for one in gone]
        return RowChange(source.title(before), "deleted", changes)
    changes = changes_between(before, after, leave_out=left_out)
    return RowChange(source.title(after), "changed", changes) if changes else None


def _is_of_load(record):
    user = record.history_user
    return (
        record.history_change_reason is None
        and user is not None
        and user.get_username() == SYSTEM_USERNAME
        # A draft that was loaded is public by no version.
        and getattr(record, "published_at", record) is not None
    )
