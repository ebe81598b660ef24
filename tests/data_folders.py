"""Folders of catalogue files for tests that load them."""

import json
import shutil

from evidence.ingest.folder import read_folder
from evidence.ingest.loader import load_catalogue
from tests.catalogue_facts import CATALOGUE


def copy_data(target, *slugs, goals=True):
    """Copy the shipped catalogue, or some of its compounds, into a new folder; return it."""
    (target / "compounds").mkdir(parents=True)
    names = [f"{slug}.json" for slug in slugs] or [
        path.name for path in (CATALOGUE / "compounds").glob("*.json")
    ]
    for name in names:
        shutil.copy(CATALOGUE / "compounds" / name, target / "compounds" / name)
    if goals:
        shutil.copy(CATALOGUE / "goals.json", target / "goals.json")
    return target


def write_folder(target, contents):
    """Write {file: content} as JSON; files that were there and are not among them go."""
    (target / "compounds").mkdir(parents=True, exist_ok=True)
    for path in [*target.glob("*.json"), *target.glob("compounds/*.json")]:
        path.unlink()
    for name, content in contents.items():
        (target / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return target


def edit_file(path, place, value):
    """Set one place of a JSON file to a value."""
    content = json.loads(path.read_text(encoding="utf-8"))
    node = content
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = value
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def load(folder, *, draft=False, overwrite=False):
    """Read and load a folder, as the command does; return what the load did."""
    return load_catalogue(read_folder(folder), draft=draft, overwrite=overwrite)
