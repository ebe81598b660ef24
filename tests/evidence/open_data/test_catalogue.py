"""What the tables tell: all that is public and nothing else, in a bounded number of queries."""

import json

import pytest
from django.contrib.auth import get_user_model

from evidence.models import Compound
from evidence.open_data.catalogue import DICTIONARY, TABLES, this_moment
from evidence.open_data.writing import json_chunks
from evidence.publication import system_user, withdraw_compounds
from tests.factories import (
    make_article,
    make_caution,
    make_compound,
    make_finding,
    make_interaction,
    make_study,
    publish_all,
)

pytestmark = pytest.mark.django_db

# Beside the reading itself: prefetched classes and pooled studies.
MOST_QUERIES = len(TABLES) + 4


def whole():
    return "".join(json_chunks({}, DICTIONARY, TABLES, this_moment()))


def tables():
    return json.loads(whole())["tables"]


def test_tables_of_an_empty_site_are_empty():
    assert set(map(len, tables().values())) == {0}


def test_names_of_tables_and_columns_are_given_once():
    names = [table.name for table in TABLES]
    columns = [(table.name, column.name) for table in TABLES for column in table.columns]

    assert len(set(names)) == len(names)
    assert len(set(columns)) == len(columns)


def test_dictionary_describes_every_column():
    described = list(DICTIONARY.rows(this_moment()))

    pairs = [(row["table"], row["column"]) for row in described]
    assert pairs == [(table.name, column.name) for table in TABLES for column in table.columns]
    assert all(row["about"].endswith(".") and row["type"] for row in described)
    numbers = [row for row in described if row["type"] in ("number", "whole number")]
    assert numbers
    assert all(row["unit"] for row in numbers)


def test_drafts_are_left_out():
    make_finding()
    make_finding(published=False, note="A secret draft", study=make_study("pmid:1"))
    draft = make_compound("zinc", published=False)
    make_finding(compound=draft, study=make_study("pmid:2"))
    make_caution(draft)
    make_interaction(other_compound=draft, with_text="something")
    publish_all()

    found = tables()

    assert [row["finding"] for row in found["findings"]] == ["melatonin-01"]
    assert [row["study"] for row in found["studies"]] == ["pmid:23691095"]
    assert found["cautions"] == []
    assert [row["other_compound"] for row in found["interactions"]] == [None]
    assert "zinc" not in whole()
    assert "secret" not in whole()


def test_withdrawn_compound_is_left_out_with_all_it_owns():
    make_finding()
    make_finding(compound=make_compound("zinc"), study=make_study("pmid:2"))
    publish_all()
    zinc = Compound.objects.filter(slug="zinc")
    withdraw_compounds(zinc, by=system_user(), why="Wrong")

    assert "zinc" not in json.dumps(tables())


def test_nobody_is_named():
    staff = get_user_model().objects.create_user("grace-hopper", "grace@example.org")
    make_compound("melatonin", published_by=staff)
    make_finding(published_by=staff)
    make_article(author="Ada Lovelace")
    publish_all(by=staff)

    text = whole().casefold()

    assert not any(name in text for name in ("grace", "hopper", "lovelace", "password"))


def test_a_row_more_costs_no_query_more(django_assert_max_num_queries):
    for number in range(12):
        compound = make_compound(f"compound-{number}")
        make_finding(compound=compound, study=make_study(f"pmid:{number + 1}"))
        make_interaction(compound)
        make_caution(compound)
    publish_all()

    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(tables()["interactions"]) == 12
