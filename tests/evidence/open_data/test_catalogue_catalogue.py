"""The shipped catalogue as tables: what its files say, and no cell empty without a meaning."""

from itertools import chain

import pytest

from evidence.ingest.dumped_compounds import Surroundings, compound_content
from evidence.ingest.dumped_goals import unit_synonyms
from evidence.ingest.dumped_rows import compounds_of
from evidence.models import Compound, Profile
from evidence.open_data.catalogue import TABLES, this_moment
from evidence.open_data.columns import Kind
from tests.loaded_catalogue import loaded_catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

catalogue = pytest.fixture(scope="module")(loaded_catalogue)
TYPES = {
    Kind.TEXT: str,
    Kind.WHOLE: int,
    Kind.NUMBER: int | float,
    Kind.YES_NO: bool,
    Kind.DAY: str,
    Kind.TEXTS: list,
}


@pytest.fixture(scope="module")
def tables(catalogue, django_db_blocker):
    with django_db_blocker.unblock():
        moment = this_moment()
        return {table.name: list(table.rows(moment)) for table in TABLES}


@pytest.fixture(scope="module")
def files(catalogue, django_db_blocker):
    """Every compound as its file would be written now."""
    with django_db_blocker.unblock():
        slugs = list(Compound.objects.values_list("slug", flat=True))
        around = Surroundings(unit_synonyms(), frozenset(slugs))
        at = this_moment().at
        return {
            rows.compound.slug: compound_content(rows.compound, rows.findings, rows.studies, around)
            for rows in compounds_of(slugs, at, {})
        }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_cell_is_of_its_kind_and_empty_only_with_a_meaning(tables, table):
    assert tables[table.name]
    for row in tables[table.name]:
        for column in table.columns:
            value = row[column.name]
            if value is None:
                assert column.empty, (column.name, row)
                continue
            assert isinstance(value, TYPES[column.kind]), (column.name, value)
            if column.codes:
                given = value if isinstance(value, list) else [value]
                assert set(given) <= set(column.codes)


def test_findings_are_those_of_the_files(tables, files):
    same = (
        "study", "outcome", "measure", "estimate", "ci_low", "ci_high", "ci_level", "p",
        "n_participants", "n_studies", "i2", "result", "note", "set_aside", "comparator", "dose",
    )  # fmt: skip
    written = {one["key"]: one for file in files.values() for one in file["findings"]}

    assert len(tables["findings"]) == len(written)
    for row in tables["findings"]:
        one = written[row["finding"]]
        assert {name: row[name] for name in same} == {name: one[name] for name in same}
        assert row["risk_of_bias"] == one["concerns"]["risk_of_bias"]
        assert row["is_independent"] == one["independent"]


@pytest.mark.parametrize(
    "table, key, same",
    [
        ("regulatory_statuses", "regulatory", ("region", "status", "note", "source")),
        ("protocols", "protocols", ("route", "dose", "low", "high", "unit", "source")),
        ("side_effects", "side_effects", ("effect", "frequency", "severity", "source")),
        ("cautions", "cautions", ("level", "reason", "source")),
        ("interactions", "interactions", ("with_text", "severity", "effect", "source")),
    ],
)
def test_what_compounds_own_is_that_of_the_files(tables, files, table, key, same):
    written = [
        (slug, *(one[name] for name in same))
        for slug, file in sorted(files.items())
        for one in file[key]
    ]

    assert [(r["compound"], *(r[name] for name in same)) for r in tables[table]] == written


def test_profiles_are_the_current_ones(tables):
    stored = {
        (one.compound.slug, one.goal.slug): (one.letter, one.verdict, one.mean, one.dependable)
        for one in Profile.objects.current().public().select_related("compound", "goal")
    }

    found = {
        (row["compound"], row["goal"]): tuple(
            row[name] for name in ("letter", "verdict", "mean", "dependable")
        )
        for row in tables["profiles"]
    }
    assert found == stored


def test_what_studies_add_comes_to_the_mean(tables):
    adds = {}
    for row in tables["profile_findings"]:
        if row["is_counted"]:
            pair = adds.setdefault((row["compound"], row["goal"]), {})
            pair[row["study"]] = row["study_adds"]

    assert adds
    for row in tables["profiles"]:
        if row["mean"] is not None:
            total = sum(adds[row["compound"], row["goal"]].values())
            assert total == pytest.approx(row["mean"], abs=1e-9)


def test_keys_lead_to_rows(tables):
    findings = {row["finding"] for row in tables["findings"]}
    studies = {row["study"] for row in tables["studies"]}

    assert {row["finding"] for row in tables["profile_findings"]} <= findings
    assert {row["study"] for row in tables["findings"]} <= studies
    assert set(chain.from_iterable(row["pools"] for row in tables["studies"])) <= studies
