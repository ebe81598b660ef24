"""The command on copies of the shipped files: real facts of a few compounds."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from evidence.management.commands import load_evidence
from evidence.models import Compound, EvidenceVersion, Finding, Profile
from tests.data_folders import copy_data, edit_file
from tests.factories import make_compound, make_user
from tests.stored_rows import changes, stored_rows

pytestmark = pytest.mark.django_db

# Two compounds whose files name no other compound.
STEROLS, SEMAX = "plant-sterols", "semax"
# One mistake each: what is not JSON's, not a number's, not a code's, not a name's, not a rule's.
PLANTED = [
    ("goals.json", ("goals", 2, "outcomes", 0, "mids", 0, "mid"), 0),
    ("compounds/melatonin.json", ("findings", 3, "ci_low"), 1e6),
    ("compounds/melatonin.json", ("studies", 0, "design"), "randomised"),
    ("compounds/zinc.json", ("cautions", 0, "condition"), "pregnant"),
    ("compounds/zinc.json", ("findings", 0, "study"), "pmid:999999999"),
]
NAMED = [
    "goals.json: goals[2] (sleep).outcomes[0] (sleep-quality).mids[0] (PSQI points).mid",
    "compounds/melatonin.json: findings[3] (melatonin-04).ci_low",
    "compounds/melatonin.json: studies[0] (pmid:23691095).design",
    "compounds/zinc.json: cautions[0] (pregnant).condition",
    "compounds/zinc.json: findings[0] (zinc-01).study",
]


def run(folder, *options):
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("load_evidence", folder, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def two(tmp_path):
    return copy_data(tmp_path / "two", STEROLS, SEMAX)


def test_load_reports_what_is_new_and_what_was_published(two):
    printed = run(two)

    assert "2 compounds new\n" in printed
    assert "12 findings new\n" in printed
    assert f"{Profile.objects.count()} profiles made\nEvidence version 1\n" in printed
    assert "Left alone" not in printed


def test_load_again_reports_that_nothing_had_changed(two):
    run(two)

    assert run(two) == "Nothing had changed.\n"


def test_load_again_reports_what_changed(two):
    run(two)
    edit_file(two / f"compounds/{STEROLS}.json", ("findings", 0, "estimate"), -0.33)

    printed = run(two)

    assert printed == "1 findings changed\n1 profiles made\nEvidence version 2\n"


def test_copy_with_five_mistakes_in_three_files_is_refused_with_all_of_them_named(tmp_path):
    folder = copy_data(tmp_path / "copy")
    for file, place, value in PLANTED:
        edit_file(folder / file, place, value)

    with pytest.raises(CommandError) as caught:
        run(folder)

    heading, *problems = str(caught.value).splitlines()
    assert heading == "Nothing was written."
    assert len(problems) == len(NAMED)
    for name in NAMED:
        assert len([line for line in problems if line.startswith(f"{name}: ")]) == 1, name
    assert stored_rows() == {}


def test_refused_folder_over_a_loaded_one_leaves_what_was_there(two):
    run(two)
    before = stored_rows()
    edit_file(two / f"compounds/{STEROLS}.json", ("summary",), "Changed.")
    edit_file(two / f"compounds/{SEMAX}.json", ("class",), "herb")

    with pytest.raises(CommandError, match=r"compounds/semax\.json: class: Must be"):
        run(two)

    assert changes(before, stored_rows()) == {}


def test_check_of_a_good_folder_writes_nothing(two):
    printed = run(two, "--check")

    assert printed == "2 compounds, no problem found.\n"
    assert stored_rows() == {}


def test_check_of_a_bad_folder_names_its_mistakes(two):
    edit_file(two / f"compounds/{SEMAX}.json", ("class",), "herb")

    with pytest.raises(CommandError, match=r"compounds/semax\.json: class"):
        run(two, "--check")

    assert stored_rows() == {}


def test_one_compound_without_goals_is_loaded_where_its_outcomes_are_known(two, tmp_path):
    run(two)
    third = copy_data(tmp_path / "third", "ghk-cu", goals=False)

    run(third)

    assert Compound.objects.count() == 3
    assert EvidenceVersion.objects.current_number() == 2


def test_one_compound_without_goals_is_refused_where_nothing_is_known(tmp_path):
    third = copy_data(tmp_path / "third", "ghk-cu", goals=False)

    with pytest.raises(CommandError, match=r"findings\[0\] \(ghk-cu-01\).outcome: No outcome"):
        run(third)


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="nowhere: Holds neither"):
        run(tmp_path / "nowhere")


def test_draft_shows_nothing_to_the_public(two, client):
    run(two, "--draft")

    answer = client.get(reverse("evidence:compound_detail", args=[STEROLS]))
    assert answer.status_code == 404
    assert not Finding.objects.published().exists()
    assert not Profile.objects.exists()


def test_draft_is_shown_after_a_load_without_the_option(two, client):
    run(two, "--draft")

    run(two)

    answer = client.get(reverse("evidence:compound_detail", args=[STEROLS]))
    assert answer.status_code == 200
    assert Profile.objects.current().filter(compound__slug=STEROLS).exists()


def test_draft_over_public_rows_lists_what_it_did_not_change(two):
    run(two)
    before = stored_rows()
    edit_file(two / f"compounds/{STEROLS}.json", ("findings", 0, "estimate"), -0.33)

    printed = run(two, "--draft")

    assert printed == (
        "Left alone: finding plant-sterols-01 is public, and a load of drafts changes nothing "
        "public: estimate\nNothing had changed.\n"
    )
    assert changes(before, stored_rows()) == {}


def test_new_draft_is_reported_as_not_public(two, tmp_path):
    run(two)
    third = copy_data(tmp_path / "third", "ghk-cu", goals=False)

    assert run(third, "--draft").endswith("Nothing public changed.\n")


def test_row_that_a_person_edited_is_listed_and_left_unless_overwritten(two):
    run(two)
    finding = Finding.objects.get(key="plant-sterols-01")
    finding.estimate = -0.30
    finding._history_user = make_user()
    finding.save()

    listed = run(two)
    kept = Finding.objects.get(key="plant-sterols-01").estimate
    overwritten = run(two, "--overwrite")

    assert listed == (
        "Left alone: finding plant-sterols-01 was edited by a person: estimate\n"
        "Nothing had changed.\n"
    )
    assert kept == -0.30
    assert Finding.objects.get(key="plant-sterols-01").estimate == -0.31
    assert overwritten.startswith("1 findings changed\n")


def test_if_empty_loads_only_into_a_database_without_compounds(two):
    first = run(two, "--if-empty")
    edit_file(two / f"compounds/{STEROLS}.json", ("summary",), "Changed.")

    second = run(two, "--if-empty")

    assert "2 compounds new" in first
    assert second == "The compounds are loaded already.\n"
    assert Compound.objects.get(slug=STEROLS).summary != "Changed."


def test_name_that_another_compound_has_already_is_an_error_in_words(two):
    make_compound("other", name="Semax")
    before = stored_rows()

    with pytest.raises(CommandError, match="the database refused it"):
        run(two)

    assert changes(before, stored_rows()) == {}


def test_progress_is_drawn_on_a_terminal_alone(two, monkeypatch):
    class Terminal(StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(load_evidence.sys, "stderr", terminal)

    run(two)

    assert "2/2" in terminal.getvalue()
