"""What a finding would come to if it were published as it stands: read, graded, placed.

Everything is computed by the synthesis itself and nothing is stored, so these are the figures
that readers see after publication, to the last digit. A finding may be half typed: the fields
that keep it from being read are named instead.
"""

from dataclasses import dataclass

from evidence.admin.movement_words import movement_words
from evidence.admin.unit_guide import UnitGuide, unit_guide
from evidence.charts import ForestRow, forest_axis, forest_row
from evidence.choices import FindingState
from evidence.models import Finding, Profile, Study
from evidence.movements import NOT_YET_NAMED, Movement, effect_of
from evidence.proposing import FIGURES
from evidence.sections import grade_of
from evidence.synthesis import NotCountedReason

WHY_NOT = {
    NotCountedReason.NOT_IN_PEOPLE: "Animal and laboratory studies are shown and never counted.",
    NotCountedReason.RETRACTED: "The study is marked as retracted.",
    NotCountedReason.SET_ASIDE: "A curator set it aside.",
    NotCountedReason.NO_COMPARISON_GROUP: (
        "Without a comparison group nobody knows what would have happened anyway."
    ),
    NotCountedReason.COMPARED_WITH_ANOTHER_TREATMENT: (
        "That says which of two treatments is better, not whether either works."
    ),
    NotCountedReason.NO_USABLE_FIGURE: (
        "Give the estimate with both ends of its interval, or with p. A null counts with its "
        "number of participants alone."
    ),
    NotCountedReason.NO_MID_IN_THIS_UNIT: (
        "The outcome has no MID in this unit, so nobody can say how much of it matters: use one "
        "of the outcome's units, or give the outcome a MID in this one."
    ),
    NotCountedReason.OVERLAPS_ANOTHER_REVIEW: (
        "Of several reviews of an outcome only the newest counts, so that nobody counts twice."
    ),
    NotCountedReason.COUNTED_INSIDE_A_REVIEW: (
        "A review of this outcome counts already and holds this study."
    ),
}


@dataclass(frozen=True)
class Reading:
    """One finding as the synthesis reads it.

    `values` are those of a counted finding (stored names), None where it is not counted: then
    `why`, `detail` and `other_study` say why. `profile` and `movements` are empty for a finding
    that belongs to no ranking.
    """

    finding: Finding
    certainty: str
    downgrades: list
    values: dict | None = None
    row: ForestRow | None = None
    why: str = ""
    detail: str = ""
    other_study: Study | None = None
    profile: Profile | None = None
    movements: tuple[Movement, ...] = ()

    @property
    def effects(self):
        """Return what publication would move, each with its sentence."""
        return [(movement_words(one), one) for one in self.movements]

    @property
    def explanation(self):
        """Return what a curator can do about a finding that is not counted."""
        return WHY_NOT.get(self.why, "")


@dataclass(frozen=True)
class Problem:
    """A field of the form that is not right yet, and what is wrong with it."""

    name: str
    label: str
    message: str


@dataclass(frozen=True)
class Preview:
    """The answer to a form that is being typed; `reading` is None while it cannot be read."""

    problems: tuple[Problem, ...]
    reading: Reading | None
    guide: UnitGuide | None


def preview_of(form):
    """Return the preview of a bound form of a finding; it may be invalid and is not saved."""
    problems = tuple(_problems(form))
    is_readable = not any(problem.name in FIGURES | {""} for problem in problems)
    finding = form.instance
    return Preview(
        problems=problems,
        reading=reading_of(finding) if is_readable else None,
        guide=unit_guide(form["outcome"].value(), form["measure"].value() or ""),
    )


def reading_of(finding):
    """Return what a finding would come to once it is public with the values it has now."""
    if finding.outcome.goal_id is None or finding.outcome.kind == "safety":
        grade = grade_of(finding)
        return Reading(finding, grade.certainty.value, list(grade.downgrades))
    is_public = finding.state == FindingState.PUBLISHED
    movements = effect_of(**{"changed" if is_public else "published": [finding]})
    pair = finding.compound_id, finding.outcome.goal_id
    own = next(one for one in movements if (one.compound.pk, one.goal.pk) == pair)
    return _ranked(finding, own.after.profile, tuple(movements))


def warning_of(finding):
    """Return a sentence for a finding that would not count for want of a MID, else nothing."""
    reading = reading_of(finding)
    if reading.why != NotCountedReason.NO_MID_IN_THIS_UNIT:
        return ""
    unit = f"“{finding.unit}”" if finding.unit else "no unit"
    return f"{finding} ({unit}) will be shown and not counted. {reading.explanation}"


def _ranked(finding, profile, movements):
    """Return the reading of a finding in the profile that would hold it."""
    key = finding.key or f"{NOT_YET_NAMED}0"
    counted = {entry["key"]: entry for entry in profile.counted}
    if key in counted:
        values = counted[key]
        axis = forest_axis([entry["y"] for entry in profile.counted])
        return Reading(
            finding,
            values["certainty"],
            values["downgrades"],
            values=values,
            row=forest_row(axis, values["y"], values["s"], values["v"]),
            profile=profile,
            movements=movements,
        )
    entry = next(entry for entry in profile.not_counted if entry["key"] == key)
    grade, detail = grade_of(finding), entry["detail"] or ""
    other = Study.objects.filter(key=detail).first() if detail else None
    return Reading(
        finding,
        grade.certainty.value,
        list(grade.downgrades),
        why=entry["why"],
        detail="" if other else detail,
        other_study=other,
        profile=profile,
        movements=movements,
    )


def _problems(form):
    """Yield what keeps a form from being saved, in the order of its fields."""
    order = {name: place for place, name in enumerate(form.fields)}
    errors = sorted(form.errors.items(), key=lambda item: order.get(item[0], -1))
    for name, messages in errors:
        is_field = name in form.fields
        for message in messages:
            label = form[name].label if is_field else ""
            yield Problem(name if is_field else "", label, message)
