"""Reads catalogue files into the facts that the synthesis takes, without any database."""

import json
from pathlib import Path

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

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "evidence" / "data"
REFERENCE = ROOT / "tests" / "reference" / "method_v1.json"


def read_json(path):
    """Return the content of one JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_reference():
    """Return the numbers that were computed independently from the method's text."""
    return read_json(REFERENCE)


def outcome_facts(row):
    """Return one outcome of goals.json."""
    return OutcomeFacts(
        slug=row["slug"],
        kind=OutcomeKind(row["kind"]),
        better=Better(row["better"]),
        is_common_event=row["common_event"],
        ratio_mid=row["ratio_mid"]["mid"] if row["ratio_mid"] else None,
        mids=tuple(Mid(unit=mid["unit"], value=mid["mid"]) for mid in row["mids"]),
    )


def study_facts(row):
    """Return one study of a compound's file."""
    return StudyFacts(
        key=row["key"],
        design=Design(row["design"]),
        year=row["year"],
        is_retracted=row["status"] == "retracted",
        includes=frozenset(row["includes"]),
    )


def finding_facts(row, *, study, outcome):
    """Return one finding of a compound's file, with its study and outcome."""
    as_printed = ("estimate", "ci_low", "ci_high", "ci_level", "p", "unit", "n_participants")
    return FindingFacts(
        key=row["key"],
        study=study,
        outcome=outcome,
        comparator_kind=ComparatorKind(row["comparator_kind"]),
        is_combined=row["combined_with"] is not None,
        measure=Measure(row["measure"]) if row["measure"] else None,
        result=Result(row["result"]),
        better=Better(row["better"]) if row["better"] else None,
        set_aside=row["set_aside"],
        is_independent=row["independent"],
        concerns=Concerns(**{name: Concern(code) for name, code in row["concerns"].items()}),
        **{name: row[name] for name in as_printed},
    )


def compound_facts(compound, outcomes):
    """Return a compound's findings on the `outcomes` given, a mapping of slugs to facts."""
    studies = {row["key"]: study_facts(row) for row in compound["studies"]}
    return [
        finding_facts(row, study=studies[row["study"]], outcome=outcomes[row["outcome"]])
        for row in compound["findings"]
        if row["outcome"] in outcomes
    ]


def goal_outcomes():
    """Return {goal: {outcome: facts}} of the shipped catalogue, ranked goals only."""
    return {
        goal["slug"]: {row["slug"]: outcome_facts(row) for row in goal["outcomes"]}
        for goal in read_json(CATALOGUE / "goals.json")["goals"]
        if goal["slug"] is not None
    }


def catalogue_findings():
    """Return {(compound, goal): findings} of the shipped catalogue; goals without any are absent.

    Findings on safety outcomes are among them: dropping those is the synthesis's own task.
    """
    goals = goal_outcomes()
    found = {}
    for path in sorted((CATALOGUE / "compounds").glob("*.json")):
        compound = read_json(path)
        for goal, outcomes in goals.items():
            findings = compound_facts(compound, outcomes)
            if findings:
                found[compound["slug"], goal] = findings
    return found


def planted_findings():
    """Return {compound: findings} of the small made-up catalogue inside the reference."""
    planted = read_reference()["planted"]
    outcomes = {row["slug"]: outcome_facts(row) for row in planted["outcomes"]}
    return {
        compound["slug"]: compound_facts(compound, outcomes) for compound in planted["compounds"]
    }
