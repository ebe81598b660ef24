"""The project keeps the rules of `architecture.py`, and each rule is able to fail."""

from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import Module

ROOT = Path(__file__).resolve().parent.parent
MODULES = architecture.read_modules(ROOT, ("evidence", "stackbuilder"))
EVERYTHING = {
    **MODULES,
    **architecture.read_modules(ROOT, ("tests",)),
    "manage": Module("manage", (ROOT / "manage.py").read_text()),
}
TEMPLATES = {
    str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "templates").rglob("*.html")
}
SINGLE_PURE_MODULES = {
    "evidence.ingest.schema",
    "stackbuilder.addresses",
    "stackbuilder.costs",
    "stackbuilder.ingest.rules",
    "stackbuilder.ingest.schema",
    "stackbuilder.law",
    "stackbuilder.visitor.medicines",
}
PURE = sorted(
    name
    for name in MODULES
    if name.startswith(("evidence.synthesis", "stackbuilder.engine")) or name in SINGLE_PURE_MODULES
)
RANKING = sorted(
    name
    for name in MODULES
    if name.startswith("evidence.synthesis")
    or name in ("stackbuilder.engine.places", "stackbuilder.engine.ranking")
)
# At most three, each with its reason: "module.function: n lines" -> why it is better whole.
TOO_LARGE_ON_PURPOSE: dict[str, str] = {}


def modules(**sources):
    """Make modules of sources; a double underscore in a name stands for a dot."""
    named = {name.replace("__", "."): source for name, source in sources.items()}
    return {name: Module(name, source) for name, source in named.items()}


def test_architecture_looks_at_the_real_project():
    assert {"evidence.synthesis.pooling", *SINGLE_PURE_MODULES} <= set(PURE)
    assert "stackbuilder.engine.ranking" in RANKING
    assert "templates/base.html" in TEMPLATES


def test_evidence_imports_nothing_of_stackbuilder():
    assert architecture.upward_imports(MODULES, "evidence", "stackbuilder") == []


@pytest.mark.parametrize(
    "source",
    [
        "import stackbuilder.forms",
        "from stackbuilder import forms",
        "def late():\n    from stackbuilder.engine import ranking",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import stackbuilder",
        "import importlib\nimportlib.import_module('stackbuilder.forms')",
        "vendor = ForeignKey('stackbuilder.Vendor', CASCADE)",
        "apps.get_model('stackbuilder', 'Vendor')",
    ],
)
def test_upward_imports_finds_an_import_however_hidden(source):
    bad = modules(evidence__models=source)

    assert architecture.upward_imports(bad, "evidence", "stackbuilder")


@pytest.mark.parametrize("name", PURE)
def test_pure_module_touches_no_framework_clock_or_file(name):
    assert architecture.impurities(name, MODULES) == []


@pytest.mark.parametrize(
    "source",
    [
        "import django",
        "from django.db import models",
        "import os",
        "import datetime",
        "import random",
        "def late():\n    import time",
        "import sys",
        "text = open('notes').read()",
        "date.today()",
        "def count():\n    global total",
        "numpy.random.default_rng()",
    ],
)
def test_impurities_finds_each_way_to_the_outside(source):
    assert architecture.impurities("pure", modules(pure=source))


def test_impurities_follows_imports_and_names_the_way():
    bad = modules(
        pure="from middle import step",
        middle="def step():\n    import far.end",
        far="",
        far__end="import socket",
    )

    found = architecture.impurities("pure", bad)

    assert found == ["pure -> middle -> far.end imports socket"]


def test_impurities_counts_the_packages_above_a_module():
    bad = modules(pure="import shelf.book", shelf="import os", shelf__book="")

    assert architecture.impurities("pure", bad)


def test_impurities_leaves_arithmetic_alone():
    good = modules(pure="import math\nfrom sys import float_info\nmath.log(float_info.max)")

    assert architecture.impurities("pure", good) == []


@pytest.mark.parametrize("name", RANKING)
def test_ranking_knows_nothing_of_vendors_or_prices(name):
    assert architecture.vendor_traces(name, MODULES) == []


@pytest.mark.parametrize(
    "source",
    [
        "from shop import offers",
        "def rank(compounds, cost_per_month): pass",
        "best = min(candidate.price for candidate in candidates)",
        "rank(compounds, commission=1)",
        "value = row['price']",
        "class VendorRanking: pass",
        "from shop import thing as listing",
    ],
)
def test_vendor_traces_finds_each_way_in(source):
    bad = modules(ranking=source, shop="", shop__offers="")

    assert architecture.vendor_traces("ranking", bad)


