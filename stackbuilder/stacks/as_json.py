"""A sheet as a JSON file, format 1: the same numbers as on the page, unrounded.

Keys keep their order, lists the order of the stack. What is not known is null, and an empty list
says that nothing is recorded here, never that there is nothing.

- `format`, `address`, `about`
- `versions`: `evidence`, `evidence_published`, `newest_evidence`, `method`
- `goals`: `slug`, `name`, `weight` (1 to 3), `served_by` (a slug), `benefit` (in MID units)
- `members`: `slug`, `name`, `class`, `banned_in_sport`, `legal_status` (where a region was chosen),
  `goals` (`goal`, `part`, `letter`, `verdict`, in MID units `mean`, `sd` and `dependable`,
  `certainty`, `key_studies`), `dose`, `price_per_month`, `cautions`, `interactions`
- `between_members`: pairs with `severity` and what is recorded
- `cost_per_month`: `low`, `high`, `currency`, `unknown_for`
- `gone`: `members` and `goals` of a saved stack that the site no longer shows
- `region`, `not_checked`
"""

from __future__ import annotations

from typing import Any

from stackbuilder.prices import MonthlyPrice
from stackbuilder.stacks.members import Dose
from stackbuilder.stacks.safety import Note
from stackbuilder.stacks.sheet import DISCLAIMER, NOT_CHECKED, Exported, Sheet, SheetMember
from stackbuilder.stacks.studies import KeyStudy

FORMAT = 1


def as_json(exported: Exported) -> dict[str, Any]:
    """Return the file as JSON's own types; see the module for its keys."""
    sheet = exported.sheet
    versions = sheet.versions
    return {
        "format": FORMAT,
        "address": exported.address,
        "about": f"{DISCLAIMER} Figures are of the evidence version named; doses, prices, cautions,"
        " interactions and legal status are of the day of the download.",
        "versions": {
            "evidence": sheet.panel.version,
            "evidence_published": sheet.versions.published_on,
            "newest_evidence": versions.newest,
            "method": versions.method,
        },
        "goals": _goals(sheet),
        "members": [_member(one) for one in sheet.members],
        "between_members": [
            {
                "members": list(clash.slugs),
                "severity": clash.severity,
                "recorded": [_note(note) for note in clash.notes],
            }
            for clash in sheet.safety.clashes
        ],
        "cost_per_month": _cost(sheet),
        "gone": {
            "members": [{"slug": one.slug, "name": one.name} for one in exported.gone_members],
            "goals": list(exported.gone_goals),
        },
        "region": sheet.state.region or None,
        "not_checked": list(NOT_CHECKED),
    }


def _goals(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "slug": goal.slug,
            "name": goal.name,
            "weight": sheet.state.weights[goal.slug],
            "served_by": goal.best.slug if goal.best else None,
            "benefit": goal.benefit,
        }
        for goal in sheet.panel.goals
    ]


def _member(one: SheetMember) -> dict[str, Any]:
    member = one.member
    return {
        "slug": member.slug,
        "name": member.name,
        "class": member.class_label,
        "banned_in_sport": one.is_banned_in_sport,
        "legal_status": member.legal or None,
        "goals": [
            {
                "goal": cell.goal.goal_slug,
                "part": str(cell.goal.kind),
                "letter": cell.goal.letter or None,
                "verdict": cell.goal.verdict or None,
                "mean": cell.mean,
                "sd": cell.sd,
                "dependable": cell.dependable,
                "certainty": cell.goal.certainty or None,
                "key_studies": [_study(study) for study in cell.studies],
            }
            for cell in one.cells
        ],
        "dose": _dose(member.dose),
        "price_per_month": _price(member.price),
        "cautions": [_note(note) for note in one.cautions],
        "interactions": [_note(note) for note in one.interactions],
    }


def _study(study: KeyStudy) -> dict[str, Any]:
    return {
        "key": study.key,
        "label": study.link.label,
        "url": study.link.url or None,
        "adds": study.contribution,
        "retracted": study.is_retracted,
    }


def _dose(dose: Dose | None) -> dict[str, Any] | None:
    if dose is None:
        return None
    use = dose.use
    return {
        "dose": use.dose,
        "frequency": use.frequency or None,
        "route": dose.route,
        "duration": use.duration or None,
        "population": use.population or None,
        "source": dose.source or dose.source_title or None,
    }


def _price(price: MonthlyPrice | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "low": float(price.low),
        "high": float(price.high),
        "currency": price.currency,
        "from": str(price.source),
    }


def _cost(sheet: Sheet) -> dict[str, Any]:
    cost = sheet.panel.cost
    return {
        "low": None if cost.is_unknown else float(cost.low),
        "high": None if cost.is_unknown else float(cost.high),
        "currency": cost.currency,
        "unknown_for": list(sheet.panel.unpriced),
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "under": note.slug,
        "level": note.level,
        "with" if note.is_interaction else "condition": note.subject,
        "text": note.text,
        "source": note.source or note.source_title or None,
        "traced": note.source_quality != "untraced",
    }
