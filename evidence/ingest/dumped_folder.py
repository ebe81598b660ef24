"""The folder that a dump writes: its own files, each whole or not there, and nobody else's.

`MANIFEST.txt` lists the files that a dump made. The next one may replace or remove those; any
other file is in the way, because a load would read it along or its owner would miss it.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = "MANIFEST.txt"
HEADING = "# Written by dump_evidence; the next dump may replace or remove these files."

COMPOUNDS, ARTICLES = "compounds", "articles"
_OWN_NAME = re.compile(r"goals\.json|compounds/[^/]+\.json|articles/[^/]+\.md")
_READ_BY_A_LOAD = (".json", ".md")
_MOST_NAMED = 10


class CannotDump(Exception):
    """The folder cannot be written, or holds what a dump must not touch; says which and why."""


@dataclass
class DumpFolder:
    """A folder to dump into; with `force` the files of others are no hindrance.

    Even then only those of the same name are replaced, and none is removed.
    """

    path: Path
    force: bool = False
    _made_before: set[str] = field(default_factory=set)

    def claim(self, names: Iterable[str]) -> list[str]:
        """Make the folder the dump's, which is to write `names`, or raise CannotDump.

        Returns the files of others that a load would read along with the dump's own.
        """
        wanted = set(names)
        with _named(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._made_before = self._listed()
            strange = self._strangers()
        if strange and not self.force:
            raise CannotDump(
                f"{self.path} holds what no dump has written: {_listing(strange)}. "
                "Choose an empty folder, or say --force to replace files of the same name."
            )
        for part in {name.rpartition("/")[0] for name in wanted} - {""}:
            with _named(self.path / part):
                (self.path / part).mkdir(exist_ok=True)
        # Before the first file, so that a dump that is cut short can be made again.
        self._list(wanted | self._made_before)
        return [name for name in strange if _OWN_NAME.fullmatch(name) and name not in wanted]

    def write(self, name: str, text: str) -> None:
        """Put one file in its place, at once and whole: UTF-8, and line feeds alone."""
        target = self.path / name
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        with _named(target):
            try:
                with part.open("w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)

    def finish(self, names: Iterable[str]) -> None:
        """Remove the files of an earlier dump that are not among `names`."""
        wanted = set(names)
        for name in sorted(self._made_before - wanted):
            with _named(self.path / name):
                (self.path / name).unlink(missing_ok=True)
        self._list(wanted)

    def _strangers(self) -> list[str]:
        """Return what is in the folder and no dump's; hidden files count if a load reads them."""
        own = {MANIFEST, *self._made_before} if self._made_before else set()
        return sorted(name for name in self._entries() if name not in own)

    def _entries(self) -> Iterator[str]:
        for entry in self.path.iterdir():
            if entry.name in (COMPOUNDS, ARTICLES) and entry.is_dir():
                inside = (f"{entry.name}/{one.name}" for one in entry.iterdir())
                yield from (name for name in inside if _counts(name))
            elif _counts(entry.name):
                yield entry.name

    def _listed(self) -> set[str]:
        """Return the files that earlier dumps made; no name leads out of the folder."""
        manifest = self.path / MANIFEST
        if not manifest.is_file():
            return set()
        heading, *names = manifest.read_text(encoding="utf-8", errors="replace").split("\n")
        return set(filter(_OWN_NAME.fullmatch, names)) if heading == HEADING else set()

    def _list(self, names: set[str]) -> None:
        self.write(MANIFEST, "".join(f"{line}\n" for line in [HEADING, *sorted(names)]))


def _listing(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _counts(name: str) -> bool:
    is_hidden = name.rpartition("/")[2].startswith(".")
    return not is_hidden or name.endswith(_READ_BY_A_LOAD)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn what the system refuses into words that name the file."""
    try:
        yield
    except OSError as error:
        raise CannotDump(f"{path}: {error.strerror}.") from error
