"""`goals.json` from the database: the inverse of what the loader makes of that file.

Rows are put in order here and not by the database, because databases sort texts differently.
"""

from collections.abc import Iterable, Mapping

from evidence.ingest.dumped_values import Content, number, text, texts, unit
from evidence.models import Condition, Goal, MedicineClass, Outcome, OutcomeMid, UnitSynonym

# The heading of the outcomes that serve no goal; no row holds it.
NO_GOAL = "Not part of a ranked goal"


def goals_content() -> Content:
    """Return what can be chosen and what is measured; neither knows drafts."""
    conditions = Condition.objects.prefetch_related("medicine_classes")
    return {
        "conditions": [
            {
                **texts(row, ("code", "name", "group")),
                "medicine_classes": class_codes(row.medicine_classes.all()),
            }
            for row in sorted(conditions, key=lambda one: (one.position, one.code))
        ],
        "unit_synonyms": unit_synonyms(),
        "medicine_classes": [texts(row, ("code", "name")) for row in _in_order_of_classes()],
        "goals": _goals(unit_synonyms()),
    }


def unit_synonyms() -> dict[str, str]:
    """Return the table {as printed: as stored} that a load applies to every unit."""
    return dict(sorted(UnitSynonym.objects.values_list("printed", "stored")))


def class_codes(classes: Iterable[MedicineClass]) -> list[str]:
    """Return the codes of some classes of medicines, in the order of `goals.json`."""
    return [row.code for row in sorted(classes, key=lambda one: (one.position, one.code))]


def _in_order_of_classes() -> list[MedicineClass]:
    return sorted(MedicineClass.objects.all(), key=lambda one: (one.position, one.code))


def _goals(synonyms: Mapping[str, str]) -> list[Content]:
    """Return the goals with their outcomes; those that serve none come last."""
    outcomes: dict[int | None, list[Content]] = {}
    found = Outcome.objects.prefetch_related("mids")
    for row in sorted(found, key=lambda one: (one.position, one.slug)):
        outcomes.setdefault(row.goal_id, []).append(_outcome(row, synonyms))
    goals = sorted(Goal.objects.all(), key=lambda one: (one.position, one.slug))
    contents: list[Content] = [
        {**texts(row, ("slug", "name")), "outcomes": outcomes.get(row.pk, [])} for row in goals
    ]
    if None in outcomes:
        contents.append({"slug": None, "name": NO_GOAL, "outcomes": outcomes[None]})
    return contents


def _outcome(row: Outcome, synonyms: Mapping[str, str]) -> Content:
    mids = list(row.mids.all())
    ratio = next((mid for mid in mids if mid.is_ratio), None)
    return {
        **texts(row, ("slug", "name", "kind", "better")),
        "unit": unit(row.unit, synonyms),
        "common_event": row.is_common_event,
        "ratio_mid": ratio and _mid(ratio),
        "mids": [
            {
                "unit": unit(mid.unit, synonyms),
                **_mid(mid),
                "confidence": text(mid.confidence),
            }
            for mid in mids
            if not mid.is_ratio
        ],
    }


def _mid(row: OutcomeMid) -> Content:
    return {"mid": number(row.value), **texts(row, ("basis", "source", "note"))}
