"""A sheet as a CSV file: one row for each member and goal, the same numbers as on the page.

Of a stack without goals there is one row for each member. The file begins with a byte order mark,
because spreadsheets guess another encoding without one, and a text that a spreadsheet would take
for a formula begins with an apostrophe. Cautions and interactions are today's, and an empty cell
says that none is recorded here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from stackbuilder.stacks.safety import Note
from stackbuilder.stacks.sheet import Exported, Sheet, SheetCell, SheetMember

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "member", "member_slug", "goal", "goal_slug", "weight", "part", "letter", "verdict",
    "mean_mid", "sd_mid", "dependable_mid", "certainty", "key_studies", "dose_in_trials",
    "dose_frequency", "dose_route", "dose_duration", "dose_population", "dose_source",
    "cautions_today", "interactions_today", "between_members_today", "legal_status_today",
    "banned_in_sport_today", "evidence_version", "evidence_published", "method_version", "address",
)  # fmt: skip
# A spreadsheet reads a cell that begins so as a formula, or hides what follows.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(exported: Exported) -> str:
    """Return the file as text, its byte order mark first."""
    text = StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in _rows(exported):
        writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return text.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("zinc")
    ("'=1+1", 'zinc')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


def _rows(exported: Exported) -> Iterator[dict[str, Any]]:
    sheet = exported.sheet
    for one in sheet.members:
        about = _about_member(one, sheet) | {
            "evidence_version": sheet.panel.version,
            "evidence_published": sheet.versions.published_on,
            "method_version": sheet.versions.method,
            "address": exported.address,
        }
        if not one.cells:
            yield about
        for cell in one.cells:
            yield about | _about_cell(cell, sheet.state.weights[cell.goal.goal_slug])


def _about_member(one: SheetMember, sheet: Sheet) -> dict[str, Any]:
    member, dose = one.member, one.member.dose
    between = [
        f"{' and '.join(clash.names)}: {clash.label}: {note.text}"
        for clash in sheet.safety.clashes
        if member.slug in clash.slugs
        for note in clash.notes
    ]
    return {
        "member": member.name,
        "member_slug": member.slug,
        "dose_in_trials": dose and dose.use.dose,
        "dose_frequency": dose and dose.use.frequency,
        "dose_route": dose and dose.route,
        "dose_duration": dose and dose.use.duration,
        "dose_population": dose and dose.use.population,
        "dose_source": dose and (dose.source or dose.source_title),
        "cautions_today": _joined(one.cautions),
        "interactions_today": _joined(one.interactions),
        "between_members_today": " | ".join(between),
        "legal_status_today": member.legal,
        "banned_in_sport_today": "yes" if one.is_banned_in_sport else "",
    }


def _about_cell(cell: SheetCell, weight: int) -> dict[str, Any]:
    goal = cell.goal
    return {
        "goal": goal.goal,
        "goal_slug": goal.goal_slug,
        "weight": weight,
        "part": str(goal.kind),
        "letter": goal.letter,
        "verdict": goal.verdict,
        "mean_mid": cell.mean,
        "sd_mid": cell.sd,
        "dependable_mid": cell.dependable,
        "certainty": goal.certainty,
        "key_studies": "; ".join(study.link.label for study in cell.studies),
    }


def _joined(notes: tuple[Note, ...]) -> str:
    return " | ".join(f"{note.subject}: {note.label}: {note.text}" for note in notes)
