"""The shipped catalogue: counts in are counts out, and every field of every row arrives."""

import pytest

from evidence.models import (
    Alias,
    Caution,
    Compound,
    Condition,
    Finding,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    OutcomeMid,
    Protocol,
    RegulatoryStatus,
    SideEffect,
    Study,
    UnitSynonym,
)
from evidence.publication import SYSTEM_USERNAME
from tests.catalogue_facts import CATALOGUE, read_json
from tests.data_folders import load
from tests.exported_catalogue import (
    exported_compound,
    exported_goals,
    exported_study,
    normalised,
)
from tests.loaded_catalogue import loaded_catalogue
from tests.stored_rows import changes, history_models, stored_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
catalogue = pytest.fixture(scope="module")(loaded_catalogue)

GOALS = read_json(CATALOGUE / "goals.json")
COMPOUNDS = {path.stem: read_json(path) for path in sorted(CATALOGUE.glob("compounds/*.json"))}
OUTCOMES = [outcome for goal in GOALS["goals"] for outcome in goal["outcomes"]]
# The model of each list of a compound's file, studies aside: those may stand in several files.
LISTS = {
    "aliases": Alias,
    "regulatory": RegulatoryStatus,
    "protocols": Protocol,
    "side_effects": SideEffect,
    "cautions": Caution,
    "interactions": Interaction,
    "findings": Finding,
}


def in_all_files(part):
    return [row for content in COMPOUNDS.values() for row in content[part]]


def test_catalogue_is_as_large_as_it_was_when_the_method_was_computed_from_it():
    counted = {part: len(in_all_files(part)) for part in LISTS}

    assert len(COMPOUNDS) == 48
    assert counted == {
        "aliases": 140,
        "regulatory": 106,
        "protocols": 146,
        "side_effects": 206,
        "cautions": 312,
        "interactions": 167,
        "findings": 564,
    }


@pytest.mark.parametrize("part", LISTS)
def test_every_row_of_a_list_is_stored_once(part):
    assert LISTS[part].objects.count() == len(in_all_files(part))


def test_every_study_is_stored_once():
    stored = {study.key: exported_study(study) for study in Study.objects.all()}

    assert stored == {
        row["key"]: normalised(row | {"includes": set(row["includes"])})
        for row in in_all_files("studies")
    }


def test_every_mechanism_is_stored_with_its_compound():
    stored = dict(Compound.objects.values_list("slug", "mechanisms"))

    assert sum(map(len, stored.values())) == len(in_all_files("mechanisms")) == 141
    assert stored == {slug: content["mechanisms"] for slug, content in COMPOUNDS.items()}


def test_every_row_of_goals_json_is_stored_once():
    mids = [mid for row in OUTCOMES for mid in [*row["mids"], row["ratio_mid"]] if mid]

    assert Goal.objects.count() == sum(goal["slug"] is not None for goal in GOALS["goals"])
    assert Outcome.objects.count() == len(OUTCOMES) == 127
    assert OutcomeMid.objects.count() == len(mids) == 129
    assert Condition.objects.count() == len(GOALS["conditions"]) == 29
    assert MedicineClass.objects.count() == len(GOALS["medicine_classes"]) == 50
    assert UnitSynonym.objects.count() == len(GOALS["unit_synonyms"]) == 7


def test_every_field_of_goals_json_is_stored_unaltered():
    expected = normalised(GOALS)
    for condition in expected["conditions"]:
        condition["medicine_classes"] = set(condition["medicine_classes"])
    # What stands over the outcomes outside every goal is a heading of the file, not a goal.
    *_, outside = expected["goals"]
    assert outside["slug"] is None
    del outside["name"]

    stored = exported_goals()

    # Plain comparisons, part by part, so that a failure shows which.
    for part in expected:
        assert stored[part] == expected[part], part
    assert stored.keys() == expected.keys()


@pytest.mark.parametrize("slug", COMPOUNDS)
def test_every_field_of_a_compounds_file_is_stored_unaltered(slug):
    expected = normalised(COMPOUNDS[slug])
    cid = expected["identifiers"]["pubchem_cid"]
    expected["identifiers"]["pubchem_cid"] = None if cid is None else int(cid)
    expected["findings"] = {row["key"]: row for row in expected["findings"]}
    for row in expected["interactions"]:
        row["medicine_classes"] = set(row["medicine_classes"])
    # Compared for all files at once in `test_every_study_is_stored_once`.
    del expected["studies"]

    stored = exported_compound(slug)

    for part in expected:
        assert stored[part] == expected[part], part
    assert stored.keys() == expected.keys()


def test_units_of_the_shipped_files_are_as_stored_already():
    printed = GOALS["unit_synonyms"].keys()

    units = {row["unit"] for row in [*in_all_files("findings"), *in_all_files("protocols")]}

    assert not units & printed


def test_everything_is_public_by_the_system_user_who_stands_in_every_record():
    authors = {
        name
        for model in history_models()
        for name in model.objects.values_list("history_user__username", flat=True)
    }

    assert authors == {SYSTEM_USERNAME}
    for model in (Compound, Finding):
        published = model.objects.filter(published_by__username=SYSTEM_USERNAME)
        assert published.exclude(published_at=None).count() == model.objects.count()


def test_every_row_has_a_record_of_its_making():
    for model in (*LISTS.values(), Compound, Study, Goal, Outcome, OutcomeMid, Condition):
        made = model.history.filter(history_type="+").values_list("id", flat=True)

        assert set(made) == set(model.objects.values_list("pk", flat=True)), model


def test_loading_it_again_changes_nothing_at_all():
    before = stored_rows()

    loaded = load(CATALOGUE)

    assert changes(before, stored_rows()) == {}
    assert loaded.publication is None
    assert not loaded.tally.wrote
    assert loaded.tally.left == []
