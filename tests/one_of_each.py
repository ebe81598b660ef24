"""One row of every model of the evidence, each standing on rows of its own.

For tests that ask whether a page costs more queries as rows are added: rows that shared
what they stand on would hide a query per row.
"""

from collections.abc import Callable

from evidence.models import (
    Alias,
    Article,
    Caution,
    Compound,
    Condition,
    EvidenceVersion,
    Finding,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    OutcomeMid,
    Profile,
    Proposal,
    Protocol,
    RegulatoryStatus,
    SideEffect,
    Study,
    UnitSynonym,
)
from tests import factories

FIRST_VERSION = 1000  # far from those that a test opens


def _profile(i):
    compound, goal = factories.make_compound(f"compound-{i}"), factories.make_goal(f"goal-{i}")
    version = _version(i)
    return Profile.objects.create(
        compound=compound,
        goal=goal,
        version=version,
        method_version="1",
        n_findings=1,
        letter="–",
        verdict="studied, no usable figure",
        is_only_markers=False,
    )


def _version(i):
    user = factories.make_user(f"user-{i}")
    return EvidenceVersion.objects.create(
        number=FIRST_VERSION + i, at=factories.PUBLISHED_AT, by=user, why="Made for a test"
    )


def _outcome(i):
    return factories.make_outcome(f"outcome-{i}", goal=factories.make_goal(f"goal-{i}"))


def _article(i):
    compound = factories.make_compound(f"compound-{i}")
    finding = factories.make_finding(compound=compound)
    return factories.make_article(
        f"article-{i}",
        compound=compound,
        goal=factories.make_goal(f"goal-{i}"),
        title="What the research says",
        body=f"[so]({finding.get_absolute_url()})",
    )


def _compound(i):
    compound = factories.make_compound(
        f"compound-{i}", published_by=factories.make_user(f"user-{i}")
    )
    compound.aliases.create(name=f"Alias {i}")
    return compound


def _condition(i):
    condition = factories.make_condition(f"condition-{i}")
    condition.medicine_classes.add(factories.make_medicine_class(f"class-{i}"))
    return condition


def _finding(i):
    return factories.make_finding(
        compound=factories.make_compound(f"compound-{i}"),
        outcome=_outcome(i),
        study=factories.make_study(f"pmid:{i}"),
    )


def _interaction(i):
    return factories.make_interaction(
        _compound(i),
        other_compound=factories.make_compound(f"other-{i}"),
        medicine_classes=[factories.make_medicine_class(f"class-{i}")],
    )


def _proposal(i):
    finding = _finding(i)
    return Proposal.objects.create(
        finding=finding,
        values={"estimate": -8.0},
        why="Misread",
        by=factories.make_user(f"user-{i}"),
        at=factories.PUBLISHED_AT,
        base_history_id=finding.history.first().history_id,
    )


def _study(i):
    review = factories.make_study(f"doi:10.1000/{i}")
    review.includes.add(factories.make_study(f"pmid:{i}"))
    return review


# Makes the i-th row of a model.
MAKERS: dict[type, Callable] = {
    Alias: lambda i: _compound(i).aliases.first(),
    Article: _article,
    Caution: lambda i: factories.make_caution(_compound(i), condition=_condition(i)),
    Compound: _compound,
    Condition: _condition,
    EvidenceVersion: _version,
    Finding: _finding,
    Goal: lambda i: _outcome(i).goal,
    Interaction: _interaction,
    MedicineClass: lambda i: factories.make_medicine_class(f"class-{i}"),
    Outcome: _outcome,
    OutcomeMid: lambda i: _outcome(i).mids.first(),
    Profile: _profile,
    Proposal: _proposal,
    Protocol: lambda i: _compound(i).protocols.create(route="oral", dose="2 mg"),
    RegulatoryStatus: lambda i: _compound(i).regulatory_statuses.create(
        region="US", status="dietary-supplement"
    ),
    SideEffect: lambda i: _compound(i).side_effects.create(
        effect="drowsiness", frequency="common", severity="mild"
    ),
    Study: _study,
    UnitSynonym: lambda i: UnitSynonym.objects.create(printed=f"minutes {i}", stored="min"),
}
