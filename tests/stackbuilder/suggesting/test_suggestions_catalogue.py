"""The shipped catalogue: what is proposed is the engine's answer to the rows as they are stored."""

import pytest

from evidence.models import Caution, Compound, EvidenceVersion, Goal, Interaction, Profile
from stackbuilder.candidates import snapshot
from stackbuilder.engine.assembly import Item, Limits, Problem, assemble, next_best, one_more
from stackbuilder.engine.person import Person
from stackbuilder.links import State
from stackbuilder.suggesting.question import Ground, question_of
from stackbuilder.suggesting.suggestions import suggest
from stackbuilder.visitor.screening import safety_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

CHOICES = [
    {"sleep": 2, "mood": 1},
    {"heart-health": 3, "blood-pressure": 2, "blood-sugar": 1, "fat-loss": 1},
    {"anti-inflammation": 1, "joint-health": 1, "recovery": 1},
]


def asked(weights, *, person=None, size=5):
    version = EvidenceVersion.objects.current_number()
    ground = Ground(snapshot(version), safety_tables(version), person or Person(), {})
    return question_of(State(weights=weights, size=size), ground)


def problem_of_rows(weights, *, size=5, excluded=()):
    """Put the same question from the stored rows, without any of the product's own mapping."""
    benefits = {slug: dict.fromkeys(weights, 0.0) for slug in public()}
    newest = {}
    rows = Profile.objects.filter(compound__slug__in=benefits, goal__slug__in=weights)
    for row in rows.select_related("compound", "goal").order_by("version_id"):
        newest[row.compound.slug, row.goal.slug] = row.dependable
    for (slug, goal), dependable in newest.items():
        benefits[slug][goal] = dependable or 0.0
    major = Interaction.objects.filter(severity="major", other_compound__isnull=False)
    return Problem(
        items=tuple(Item(slug, tuple(of_goal.values())) for slug, of_goal in benefits.items()),
        shares=tuple(weight / sum(weights.values()) for weight in weights.values()),
        conflicts=tuple(major.values_list("compound__slug", "other_compound__slug")),
        limits=Limits(size=size),
        excluded=frozenset(excluded),
    )


def public():
    return set(Compound.objects.published().values_list("slug", flat=True))


@pytest.mark.parametrize("weights", CHOICES)
@pytest.mark.parametrize("size", [1, 5])
def test_suggestion_is_the_best_stack_of_the_stored_rows(weights, size):
    problem = problem_of_rows(weights, size=size)
    best = assemble(problem)
    following, more = next_best(problem, best), one_more(problem, best)

    found = suggest(asked(weights, size=size))

    assert {member.slug for member in found.members} == set(best.slugs) != set()
    assert found.is_proven
    assert found.value == pytest.approx(best.value)
    assert found.next_best.difference == pytest.approx(following.value - best.value)
    assert (found.more.difference if found.more else 0) == pytest.approx(more.gain)


@pytest.mark.parametrize("condition", ["pregnancy", "anticoagulation", "bleeding-disorder"])
def test_no_compound_to_avoid_in_a_condition_is_proposed_for_any_goal(condition):
    barred = set(
        Caution.objects.filter(
            condition__code=condition, level__in=("contraindicated", "avoid")
        ).values_list("compound__slug", flat=True)
    )
    person = Person(conditions=frozenset({condition}))

    proposed = {
        member.slug
        for goal in Goal.objects.values_list("slug", flat=True)
        for member in suggest(asked({goal: 1}, person=person)).members
    }

    assert proposed
    assert not proposed & barred


def test_best_stack_for_everybody_is_not_the_best_for_whoever_must_avoid_its_members():
    weights = CHOICES[1]
    person = Person(conditions=frozenset({"pregnancy"}))
    barred = Caution.objects.filter(
        condition__code="pregnancy", level__in=("contraindicated", "avoid")
    ).values_list("compound__slug", flat=True)

    free, screened = suggest(asked(weights)), suggest(asked(weights, person=person))

    best = assemble(problem_of_rows(weights, excluded=barred))
    assert {member.slug for member in screened.members} == set(best.slugs)
    assert screened.value < free.value
    assert screened.barred > 0
