import pytest

from evidence.summaries import facts_for, finding_facts, outcome_facts, study_facts
from evidence.synthesis import (
    Better,
    ComparatorKind,
    Concern,
    Concerns,
    Design,
    FindingFacts,
    Measure,
    Mid,
    OutcomeFacts,
    OutcomeKind,
    Result,
    StudyFacts,
)
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_mid,
    make_outcome,
    make_study,
)

pytestmark = pytest.mark.django_db

# Every column of a finding that the synthesis reads, none at its default.
COLUMNS = {
    "comparator_kind": "active",
    "combined_with": "magnesium",
    "measure": "OR",
    "estimate": 1.4,
    "ci_low": 1.1,
    "ci_high": 1.8,
    "ci_level": 90,
    "p": 0.01,
    "unit": "points",
    "n_participants": 60,
    "result": "harm",
    "better": "higher",
    "set_aside": "Superseded by the corrected figure",
    "is_independent": True,
    "risk_of_bias": "serious",
    "inconsistency": "none",
    "indirectness": "very-serious",
    "imprecision": "unknown",
    "publication_bias": "serious",
}
FACTS = FindingFacts(
    key="melatonin-07",
    study=StudyFacts(
        key="pmid:1",
        design=Design.CROSSOVER_RCT,
        year=2020,
        is_retracted=True,
        includes=frozenset({"pmid:2"}),
    ),
    outcome=OutcomeFacts(
        slug="sleep-quality",
        kind=OutcomeKind.PATIENT_REPORTED,
        better=Better.LOWER,
        is_common_event=True,
        ratio_mid=0.9,
        mids=(Mid("PSQI points", -3.0),),
    ),
    comparator_kind=ComparatorKind.ACTIVE,
    is_combined=True,
    measure=Measure.OR,
    estimate=1.4,
    ci_low=1.1,
    ci_high=1.8,
    ci_level=90,
    p=0.01,
    unit="points",
    n_participants=60,
    result=Result.HARM,
    better=Better.HIGHER,
    set_aside="Superseded by the corrected figure",
    is_independent=True,
    concerns=Concerns(
        risk_of_bias=Concern.SERIOUS,
        inconsistency=Concern.NONE,
        indirectness=Concern.VERY_SERIOUS,
        imprecision=Concern.UNKNOWN,
        publication_bias=Concern.SERIOUS,
    ),
)


def test_facts_hold_all_that_a_finding_says():
    goal = make_goal()
    outcome = make_outcome(
        "sleep-quality", goal=goal, kind="patient-reported", is_common_event=True, mid=None
    )
    make_mid(outcome, unit="PSQI points", value=-3.0)
    make_mid(outcome, unit="", value=0.9, is_ratio=True)
    study = make_study("pmid:1", design="crossover-rct", year=2020, status="retracted")
    study.includes.add(make_study("pmid:2"))
    finding = make_finding("melatonin-07", outcome=outcome, study=study, **COLUMNS)

    facts = facts_for([finding.compound_id])

    assert facts == {(finding.compound_id, goal.pk): [FACTS]}


def test_facts_of_unknown_values_are_none():
    finding = make_finding(
        measure="", estimate=None, ci_low=None, ci_high=None, unit="", n_participants=None
    )

    facts = finding_facts(finding, study_facts(finding.study), outcome_facts(finding.outcome))

    unknown = ("measure", "estimate", "ci_low", "ci_high", "ci_level", "p", "unit")
    assert {getattr(facts, name) for name in unknown} == {None}
    assert (facts.n_participants, facts.better, facts.set_aside) == (None, None, None)
    assert not facts.is_combined


def test_facts_leave_out_drafts_safety_outcomes_and_outcomes_of_no_goal():
    make_finding(published=False)
    make_finding(outcome=make_outcome("falls", kind="safety"))
    make_finding(outcome=make_outcome("weight", goal=None))

    assert facts_for([make_compound().pk]) == {}


def test_facts_are_of_the_compounds_asked_for():
    finding = make_finding()
    make_finding(compound=make_compound("magnesium"))

    assert {compound for compound, _ in facts_for([finding.compound_id])} == {finding.compound_id}


def test_facts_of_one_study_and_outcome_are_shared():
    first, second = make_finding(), make_finding()

    (facts,) = facts_for([first.compound_id]).values()

    assert {one.key for one in facts} == {first.key, second.key}
    assert facts[0].study is facts[1].study
    assert facts[0].outcome is facts[1].outcome


@pytest.mark.parametrize("compounds", [1, 12])
def test_facts_take_three_queries_for_any_number_of_compounds(django_assert_num_queries, compounds):
    for i in range(compounds):
        review = make_study(f"pmid:{i + 1}")
        review.includes.add(make_study(f"pmid:{i + 101}"))
        make_finding(
            compound=make_compound(f"compound-{i}"),
            outcome=make_outcome(f"outcome-{i}", goal=make_goal(f"goal-{i}")),
            study=review,
        )
    ids = [make_compound(f"compound-{i}").pk for i in range(compounds)]

    with django_assert_num_queries(3):
        facts = facts_for(ids)

    assert len(facts) == compounds
