"""The command that writes the evidence as files."""

import errno
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evidence.management.commands import dump_evidence
from evidence.publication import system_user, withdraw_compounds
from tests.dump_passes import files_of
from tests.factories import make_article, make_compound, make_finding, make_study

pytestmark = pytest.mark.django_db

COMPOUND, ARTICLE = "compounds/melatonin.json", "articles/melatonin-for-sleep.md"


def run(folder, *options):
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("dump_evidence", folder, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def public():
    """One compound with a finding and an article, all public."""
    make_finding()
    make_article()


def test_dump_reports_what_was_written(public, tmp_path):
    said = run(tmp_path)

    assert said == "1 compound, 1 finding, 1 article written.\n"
    assert files_of(tmp_path).keys() == {"goals.json", COMPOUND, ARTICLE, "MANIFEST.txt"}


def test_dump_again_writes_the_same_bytes(public, tmp_path):
    run(tmp_path)
    before = files_of(tmp_path)

    run(tmp_path)

    assert files_of(tmp_path) == before


def test_dump_after_a_withdrawal_takes_the_file_out(public, tmp_path):
    zinc = make_compound("zinc")
    run(tmp_path)

    withdraw_compounds([zinc], by=system_user(), why="Wrong")
    run(tmp_path)

    assert files_of(tmp_path).keys() == {"goals.json", COMPOUND, ARTICLE, "MANIFEST.txt"}


def test_drafts_are_written_only_if_asked_for_and_with_a_warning(public, tmp_path):
    make_finding(published=False)
    make_finding(compound=make_compound("zinc", published=False))

    public_alone, everything = run(tmp_path / "public"), run(tmp_path / "all", "--drafts")

    assert public_alone == "1 compound, 1 finding, 1 article written.\n"
    assert everything == (
        "2 compounds, 3 findings, 1 article written.\n"
        "The files do not say what is public: a load without --draft publishes it all.\n"
    )
    assert "compounds/zinc.json" in files_of(tmp_path / "all")


def test_dump_says_what_a_load_would_miss_or_refuse(public, tmp_path):
    make_finding(note="Soft\xadhyphen")
    for number in range(12):
        make_study(f"pmid:{number + 1}")

    said = run(tmp_path)

    assert "Left out, as nothing rests on them: pmid:1, pmid:10, " in said
    assert " and 2 more\n" in said
    assert f"A load will refuse this: {COMPOUND}: findings[1] (melatonin-02).note: Holds" in said


@pytest.mark.parametrize(
    "options, why", [([], "no compound is public"), (["--drafts"], "there is no compound")]
)
def test_dump_of_nothing_is_refused_and_leaves_an_earlier_dump_alone(tmp_path, options, why):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match=f"Nothing was written: {why}"):
        run(tmp_path, *options)

    assert files_of(tmp_path).keys() == {"mine.txt"}


def test_folder_with_files_of_others_is_refused_unless_forced(public, tmp_path):
    (tmp_path / "compounds").mkdir()
    (tmp_path / "compounds/zinc.json").write_text("mine")

    with pytest.raises(CommandError, match=r"no dump has written: compounds/zinc\.json\."):
        run(tmp_path)
    said = run(tmp_path, "--force")

    assert said.endswith("Not from this dump: compounds/zinc.json\n")
    assert (tmp_path / "compounds/zinc.json").read_text() == "mine"


@pytest.mark.parametrize("method", ["iterdir", "open", "mkdir"])
def test_folder_that_cannot_be_read_or_written_is_an_error_in_words(
    public, tmp_path, monkeypatch, method
):
    def refuse(self, *args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, method, refuse)

    with pytest.raises(CommandError, match=rf"{tmp_path.name}.*: Permission denied\."):
        run(tmp_path)


def test_progress_is_drawn_on_a_terminal_alone(public, tmp_path, monkeypatch):
    class Terminal(StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(dump_evidence.sys, "stderr", terminal)

    run(tmp_path)

    assert "3/3" in terminal.getvalue()
