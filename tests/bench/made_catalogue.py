"""A made-up catalogue of any size, the same for the same seed; its numbers mean nothing."""

import random

from django.utils import timezone

from evidence.models import Caution, Compound, Condition, Finding, Goal, Outcome, OutcomeMid, Study
from evidence.publication import system_user

SEED = 20_261_122
GOALS = 20
OUTCOMES_A_GOAL = 4
FINDINGS_A_COMPOUND = 20
CONCERNS = ("none", "none", "serious", "unknown", "very-serious")
DESIGNS = ("meta-analysis", "rct", "rct", "cohort", "animal")


def make_catalogue(compounds):
    """Fill an empty database: 20 goals with 4 outcomes each, 20 findings a compound."""
    chance = random.Random(SEED)
    now, user = timezone.now(), system_user()
    public = {"published_at": now, "published_by": user}
    conditions = Condition.objects.bulk_create(
        Condition(code=f"condition-{n}", name=f"Condition {n}", group="Made", position=n)
        for n in range(20)
    )
    made = _compounds(compounds, public)
    _findings(made, _outcomes(), chance, public)
    Caution.objects.bulk_create(
        (
            Caution(compound=compound, condition=condition, level="avoid", reason="Made")
            for compound in made
            for condition in chance.sample(conditions, 4)
        ),
        batch_size=1000,
    )


def _compounds(count, public):
    """Make the compounds, all of them public."""
    return Compound.objects.bulk_create(
        (
            Compound(
                slug=f"compound-{n}",
                name=f"Compound {n}",
                compound_class="other",
                summary="Made for a benchmark.",
                routes=["oral"],
                **public,
            )
            for n in range(count)
        ),
        batch_size=1000,
    )


def _findings(compounds, outcomes, chance, public):
    """Make 20 findings a compound, two of each study."""
    count = len(compounds) * FINDINGS_A_COMPOUND
    studies = Study.objects.bulk_create(
        (_study(n, chance) for n in range(count // 2)), batch_size=1000
    )
    Finding.objects.bulk_create(
        (
            _finding(
                f"{compounds[n // FINDINGS_A_COMPOUND].slug}-{n % FINDINGS_A_COMPOUND:02}",
                chance,
                compound=compounds[n // FINDINGS_A_COMPOUND],
                outcome=chance.choice(outcomes),
                study=studies[n // 2],
                **public,
            )
            for n in range(count)
        ),
        batch_size=1000,
    )


def _outcomes():
    """Make the goals with their outcomes and MIDs; return the outcomes."""
    goals = Goal.objects.bulk_create(
        Goal(slug=f"goal-{n}", name=f"Goal {n}", position=n) for n in range(GOALS)
    )
    outcomes = Outcome.objects.bulk_create(
        Outcome(
            slug=f"{goal.slug}-outcome-{n}",
            name=f"Outcome {n} of {goal.name}",
            goal=goal,
            kind="surrogate" if n == 0 else "clinical",
            better="lower",
            unit="points",
            position=n,
        )
        for goal in goals
        for n in range(OUTCOMES_A_GOAL)
    )
    OutcomeMid.objects.bulk_create(
        OutcomeMid(outcome=outcome, unit="points", value=-2.0, basis="published-MID")
        for outcome in outcomes
    )
    return outcomes


def _study(number, chance):
    return Study(
        key=f"untraced:made-{number}",
        title=f"Study {number}, made for a benchmark",
        year=chance.randint(1990, 2026),
        design=chance.choice(DESIGNS),
        n_participants=chance.randint(20, 5000),
    )


def _finding(key, chance, **rows):
    estimate, half = chance.gauss(-1, 2), chance.uniform(0.3, 4)
    concerns = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")
    return Finding(
        key=key,
        comparator="placebo",
        measure="MD",
        estimate=estimate,
        ci_low=estimate - half,
        ci_high=estimate + half,
        unit="points",
        n_participants=chance.randint(20, 2000),
        result="benefit" if estimate + half < 0 else "no-clear-difference",
        state="published",
        **{domain: chance.choice(CONCERNS) for domain in concerns},
        **rows,
    )
