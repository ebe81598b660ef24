"""Loading a small made-up catalogue again: `folder` is its files, `load_it` loads them."""

import pytest

from evidence import publication
from evidence.models import (
    Compound,
    Finding,
    Outcome,
    OutcomeMid,
    Profile,
    Study,
    UnitSynonym,
)
from tests.curators import edit
from tests.factories import make_user
from tests.stored_rows import changes, profile_values, stored_rows

pytestmark = pytest.mark.django_db

ALPHA, BETA, GOALS = "compounds/alpha.json", "compounds/beta.json", "goals.json"
FIRST = ("findings", 0)
SLEEP_ONSET = ("goals", 0, "outcomes", 0)


@pytest.fixture
def alice():
    return make_user()


def finding(key="alpha-01"):
    return Finding.objects.get(key=key)


def test_load_again_with_one_figure_changed_changes_that_finding_alone(folder, put, load_it):
    load_it()
    before, old = stored_rows(), profile_values()
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)

    loaded = load_it()

    after = stored_rows()
    pair = (finding().compound_id, finding().outcome.goal_id)
    assert finding().estimate == -8.0
    assert {table: len(ids) for table, ids in changes(before, after).items()} == {
        "evidence.Finding": 1,
        "evidence.HistoricalFinding": 1,
        "evidence.EvidenceVersion": 1,
        "evidence.EvidenceVersion_compounds": 1,
        "evidence.Profile": 1,
    }
    assert set(Profile.objects.filter(compound=pair[0]).values_list("version", flat=True)) == {1, 2}
    assert {key for key, values in profile_values().items() if values != old[key]} == {pair}
    # Append-only: what was stored is stored still.
    assert before["evidence.Profile"].items() <= after["evidence.Profile"].items()
    assert loaded.publication.version.number == 2
    assert [(profile.compound_id, profile.goal_id) for profile in loaded.publication.profiles] == [
        pair
    ]


def test_load_again_without_a_change_writes_nothing(load_it):
    load_it()
    before = stored_rows()

    loaded = load_it()

    assert changes(before, stored_rows()) == {}
    assert loaded.publication is None


@pytest.mark.parametrize(
    "file, place, value, table",
    [
        (ALPHA, ("summary",), "Another summary.", "Compound"),
        (ALPHA, ("cost_per_month", "high"), 9.99, "Compound"),
        (ALPHA, ("aliases",), ["A1"], "Alias"),
        (ALPHA, ("regulatory", 0, "note"), "Sold freely", "RegulatoryStatus"),
        (ALPHA, ("protocols", 0, "high"), 6, "Protocol"),
        (ALPHA, ("side_effects", 0, "severity"), "moderate", "SideEffect"),
        (ALPHA, ("cautions", 0, "level"), "contraindicated", "Caution"),
        (ALPHA, ("interactions", 0, "severity"), "major", "Interaction"),
        (ALPHA, ("studies", 0, "status"), "retracted", "Study"),
        (GOALS, ("conditions", 0, "name"), "Pregnant or trying to be", "Condition"),
        (GOALS, ("medicine_classes", 0, "name"), "Sedatives", "MedicineClass"),
        (GOALS, ("goals", 0, "name"), "Better sleep", "Goal"),
        (GOALS, (*SLEEP_ONSET, "name"), "Minutes until asleep", "Outcome"),
        (GOALS, (*SLEEP_ONSET, "mids", 0, "mid"), -10.0, "OutcomeMid"),
        (GOALS, ("unit_synonyms", "minutes"), "minute", "UnitSynonym"),
    ],
)
def test_load_again_mends_the_loaders_own_row(folder, put, load_it, file, place, value, table):
    load_it()
    before = stored_rows()
    put(folder, file, place, value)

    loaded = load_it()

    changed = changes(before, stored_rows())
    assert f"evidence.{table}" in changed
    assert "evidence.EvidenceVersion" in changed
    assert loaded.tally.left == []
    assert not load_it().tally.wrote


@pytest.mark.parametrize("part", ["aliases", "protocols", "cautions", "interactions"])
def test_load_again_with_an_emptied_list_takes_its_rows_away(folder, put, load_it, part):
    load_it()
    put(folder, ALPHA, (part,), [])

    loaded = load_it()

    assert getattr(Compound.objects.get(slug="alpha"), part).count() == 0
    assert loaded.publication.version.number == 2


def test_load_again_without_a_mid_counts_its_findings_no_longer(folder, put, load_it):
    put(folder, ALPHA, (*FIRST, "n_participants"), None)
    load_it()
    put(folder, GOALS, (*SLEEP_ONSET, "mids"), [])

    load_it()

    profile = Profile.objects.current().get(compound__slug="alpha")
    assert [entry["why"] for entry in profile.not_counted] == ["no MID in this unit"]


