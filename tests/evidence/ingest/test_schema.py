from copy import deepcopy

import pytest
from pydantic import ValidationError

from evidence.ingest import schema
from evidence.ingest.schema import CompoundFile, GoalsFile

SECTIONS = {
    "regulatory": 106,
    "protocols": 146,
    "side_effects": 206,
    "cautions": 312,
    "interactions": 167,
    "studies": 395,
    "findings": 564,
}


def objects_in(node, place=()):
    """Yield every object below `node` with its place; of a list only the first row."""
    if isinstance(node, dict):
        if "minutes" not in node:  # the table of synonyms has no keys of its own
            yield place, node
        for key, child in node.items():
            yield from objects_in(child, (*place, key))
    elif isinstance(node, list):
        yield from objects_in(node[0], (*place, 0)) if node else ()


def errors_of(shape, content):
    try:
        shape.model_validate(content)
    except ValidationError as error:
        return {(found["loc"], found["type"]) for found in error.errors()}
    return set()


def test_shipped_compounds_keep_every_row(real_contents):
    compounds = [
        CompoundFile.model_validate(content)
        for file, content in real_contents.items()
        if file != "goals.json"
    ]

    counts = {name: sum(len(getattr(each, name)) for each in compounds) for name in SECTIONS}

    assert len(compounds) == 48
    assert counts == SECTIONS


def test_shipped_goals_keep_every_row(real_contents):
    goals = GoalsFile.model_validate(real_contents["goals.json"])

    outcomes = [outcome for goal in goals.goals for outcome in goal.outcomes]

    assert (len(goals.goals), len(outcomes)) == (22, 127)
    assert (len(goals.conditions), len(goals.medicine_classes)) == (29, 50)
    assert sum(len(outcome.mids) for outcome in outcomes) == 110
    assert sum(outcome.ratio_mid is not None for outcome in outcomes) == 19
    assert len(goals.unit_synonyms) == 7


@pytest.mark.parametrize("file", ["compounds/alpha.json", "goals.json"])
def test_an_entry_gives_back_what_the_file_said(folder, file):
    shape = GoalsFile if file == "goals.json" else CompoundFile

    entry = shape.model_validate(folder[file])

    back = entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if shape is CompoundFile:
        assert back["identifiers"].pop("pubchem_cid") == 896
        del folder[file]["identifiers"]["pubchem_cid"]
    assert back == folder[file]


def test_every_key_but_the_optional_ones_must_be_there(folder):
    missing = set()

    for file, shape in (("compounds/alpha.json", CompoundFile), ("goals.json", GoalsFile)):
        for place, row in objects_in(folder[file]):
            for key in row:
                content = deepcopy(folder[file])
                node = content
                for step in place:
                    node = node[step]
                del node[key]
                assert errors_of(shape, content) == {((*place, key), "missing")}
                missing.add((*place, key))

    assert len(missing) > 100


def test_keys_that_real_files_sometimes_leave_out_are_optional():
    optional = {
        (name, key)
        for name in vars(schema)
        if name.endswith(("Entry", "File"))
        for key, field in getattr(schema, name).model_fields.items()
        if not field.is_required()
    }

    sourced = {"Regulatory", "Protocol", "SideEffect", "Caution", "Interaction", "Sourced"}
    assert optional == {
        *((f"{name}Entry", "source_title") for name in sourced),
        ("CautionEntry", "sources_differ"),
        ("StudyEntry", "url"),
        ("FindingEntry", "concern_reasons"),
        *(("ConcernReasonsEntry", domain) for domain in schema.ConcernsEntry.model_fields),
        *(("CostEntry", key) for key in ("basis", "year", "confidence")),
    }


def test_a_key_outside_the_format_is_refused_wherever_it_stands(folder):
    for file, shape in (("compounds/alpha.json", CompoundFile), ("goals.json", GoalsFile)):
        for place, row in list(objects_in(folder[file])):
            row["surprise"] = 1
            assert errors_of(shape, folder[file]) == {((*place, "surprise"), "extra_forbidden")}
            del row["surprise"]


def test_an_entry_cannot_be_changed(folder):
    compound = CompoundFile.model_validate(folder["compounds/alpha.json"])

    with pytest.raises(ValidationError, match="frozen"):
        compound.findings[0].estimate = -20.0


def test_figures_of_a_finding_are_its_numbers(folder):
    finding = CompoundFile.model_validate(folder["compounds/alpha.json"]).findings[1]

    figures = finding.figures

    assert (figures.measure, figures.estimate, figures.n_participants) == ("OR", 1.4, 60)
    assert (figures.ci_low, figures.ci_high, figures.ci_level, figures.p) == (1.1, 1.8, 95, None)
