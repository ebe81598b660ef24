"""The command that brings the search index in step."""

from io import StringIO

import pytest
from django.core.management import call_command

from evidence.models import SearchEntry
from tests.factories import make_compound, make_goal

pytestmark = pytest.mark.django_db


def run():
    """Return what the command prints."""
    out = StringIO()
    call_command("index_search", stdout=out)
    return out.getvalue().strip()


def test_index_search_makes_what_an_upgrade_finds_missing():
    make_compound()
    make_goal()

    first, second = run(), run()

    assert first == "2 entries of the search index changed."
    assert second == "0 entries of the search index changed."
    assert set(SearchEntry.objects.values_list("slug", flat=True)) == {"melatonin", "sleep"}
