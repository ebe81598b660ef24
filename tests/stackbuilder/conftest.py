"""What the tests of the builder stand on: no kept tables, and the shipped catalogue."""

import pytest

from stackbuilder import candidates
from stackbuilder.searching import known_names
from stackbuilder.views.suggestions import SOLVING
from stackbuilder.visitor import screening
from tests.loaded_catalogue import loaded_catalogue

catalogue = pytest.fixture(scope="module")(loaded_catalogue)


@pytest.fixture(autouse=True)
def no_kept_tables():
    """Each test has its own database, whose versions mean other evidence."""
    candidates.forget()
    screening.forget()
    known_names.forget()
    SOLVING.buckets.forget()
    yield
    candidates.forget()
    screening.forget()
    known_names.forget()