def test_modules_functions_and_parameter_lists_are_small():
    found = [line for module in EVERYTHING.values() for line in architecture.oversizes(module)]

    assert [line for line in found if line not in TOO_LARGE_ON_PURPOSE] == []
    assert set(TOO_LARGE_ON_PURPOSE) <= set(found), "an exception that is no longer needed"
    assert len(TOO_LARGE_ON_PURPOSE) <= 3


@pytest.mark.parametrize(
    "name, source",
    [
        ("long", "x = 1\n" * 401),
        ("long", "def grow():\n" + "    x = 1\n" * 40),
        ("evidence.views.goals", "def goal_list(request):\n" + "    x = 1\n" * 20),
        ("wide", "def take(a, b, c, d, e, f): pass"),
        ("wide", "def take(a, *, b, c, d, e, f): pass"),
    ],
)
def test_oversizes_finds_what_outgrew_its_limit(name, source):
    assert len(architecture.oversizes(Module(name, source))) == 1


def test_oversizes_does_not_count_docstring_and_self():
    docstring = '    """Say.\n' + "\n" * 50 + '    """\n'
    source = f"class A:\n  def take(self, a, b, c, d, e):\n{docstring}    return a\n"

    assert architecture.oversizes(Module("told", source)) == []


def test_oversizes_does_not_count_what_pytest_fills_in():
    source = "def test_table(a, b, c, d, e, f): pass"

    assert architecture.oversizes(Module("told", source)) == []


def test_modules_have_telling_names_and_no_hidden_effects():
    assert [
        line for module in EVERYTHING.values() for line in architecture.bad_habits(module)
    ] == []


@pytest.mark.parametrize(
    "name, source",
    [
        ("evidence.utils", ""),
        ("evidence.helpers.dates", ""),
        ("evidence.admin", "from evidence.models import *"),
        ("evidence.apps", "from django.db.models.signals import post_save"),
        ("evidence.apps", "from django.dispatch import receiver"),
        ("evidence.models.goals", "class Goal(Model):\n    def save(self): pass"),
    ],
)
def test_bad_habits_finds_each_habit(name, source):
    assert len(architecture.bad_habits(Module(name, source))) == 1


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_template_is_short_and_holds_nothing_inline(name):
    assert architecture.template_faults(name, TEMPLATES[name]) == []


@pytest.mark.parametrize(
    "name, source",
    [
        ("page.html", "<p>\n" * 121),
        ("page.html", '<p style="color: red">'),
        ("page.html", "<style>p {}</style>"),
        ("page.html", "<script>alert(1)</script>"),
        ("page.html", '<script type="module">alert(1)</script>'),
        ("page.html", '<script type="application/ld+json" id="a">{}</script>'),
        ("page.html", '<button onclick="go()">'),
        ("page.html", '<a hx-on:click="go()">'),
        ("page.html", '<a href="javascript:go()">'),
        ("evidence/_part.html", "<p>{{ compound }}</p>"),
    ],
)
def test_template_faults_finds_each_fault(name, source):
    assert len(architecture.template_faults(name, source)) == 1


def test_template_faults_leaves_a_block_of_data_alone():
    source = '<script type="application/ld+json">{{ reading.json_ld }}</script>'

    assert architecture.template_faults("page.html", source) == []


def test_template_faults_leaves_files_and_comments_alone():
    source = (
        '{# needs page; no style= here #}<script src="{% static "js/site.js" %}" defer></script>'
    )

    assert architecture.template_faults("_part.html", source) == []


def test_every_test_file_mirrors_a_module():
    tests = [
        path.relative_to(ROOT / "tests").as_posix()
        for app in ("evidence", "stackbuilder")
        for path in (ROOT / "tests" / app).rglob("test_*.py")
    ]

    assert architecture.orphans(tests, MODULES) == []


def test_orphans_finds_a_test_without_its_module():
    known = ["evidence.synthesis.effects", "evidence.synthesis"]
    tests = [
        "evidence/synthesis/test_effects.py",
        "evidence/synthesis/test_effects_properties.py",
        "evidence/synthesis/test_properties.py",
        "evidence/test_synthesis.py",
        "evidence/test_effects.py",
        "evidence/nowhere/test_properties.py",
    ]

    assert architecture.orphans(tests, known) == tests[-2:]
