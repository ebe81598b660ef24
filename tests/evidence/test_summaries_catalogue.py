"""The bridge on the shipped catalogue: what it reads back is what the files say."""

import pytest

from evidence.models import Finding
from evidence.summaries import facts_for
from evidence.synthesis import OutcomeKind
from tests.catalogue_facts import catalogue_findings
from tests.loaded_catalogue import loaded_catalogue

pytestmark = pytest.mark.django_db
catalogue = pytest.fixture(scope="module")(loaded_catalogue)


def test_facts_of_the_shipped_catalogue_equal_its_files(catalogue):
    from_files = {
        pair: [one for one in findings if one.outcome.kind is not OutcomeKind.SAFETY]
        for pair, findings in catalogue_findings().items()
    }
    names = dict(Finding.objects.values_list("compound", "compound__slug"))
    goals = dict(Finding.objects.values_list("outcome__goal", "outcome__goal__slug"))

    facts = facts_for(names)

    stored = {
        (names[compound], goals[goal]): sorted(found, key=lambda one: one.key)
        for (compound, goal), found in facts.items()
    }
    assert stored == {
        pair: sorted(found, key=lambda one: one.key) for pair, found in from_files.items() if found
    }
    assert len(stored) == 247
