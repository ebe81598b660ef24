"""The visitor of the journeys."""

import pytest

from tests.journeys.builder_page import WEIGHED, ranking_of
from tests.journeys.visitor import visiting


@pytest.fixture
def visit(site, browser):
    """Open an address of the site in a context of its own; options are Playwright's.

    Whatever the page asks for must come from the site itself.
    """
    with visiting(site, browser) as visit_one:
        yield visit_one


@pytest.fixture
def weighed(visit):
    """The ranking on a fresh page at the address where the journeys end."""
    return ranking_of(visit(WEIGHED))
