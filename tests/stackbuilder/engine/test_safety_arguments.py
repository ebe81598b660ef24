"""A score is never an argument of screening: no parameter, field or import could carry one."""

import inspect
import re
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from stackbuilder.engine import clashes, facts, person, safety
from tests import architecture

# What a compound's worth might be called, as a word of a name or of a type.
WORTH = {
    "array", "benefit", "benefits", "dependable", "estimate", "float", "goal", "goals", "letter",
    "mean", "ndarray", "place", "profile", "profiles", "rank", "ranking", "score", "scores", "sd",
    "table", "verdict", "weight", "weights",
}  # fmt: skip


def worth_named_in(module):
    """Return each word for a compound's worth in the signatures and fields of a module."""
    found = []
    for name, thing in inspect.getmembers(module):
        if getattr(thing, "__module__", None) != module.__name__:
            continue
        methods = inspect.getmembers(thing, inspect.isfunction) if inspect.isclass(thing) else ()
        for function in [thing, *(method for _, method in methods)]:
            if inspect.isfunction(function) or is_dataclass(function):
                words = re.findall("[A-Z]?[a-z]+", str(inspect.signature(function)))
                found += [f"{name}: {word}" for word in words if word.lower() in WORTH]
    return found


@pytest.mark.parametrize("module", [facts, person, safety, clashes])
def test_no_argument_can_say_how_well_a_compound_works(module):
    assert worth_named_in(module) == []


@pytest.mark.parametrize(
    "source",
    [
        "def screen(compound, *, score): pass",
        "def screen(compound, dependable_benefit): pass",
        "def screen(compound: 'tuple[str, float]'): pass",
        "def screen(compound, ranked: 'GoalTable'): pass",
        "@dataclass\nclass Compound:\n    mean: int",
        "class Gate:\n    def opens(self, sd): pass",
    ],
)
def test_argument_that_says_how_well_a_compound_works_would_be_found(source):
    module = type(inspect)("planted")
    exec("from dataclasses import dataclass\n" + source, module.__dict__)

    assert worth_named_in(module)


@pytest.mark.parametrize("name", ["facts", "person", "safety", "clashes"])
def test_screening_reaches_no_module_that_ranks(name):
    root = Path(__file__).resolve().parents[3]
    modules = architecture.read_modules(root, ("evidence", "stackbuilder"))

    reached = architecture.reached(f"stackbuilder.engine.{name}", modules)

    assert f"stackbuilder.engine.{name}" in reached
    assert reached.keys().isdisjoint(
        {
            "stackbuilder.candidates",
            "stackbuilder.engine.places",
            "stackbuilder.engine.ranking",
            "stackbuilder.listings",
        }
    )
