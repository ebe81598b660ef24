"""The examples in the docstrings say the truth."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

from evidence import synthesis


def test_examples_in_docstrings_are_true():
    names = [module.name for module in iter_modules(synthesis.__path__)]

    results = [doctest.testmod(import_module(f"evidence.synthesis.{name}")) for name in names]

    assert sum(result.attempted for result in results) >= 5
    assert sum(result.failed for result in results) == 0
