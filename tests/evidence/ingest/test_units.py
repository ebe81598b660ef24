from evidence.ingest.schema import CompoundFile, GoalsFile
from evidence.ingest.units import goals_with_stored_units, with_stored_units

SYNONYMS = {"minutes": "min", "milligrams": "mg"}


def test_units_of_a_compound_are_renamed_by_the_table_alone(folder):
    content = folder["compounds/alpha.json"]
    content["findings"][0]["unit"] = "minutes"
    content["protocols"][0]["unit"] = "milligrams"
    compound = CompoundFile.model_validate(content)

    stored = with_stored_units(compound, SYNONYMS)

    assert [finding.unit for finding in stored.findings] == ["min", None]
    assert [protocol.unit for protocol in stored.protocols] == ["mg"]
    assert stored.findings[0] == compound.findings[0].model_copy(update={"unit": "min"})


def test_a_unit_that_is_not_exactly_in_the_table_stays(folder):
    content = folder["compounds/alpha.json"]
    content["findings"][0]["unit"] = "minutes "
    content["findings"][1]["unit"] = "Minutes"
    compound = CompoundFile.model_validate(content)

    assert with_stored_units(compound, SYNONYMS) == compound


def test_units_of_outcomes_and_mids_are_renamed(folder):
    outcome = folder["goals.json"]["goals"][0]["outcomes"][0]
    outcome["unit"] = outcome["mids"][0]["unit"] = "minutes"
    goals = GoalsFile.model_validate(folder["goals.json"])

    stored = goals_with_stored_units(goals, goals.unit_synonyms).goals[0].outcomes[0]

    assert stored.unit == "min"
    assert [mid.unit for mid in stored.mids] == ["min", "SMD"]


def test_the_shipped_catalogue_is_stored_as_it_stands(real_contents):
    goals = GoalsFile.model_validate(real_contents.pop("goals.json"))
    compounds = [CompoundFile.model_validate(content) for content in real_contents.values()]

    stored = [with_stored_units(compound, goals.unit_synonyms) for compound in compounds]

    assert goals_with_stored_units(goals, goals.unit_synonyms) == goals
    assert stored == compounds
