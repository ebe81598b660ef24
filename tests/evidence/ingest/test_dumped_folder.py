"""What a dump may do to a folder, and what it must leave alone."""

import errno
import os
from pathlib import Path

import pytest

from evidence.ingest.dumped_folder import HEADING, MANIFEST, CannotDump, DumpFolder
from tests.dump_passes import files_of

ZINC, SEMAX, GOALS = "compounds/zinc.json", "compounds/semax.json", "goals.json"


def dump_to(path, *names, force=False):
    """Write these files, their text being their name; return what else a load would read."""
    folder = DumpFolder(path, force)
    alongside = folder.claim(names)
    for name in names:
        folder.write(name, name)
    folder.finish(names)
    return alongside


def _raise(path, code):
    raise OSError(code, os.strerror(code), str(path))


def put(folder, name, text="mine"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_folder_that_is_not_there_is_made_with_its_parents(tmp_path):
    dump_to(tmp_path / "new/dump", GOALS, ZINC)

    assert files_of(tmp_path / "new/dump") == {
        GOALS: GOALS.encode(),
        ZINC: ZINC.encode(),
        MANIFEST: f"{HEADING}\n{ZINC}\n{GOALS}\n".encode(),
    }


def test_second_dump_replaces_its_own_and_removes_what_is_gone(tmp_path):
    dump_to(tmp_path, GOALS, ZINC, SEMAX)
    dump_to(tmp_path, GOALS, SEMAX)

    assert files_of(tmp_path).keys() == {GOALS, SEMAX, MANIFEST}
    assert ZINC not in (tmp_path / MANIFEST).read_text()


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "goals.json", "compounds/mine.json", "articles/mine.md", "compounds/.mine.json",
     "compounds", "other/mine.json", MANIFEST],
)  # fmt: skip
def test_file_of_others_is_named_and_stays(tmp_path, name):
    put(tmp_path, name)
    before = files_of(tmp_path)

    with pytest.raises(CannotDump) as refusal:
        dump_to(tmp_path, GOALS, ZINC)

    stranger = "other" if name.startswith("other") else name
    assert f"{tmp_path} holds what no dump has written: {stranger}." in str(refusal.value)
    assert files_of(tmp_path) == before


def test_file_put_into_a_dump_is_in_the_way_of_the_next(tmp_path):
    dump_to(tmp_path, GOALS, ZINC)
    put(tmp_path, SEMAX)

    with pytest.raises(CannotDump, match=r"written: compounds/semax\.json"):
        dump_to(tmp_path, GOALS, ZINC)

    assert (tmp_path / SEMAX).read_text() == "mine"


def test_many_files_of_others_are_counted(tmp_path):
    for i in range(12):
        put(tmp_path, f"note-{i:02}.txt")

    with pytest.raises(CannotDump, match=r"note-09\.txt and 2 more\."):
        dump_to(tmp_path, GOALS)


@pytest.mark.parametrize("name", [".gitignore", ".git/config", "compounds/.zinc.json.7.part"])
def test_hidden_file_that_no_load_reads_is_no_hindrance(tmp_path, name):
    put(tmp_path, name)

    dump_to(tmp_path, GOALS, ZINC)

    assert (tmp_path / name).read_text() == "mine"


def test_force_replaces_what_has_the_same_name_and_lists_what_a_load_would_read(tmp_path):
    for name in ("notes.txt", ZINC, SEMAX, "articles/mine.md"):
        put(tmp_path, name)

    alongside = dump_to(tmp_path, GOALS, ZINC, force=True)

    assert alongside == ["articles/mine.md", SEMAX]
    assert (tmp_path / ZINC).read_text() == ZINC
    assert {(tmp_path / name).read_text() for name in ("notes.txt", SEMAX)} == {"mine"}


def test_force_takes_nothing_over_but_what_it_wrote(tmp_path):
    put(tmp_path, SEMAX)
    dump_to(tmp_path, GOALS, force=True)

    with pytest.raises(CannotDump, match=f"written: {SEMAX}"):
        dump_to(tmp_path, GOALS)


def test_dump_that_was_cut_short_can_be_made_again(tmp_path):
    folder = DumpFolder(tmp_path)
    folder.claim([GOALS, ZINC])
    folder.write(GOALS, "first")

    dump_to(tmp_path, GOALS, SEMAX)

    assert files_of(tmp_path).keys() == {GOALS, SEMAX, MANIFEST}


@pytest.mark.parametrize("name", ["../outside.json", "compounds/../../outside.json", "notes.txt"])
def test_list_that_names_other_files_removes_none_of_them(tmp_path, name):
    path = tmp_path / "dump"
    dump_to(path, GOALS, ZINC)
    put(tmp_path, "outside.json")
    put(path, MANIFEST, f"{HEADING}\n{name}\n{GOALS}\n{ZINC}\n")

    dump_to(path, GOALS, ZINC)

    assert (tmp_path / "outside.json").read_text() == "mine"


def test_file_that_cannot_be_put_in_its_place_leaves_the_old_one_whole(tmp_path, monkeypatch):
    dump_to(tmp_path, GOALS, ZINC)
    monkeypatch.setattr(os, "fsync", lambda number: _raise("", errno.ENOSPC))
    before = files_of(tmp_path)

    with pytest.raises(CannotDump, match="No space left on device"):
        DumpFolder(tmp_path).write(ZINC, "new")

    assert files_of(tmp_path) == before


def test_file_appears_by_being_renamed_so_that_it_is_never_half_there(tmp_path, monkeypatch):
    dump_to(tmp_path, GOALS, ZINC)
    before = files_of(tmp_path)
    monkeypatch.setattr(Path, "replace", lambda self, target: _raise(self, errno.EIO))

    with pytest.raises(CannotDump, match=r"zinc\.json: Input/output error\."):
        DumpFolder(tmp_path).write(ZINC, "new")

    assert files_of(tmp_path) == before


def test_text_is_utf_8_with_line_feeds_alone(tmp_path):
    dump_to(tmp_path, GOALS)

    DumpFolder(tmp_path).write(GOALS, "µ\n–\n")

    assert (tmp_path / GOALS).read_bytes() == b"\xc2\xb5\n\xe2\x80\x93\n"


def test_path_under_a_file_is_refused_by_name(tmp_path):
    put(tmp_path, "file")

    with pytest.raises(CannotDump, match=r"file/dump: Not a directory\."):
        dump_to(tmp_path / "file/dump", GOALS)


def test_folder_in_the_place_of_a_file_is_refused_by_name(tmp_path):
    (tmp_path / ZINC).mkdir(parents=True)

    with pytest.raises(CannotDump, match=r"compounds/zinc\.json: Is a directory\."):
        dump_to(tmp_path, ZINC, force=True)


# Whoever runs the tests may be allowed everything, so the system's refusal is played.
@pytest.mark.parametrize("method", ["iterdir", "mkdir", "open"])
def test_folder_without_the_right_to_it_is_refused_by_name(tmp_path, monkeypatch, method):
    path = tmp_path / "dump"
    path.mkdir()

    def refuse(self, *args, **kwargs):
        _raise(self, errno.EACCES)

    monkeypatch.setattr(Path, method, refuse)

    with pytest.raises(CannotDump, match=r"dump.*: Permission denied\."):
        dump_to(path, GOALS)


def test_read_only_file_system_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "open", lambda self, *_, **__: _raise(self, errno.EROFS))

    with pytest.raises(CannotDump, match=r"MANIFEST\.txt: Read-only file system\."):
        dump_to(tmp_path, GOALS)
