"""The shipped catalogue in the database, loaded once for all tests of a module.

A conftest makes a fixture of it:

    catalogue = pytest.fixture(scope="module")(loaded_catalogue)
"""

from io import StringIO

from django.core.management import call_command
from django.db import transaction

from tests.catalogue_facts import CATALOGUE


def loaded_catalogue(django_db_setup, django_db_blocker):
    """Load the catalogue in a transaction that each test's own lies inside, and undo it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_evidence", CATALOGUE, verbosity=0, stdout=StringIO())
        yield
        transaction.set_rollback(True)
