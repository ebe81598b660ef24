"""Documents, versions and commands agree with each other and with the code."""

import ast
import os
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.txt", "requirements-dev.txt")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def variables_read():
    """Return the names that settings.py asks the environment for."""
    tree = ast.parse((ROOT / "stackbuilder" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("environment.")
    }


def pins(lock):
    """Return each package of a lock file with its version and marker."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+(?:\[[a-z,]+\])?==[^\\\n]+?) ?\\?$", text, re.MULTILINE))


def test_every_command_in_the_readme_exists():
    commands = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))

    assert {"run", "test"} <= commands
    assert commands <= TARGETS


def test_every_management_command_in_the_readme_exists():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README))

    assert {"profiles", "synthesise"} <= named
    assert named <= set(get_commands())


def test_every_command_of_the_makefile_is_phony_and_in_its_help():
    phony = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())
    helped = set(re.findall(r'@echo "make ([a-z]+) ', MAKEFILE))

    assert phony == TARGETS
    assert helped == TARGETS - {"help"}


def test_every_command_of_the_makefile_has_its_comment():
    lines = MAKEFILE.splitlines()

    bare = [
        line
        for before, line in pairwise(lines)
        if re.match(r"[a-z]+:", line) and not before.startswith("#")
    ]

    assert bare == []


def test_build_server_runs_commands_that_exist():
    script = ROOT / ".ci" / "run"
    commands = re.findall(r"^make ([a-z]+)$", script.read_text(encoding="utf-8"), re.MULTILINE)

    assert os.access(script, os.X_OK)
    assert commands == ["check", "test"]
    assert set(commands) <= TARGETS


def test_every_relative_link_of_the_documents_resolves():
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", README + CHANGELOG)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_readme_lists_the_variables_that_settings_read():
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))

    assert listed == variables_read()


def test_changelog_has_a_dated_entry_for_this_version():
    heading = rf"^## {re.escape(PROJECT['version'])} – \d{{4}}-\d\d-\d\d$"

    assert re.search(heading, CHANGELOG, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_file_holds_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert pins(lock)
    assert text.count("--hash=sha256:") >= len(pins(lock))
    assert not re.search(r"://|--(extra-)?index-url|--find-links|file:", text)


def test_both_lock_files_agree_on_what_production_runs():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_every_dependency_is_locked_and_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = [re.match(r"[A-Za-z0-9-]+", line)[0] for line in wanted]
    locked = {re.match(r"[a-z0-9-]+", pin)[0] for pin in pins("requirements-dev.txt")}

    assert {name.lower() for name in names} <= locked
    for line in wanted:
        assert re.search(rf'"{re.escape(line)}",\s+# \w', text), f"{line} has no reason beside it"


def test_what_a_run_writes_is_ignored_by_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert {".venv/", "/var/"} <= set(ignored)