def test_load_again_with_only_what_a_review_pools_changed_makes_profiles_again(
    folder, put, load_it
):
    # The review now covers the trial's outcome; the trial counts as long as it is not inside.
    put(folder, ALPHA, ("findings", 1, "outcome"), "sleep-onset")
    put(folder, ALPHA, (*FIRST, "independent"), True)
    put(folder, ALPHA, ("studies", 1, "includes"), [])
    load_it()
    assert "alpha-01" in {
        entry["key"] for entry in Profile.objects.get(compound__slug="alpha").counted
    }
    put(folder, ALPHA, ("studies", 1, "includes"), ["pmid:101"])

    loaded = load_it()

    profile = Profile.objects.current().get(compound__slug="alpha")
    assert [(entry["key"], entry["why"]) for entry in profile.not_counted] == [
        ("alpha-01", "counted inside a review")
    ]
    assert loaded.publication.version.number == 2


def test_load_again_unties_what_a_review_pools_no_longer(folder, put, load_it):
    load_it()
    put(folder, ALPHA, ("studies", 1, "includes"), [])

    load_it()

    assert not Study.objects.get(key="doi:10.1000/second").includes.exists()


def test_load_again_keeps_the_moment_of_publication(folder, put, load_it):
    load_it()
    before = finding().published_at
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)

    load_it()

    assert finding().published_at == before


def test_finding_that_left_the_files_stays_and_is_listed(folder, load_it):
    load_it()
    del folder[BETA]["findings"][0]

    loaded = load_it()

    assert finding("beta-01").state == "published"
    assert loaded.tally.left == ["finding beta-01 is no longer in the files"]


def test_finding_that_a_person_added_is_none_of_the_files_business(alice, load_it):
    load_it()
    own = finding()
    own.pk, own.key = None, "alpha-99"
    own._history_user = alice
    own.save()

    assert load_it().tally.left == []


def test_load_of_one_compound_leaves_the_others_alone(folder, put, load_it):
    load_it()
    before = stored_rows()
    del folder[GOALS], folder[ALPHA]
    put(folder, BETA, (*FIRST, "note"), "Read again.")

    loaded = load_it()

    assert changes(before, stored_rows())["evidence.Finding"] == {finding("beta-01").pk}
    assert loaded.tally.left == []


def test_load_that_fails_at_the_synthesis_leaves_nothing(load_it, monkeypatch):
    before = stored_rows()
    monkeypatch.setattr(publication, "synthesise", lambda facts: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        load_it()

    assert before == {}
    assert stored_rows() == {}


def test_units_are_renamed_by_the_table_when_a_file_is_read(load_it):
    load_it()

    assert finding("beta-01").unit == "min"
    assert UnitSynonym.objects.get().stored == "min"


def test_units_are_renamed_by_the_stored_table_where_a_folder_has_none(folder, put, load_it):
    load_it()
    del folder[GOALS]
    put(folder, ALPHA, (*FIRST, "unit"), "minutes")
    put(folder, ALPHA, ("protocols", 0, "unit"), "minutes")

    loaded = load_it()

    assert finding().unit == "min"
    assert Compound.objects.get(slug="alpha").protocols.get().unit == "min"
    assert loaded.tally.left == []


def test_units_of_outcomes_and_mids_are_renamed_too(folder, put, load_it):
    put(folder, GOALS, (*SLEEP_ONSET, "unit"), "minutes")
    put(folder, GOALS, (*SLEEP_ONSET, "mids", 0, "unit"), "minutes")

    load_it()

    assert Outcome.objects.get(slug="sleep-onset").unit == "min"
    assert set(OutcomeMid.objects.filter(value=-9).values_list("unit", flat=True)) == {"min"}


def test_units_typed_by_a_person_are_kept_as_typed(alice, load_it):
    load_it()
    one = finding()

    edit(one, by=alice, unit="minutes")
    publication.publish_change(by=alice, why="unit", pairs=publication.all_pairs())

    assert finding().unit == "minutes"


def test_unit_of_the_shipped_table_is_stored_as_the_method_spells_it(folder, put, load_it):
    folder[GOALS]["unit_synonyms"] = {"µg/dL": "ug/dL", "pg/mL": "ng/L"}
    put(folder, BETA, (*FIRST, "unit"), "µg/dL")
    put(folder, ALPHA, (*FIRST, "unit"), "pg/mL ")

    load_it()

    # Exactly this table: a blank more is another unit.
    assert (finding("beta-01").unit, finding("alpha-01").unit) == ("ug/dL", "pg/mL ")
