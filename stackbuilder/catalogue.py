"""The list of compounds: filtered and sorted in memory over the snapshot."""

from dataclasses import dataclass

from django.db.models import Q

from evidence.models import Compound, RegulatoryStatus
from stackbuilder.cards import Badge

# Best first; a compound without a letter comes last.
LETTER_ORDER = {letter: place for place, letter in enumerate(("A", "B", "C", "D", "F", "–", ""))}
BADGES_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """One compound of the list; `dependable` is None without a chosen goal or a figure."""

    pk: int
    slug: str
    name: str
    class_label: str
    badges: tuple[Badge, ...]
    more: int
    dependable: float | None


def catalogue_rows(snapshot, wanted):
    """Return the rows that match `wanted` (cleaned data of CatalogueForm), in its order.

    One query for a name, one for a legal status or region, none otherwise.
    """
    allowed = _allowed(wanted)
    column = _column(snapshot, wanted["goal"])
    rows = []
    for index, compound in enumerate(snapshot.compounds):
        if wanted["kind"] and compound.class_code != wanted["kind"]:
            continue
        if wanted["route"] and wanted["route"] not in compound.routes:
            continue
        if allowed is not None and compound.pk not in allowed:
            continue
        row = _row(snapshot, index, column, wanted["letter"])
        if row:
            rows.append(row)
    return sorted(rows, key=_order(wanted["sort"]))


def with_summaries(rows):
    """Return (row, summary) for the rows of one page; one query."""
    found = Compound.objects.filter(pk__in=[row.pk for row in rows])
    summaries = dict(found.values_list("pk", "summary"))
    return [(row, summaries.get(row.pk, "")) for row in rows]


def _allowed(wanted):
    """Return the ids of compounds with the wanted name and legal status; None if all may show."""
    allowed = None
    if wanted["q"]:
        named = Q(name__icontains=wanted["q"]) | Q(aliases__name__icontains=wanted["q"])
        allowed = set(Compound.objects.filter(named).values_list("pk", flat=True))
    asked = {name: wanted[name] for name in ("status", "region") if wanted[name]}
    if asked:
        found = RegulatoryStatus.objects.filter(**asked).values_list("compound_id", flat=True)
        allowed = set(found) if allowed is None else allowed & set(found)
    return allowed


def _column(snapshot, goal_slug):
    """Return the column of the chosen goal, None without one."""
    return next((i for i, goal in enumerate(snapshot.goals) if goal.slug == goal_slug), None)


def _row(snapshot, index, column, letter):
    """Return the row of one compound, or None if goal and letter rule it out."""
    columns = range(len(snapshot.goals)) if column is None else [column]
    badges = [
        Badge(snapshot.goals[c].slug, snapshot.goals[c].name, *snapshot.verdicts[index, c])
        for c in columns
        if (index, c) in snapshot.verdicts
    ]
    if letter:
        badges = [badge for badge in badges if badge.letter == letter]
    if not badges and (letter or column is not None):
        return None
    badges.sort(key=lambda badge: LETTER_ORDER[badge.letter])
    compound = snapshot.compounds[index]
    return Row(
        pk=compound.pk,
        slug=compound.slug,
        name=compound.name,
        class_label=compound.class_label,
        badges=tuple(badges[:BADGES_SHOWN]),
        more=max(0, len(badges) - BADGES_SHOWN),
        dependable=None if column is None else snapshot.dependable(index, column),
    )


def _order(sort):
    """Return the key to sort rows by; names decide between equals."""
    if sort == "benefit":
        return lambda row: (row.dependable is None, -(row.dependable or 0), row.name.lower())
    if sort == "letter":
        return lambda row: (
            LETTER_ORDER[row.badges[0].letter if row.badges else ""],
            row.name.lower(),
        )
    return lambda row: row.name.lower()
