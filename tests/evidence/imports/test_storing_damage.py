"""Damaged files down to the database: what is good is stored, nothing is half-written."""

import pytest

from evidence.imports.preview import State, preview
from evidence.imports.reading import read_file
from evidence.imports.storing import Choice, Done, store
from evidence.models import EvidenceVersion, Study
from tests.evidence.imports.damaged_files import DAMAGE
from tests.factories import make_user


@pytest.mark.django_db
@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_file_stores_its_good_rows_and_no_other(name):
    damage = DAMAGE[name]
    read = read_file(damage.data, damage.file)
    chosen = [Choice(row.number, row.mark, design="rct") for row in preview(read)]

    stored = store(read, chosen, by=make_user())

    kept = Study.objects.values_list("title", flat=True)
    assert sorted(kept) == sorted(damage.titles)
    assert Study.history.count() == len(damage.titles)
    assert not EvidenceVersion.objects.exists()
    refused = {row.number for row in preview(read) if row.state is State.REFUSED}
    assert {row.number for row in stored.rows if row.done is Done.LEFT} == refused
    assert all(row.messages for row in stored.rows if row.done is Done.LEFT)
