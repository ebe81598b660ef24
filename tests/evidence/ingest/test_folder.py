"""A folder is read as a whole; `folder` is a small made-up one, to be damaged at will."""

import pytest

from evidence.ingest.folder import InvalidEvidence, known_already, read_folder
from tests.data_folders import load, write_folder

pytestmark = pytest.mark.django_db

ALPHA, BETA, GOALS = "compounds/alpha.json", "compounds/beta.json", "goals.json"


def refused(path):
    """Return (file, field) of everything that keeps a folder from being read."""
    with pytest.raises(InvalidEvidence) as caught:
        read_folder(path)
    return [(problem.file, problem.field) for problem in caught.value.problems]


def test_whole_folder_is_read_with_its_units_as_stored(folder, tmp_path):
    contents = read_folder(write_folder(tmp_path, folder))

    assert [goal.slug for goal in contents.goals.goals] == ["sleep", None]
    assert [compound.slug for compound in contents.compounds] == ["alpha", "beta"]
    assert contents.compounds[1].findings[0].unit == "min"


def test_folder_with_nothing_to_read_is_refused_by_its_own_name(tmp_path):
    assert refused(tmp_path / "nowhere") == [(str(tmp_path / "nowhere"), "")]


def test_folder_of_goals_alone_is_read(folder, tmp_path):
    contents = read_folder(write_folder(tmp_path, {GOALS: folder[GOALS]}))

    assert contents.compounds == ()


def test_all_problems_of_all_files_are_named_at_once(folder, put, tmp_path):
    put(folder, GOALS, ("goals", 0, "outcomes", 0, "better"), "up")
    put(folder, ALPHA, ("findings", 0, "ci_low"), -3.0)
    put(folder, BETA, ("class",), "herb")
    put(folder, BETA, ("findings", 0, "outcome"), "sleeping-onset")
    write_folder(tmp_path, folder)

    assert refused(tmp_path) == [
        (GOALS, "goals[0] (sleep).outcomes[0] (sleep-onset).better"),
        (ALPHA, "findings[0] (alpha-01).ci_low"),
        (BETA, "class"),
        (BETA, "findings[0] (beta-01).outcome"),
    ]


def test_file_that_is_no_text_is_named_beside_the_others(folder, put, tmp_path):
    put(folder, BETA, ("class",), "herb")
    write_folder(tmp_path, folder)
    (tmp_path / ALPHA).write_bytes("Völlig".encode("latin-1"))

    assert refused(tmp_path) == [(ALPHA, ""), (BETA, "class")]


def test_file_that_cannot_be_opened_is_named(folder, tmp_path):
    write_folder(tmp_path, folder)
    (tmp_path / "compounds" / "gamma.json").mkdir()

    assert refused(tmp_path) == [("compounds/gamma.json", "")]


def test_one_compound_alone_is_read_where_the_rest_is_known_already(folder, tmp_path):
    load(write_folder(tmp_path, folder))

    contents = read_folder(write_folder(tmp_path, {ALPHA: folder[ALPHA]}))

    assert contents.goals is None
    assert [compound.slug for compound in contents.compounds] == ["alpha"]


def test_one_compound_alone_is_refused_where_nothing_is_known(folder, tmp_path):
    write_folder(tmp_path, {BETA: folder[BETA]})

    assert refused(tmp_path) == [
        (BETA, "findings[0] (beta-01).outcome"),
        (BETA, "cautions[0] (pregnancy).condition"),
    ]


def test_known_already_is_what_the_database_holds(folder, tmp_path):
    load(write_folder(tmp_path, folder))

    known = known_already()

    assert known.outcomes == {"sleep-onset", "mood"}
    assert known.conditions == {"pregnancy"}
    assert known.medicine_classes == {"sedatives"}
    assert known.compounds == {"alpha", "beta"}
    assert known.studies == {"pmid:101", "pmid:202", "doi:10.1000/second"}
    assert known.unit_synonyms == {"minutes": "min"}
    assert known.pmids == {"101": "pmid:101", "202": "pmid:202"}
    assert known.dois == {"10.1000/first": "pmid:101", "10.1000/second": "doi:10.1000/second"}
    assert known.findings == {"alpha-01": "alpha", "alpha-02": "alpha", "beta-01": "beta"}
