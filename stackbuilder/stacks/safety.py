"""What is recorded against the members of a stack, as values: for each other, and for anybody.

Everything here is today's, whatever evidence version the figures are pinned to. Nothing in it
leaves a member out: `screened` does that. What is not in it is not recorded here, which is never
the same as none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.choices import CautionLevel, InteractionSeverity
from stackbuilder.engine.clashes import clashes
from stackbuilder.engine.facts import CautionFact, CompoundSafety, InteractionFact
from stackbuilder.engine.person import Answer
from stackbuilder.engine.safety import Gate, Screening, gate_of_level, gate_of_severity

LEVELS = dict(CautionLevel.choices)
SEVERITIES = dict(InteractionSeverity.choices)

# What members are called, by slug.
Names = Mapping[str, str]


@dataclass(frozen=True)
class Note:
    """One fact in the words of its source; `about` is the member under which it is recorded.

    `level` is a caution's or an interaction's code, `label` how that reads, `subject` what speaks
    against the member or goes badly with it.
    """

    slug: str
    about: str
    level: str
    label: str
    subject: str
    text: str
    source: str
    source_title: str
    source_quality: str
    is_interaction: bool


@dataclass(frozen=True)
class ClashBetween:
    """Two members and what is recorded of them together, severest first."""

    slugs: tuple[str, str]
    names: tuple[str, str]
    severity: str
    label: str
    is_major: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class ConditionNote:
    """A condition, and at each level the members that it speaks against, firmest level first."""

    name: str
    levels: tuple[tuple[str, str, tuple[str, ...]], ...]  # code, words, members


@dataclass(frozen=True)
class Unrecorded:
    """An answer of the visitor, and the members of which nothing is recorded about it."""

    answer: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class StackSafety:
    """What there is to be known of a stack's safety before it is taken.

    `everyone` gates nobody, because no answer can name it. `medicines` are the major interactions
    with medicines, and `more_medicines` counts the others. `unrecorded` and `sport_unrecorded`
    (members whose standing in sport is not recorded, for somebody who is tested) were not checked.
    """

    clashes: tuple[ClashBetween, ...]
    everyone: tuple[Note, ...]
    conditions: tuple[ConditionNote, ...]
    medicines: tuple[Note, ...]
    more_medicines: int
    unrecorded: tuple[Unrecorded, ...]
    sport_unrecorded: tuple[str, ...]


def stack_safety(
    facts: Iterable[CompoundSafety],
    screenings: Mapping[str, Screening],
    *,
    names: Names,
    answers: Mapping[Answer, str],
) -> StackSafety:
    """Return what is recorded of these members; `answers` are what each answer is called."""
    members = list(facts)
    interactions = sorted(
        (
            (one, fact)
            for one in members
            for fact in one.interactions
            if fact.medicine_classes and not fact.other_slug
        ),
        key=lambda found: -gate_of_severity(found[1].severity),
    )
    severe = [pair for pair in interactions if _is_major(pair[1])]
    return StackSafety(
        clashes=_clashes(members, names),
        everyone=tuple(note_of(one, f, names) for one in members for f in one.for_everyone),
        conditions=_conditions(members, names),
        medicines=tuple(note_of(one, fact, names) for one, fact in severe),
        more_medicines=len(interactions) - len(severe),
        unrecorded=_unrecorded(screenings, names, answers),
        sport_unrecorded=tuple(
            names[slug] for slug, one in screenings.items() if one.is_sport_unrecorded
        ),
    )


def note_of(member: CompoundSafety, fact: CautionFact | InteractionFact, names: Names) -> Note:
    """Return one fact of a member as a note."""
    is_interaction = isinstance(fact, InteractionFact)
    if isinstance(fact, InteractionFact):
        level, words = fact.severity, SEVERITIES.get(fact.severity, fact.severity)
        subject, text = names.get(fact.other_slug or "", fact.with_text), fact.effect
    else:
        level, words = fact.level, LEVELS.get(fact.level, fact.level)
        subject, text = fact.condition, fact.reason
    return Note(
        slug=member.slug,
        about=names[member.slug],
        level=level,
        label=str(words),
        subject=subject,
        text=text,
        source=fact.source,
        source_title=fact.source_title,
        source_quality="untraced" if fact.is_untraced else "",
        is_interaction=is_interaction,
    )


def _is_major(fact: InteractionFact) -> bool:
    return gate_of_severity(fact.severity) >= Gate.EXCLUDES_UNLESS


def _clashes(members: list[CompoundSafety], names: Names) -> tuple[ClashBetween, ...]:
    by_slug = {one.slug: one for one in members}
    return tuple(
        ClashBetween(
            slugs=clash.slugs,
            names=(names[clash.slugs[0]], names[clash.slugs[1]]),
            severity=clash.severity,
            label=str(SEVERITIES.get(clash.severity, clash.severity)),
            is_major=clash.is_major,
            notes=tuple(note_of(by_slug[one.slug], one.fact, names) for one in clash.records),
        )
        for clash in clashes(members)
    )


def _conditions(members: list[CompoundSafety], names: Names) -> tuple[ConditionNote, ...]:
    """Return the conditions that any answer can name, those of the firmest levels first."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in members:
        for fact in one.cautions:
            if fact.code:
                levels = found.setdefault(fact.condition, {})
                levels.setdefault(fact.level, []).append(names[one.slug])
    notes = [
        ConditionNote(
            condition,
            tuple(
                (level, str(LEVELS.get(level, level)), tuple(levels[level]))
                for level in sorted(levels, key=gate_of_level, reverse=True)
            ),
        )
        for condition, levels in found.items()
    ]
    # How many members a condition concerns at its firmest level decides among equals.
    return tuple(
        sorted(
            notes,
            key=lambda one: (-gate_of_level(one.levels[0][0]), -len(one.levels[0][2]), one.name),
        )
    )


def _unrecorded(
    screenings: Mapping[str, Screening], names: Names, answers: Mapping[Answer, str]
) -> tuple[Unrecorded, ...]:
    found: dict[Answer, list[str]] = {}
    for slug, screening in screenings.items():
        for answer in screening.none_recorded:
            found.setdefault(answer, []).append(names[slug])
    return tuple(
        Unrecorded(answers.get(answer, answer.code), tuple(found[answer]))
        for answer in sorted(found)
    )
