import pytest

from evidence.ingest.rules import compound_rules, goals_rules, repeated
from evidence.ingest.schema import CompoundFile, GoalsFile

ALPHA = "compounds/alpha.json"
FINDING, STUDY, COST = ("findings", 0), ("studies", 0), ("cost_per_month",)
# What is put where, the place that is blamed, and words of the reason.
BROKEN = [
    ({("aliases",): ["A1", "a1"]}, ("aliases", 1), "Already given at [0]"),
    ({("routes",): ["oral", "oral"]}, ("routes", 1), "Already given at [0]"),
    ({(*COST, "low"): None}, (*COST, "low"), "both ends"),
    ({(*COST, "high"): None}, (*COST, "high"), "both ends"),
    ({(*COST, "low"): 10}, (*COST, "low"), "Must not be above high, which is 9.5, got 10."),
    ({("protocols", 0, "low"): 6}, ("protocols", 0, "low"), "Must not be above high"),
    ({("protocols", 0, "unit"): None}, ("protocols", 0, "unit"), "needs its unit"),
    (
        {("cautions", 1, "condition"): "pregnancy"},
        ("cautions", 1, "condition"),
        "Already given at cautions[0]",
    ),
    (
        {("interactions", 0, "compound"): "alpha"},
        ("interactions", 0, "compound"),
        "does not interact with itself",
    ),
    (
        {("interactions", 1, "medicine_classes"): ["sedatives", "sedatives"]},
        ("interactions", 1, "medicine_classes", 1),
        "Already given at [0]",
    ),
    ({(*STUDY, "pmid"): "102"}, (*STUDY, "pmid"), "that of the key, 'pmid:101', got '102'"),
    ({("studies", 1, "doi"): "10.1000/x"}, ("studies", 1, "doi"), "that of the key"),
    ({(*STUDY, "includes"): ["pmid:101"]}, (*STUDY, "includes", 0), "does not pool itself"),
    (
        {("studies", 1, "includes"): ["pmid:101", "pmid:101"]},
        ("studies", 1, "includes", 1),
        "Already given at [0]",
    ),
    ({(*FINDING, "ci_low"): -6.0}, (*FINDING, "ci_low"), "does not contain -7.0"),
    ({(*FINDING, "ci_high"): -8.0}, (*FINDING, "ci_high"), "does not contain -7.0"),
    ({(*FINDING, "ci_low"): None}, (*FINDING, "ci_low"), "missing"),
    ({(*FINDING, "ci_high"): None}, (*FINDING, "ci_high"), "missing"),
    ({(*FINDING, "ci_low"): -4.5}, (*FINDING, "ci_low"), "below the upper bound"),
    ({(*FINDING, "ci_level"): 0}, (*FINDING, "ci_level"), "between 0 and 100"),
    ({(*FINDING, "ci_level"): 100}, (*FINDING, "ci_level"), "between 0 and 100"),
    ({(*FINDING, "p"): 0}, (*FINDING, "p"), "between 0 and 1"),
    ({(*FINDING, "p"): 1}, (*FINDING, "p"), "between 0 and 1"),
    ({(*FINDING, "n_participants"): 1}, (*FINDING, "n_participants"), "at least 2, got 1"),
    ({(*FINDING, "measure"): None}, (*FINDING, "measure"), "needs a measure"),
    ({(*FINDING, "estimate"): None}, (*FINDING, "estimate"), "needs its estimate"),
    ({("findings", 1, "ci_low"): 0}, ("findings", 1, "ci_low"), "A ratio must be above 0"),
    (
        {
            ("findings", 1, "estimate"): -1.4,
            ("findings", 1, "ci_low"): None,
            ("findings", 1, "ci_high"): None,
        },
        ("findings", 1, "estimate"),
        "A ratio must be above 0",
    ),
]
KEPT = [
    {("protocols", 0, "high"): None},
    {("protocols", 0, "low"): None},
    {
        ("protocols", 0, "low"): None,
        ("protocols", 0, "high"): None,
        ("protocols", 0, "unit"): None,
    },
    {(*COST, "low"): None, (*COST, "high"): None},
    {(*STUDY, "pmid"): None},
    {(*FINDING, "estimate"): None, (*FINDING, "ci_low"): None, (*FINDING, "ci_high"): None},
    {(*FINDING, "estimate"): -9.5},
    {(*FINDING, "ci_level"): None},
    {("interactions", 1, "medicine_classes"): []},
]


def test_the_small_catalogue_breaks_no_rule(folder):
    compound = CompoundFile.model_validate(folder[ALPHA])
    goals = GoalsFile.model_validate(folder["goals.json"])

    assert [*compound_rules(compound), *goals_rules(goals)] == []


@pytest.mark.parametrize(("changes", "place", "words"), BROKEN)
def test_a_broken_rule_names_its_field_and_reason(folder, put, changes, place, words):
    for where, value in changes.items():
        put(folder, ALPHA, where, value)

    broken = list(compound_rules(CompoundFile.model_validate(folder[ALPHA])))

    assert [blamed for blamed, _ in broken] == [place]
    assert words in broken[0][1]


@pytest.mark.parametrize("changes", KEPT)
def test_what_is_unknown_breaks_no_rule(folder, put, changes):
    for where, value in changes.items():
        put(folder, ALPHA, where, value)

    assert list(compound_rules(CompoundFile.model_validate(folder[ALPHA]))) == []


def test_a_condition_names_a_class_once(folder):
    folder["goals.json"]["conditions"][0]["medicine_classes"] = ["sedatives", "sedatives"]

    broken = list(goals_rules(GoalsFile.model_validate(folder["goals.json"])))

    assert broken == [(("conditions", 0, "medicine_classes", 1), "Already given at [0].")]


def test_repeated_tells_where_a_value_came_first_and_ignores_none():
    assert list(repeated(["a", None, "b", "a", None, "a"])) == [(3, 0), (5, 0)]
