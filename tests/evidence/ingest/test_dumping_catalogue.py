"""Round trip of the whole starter catalogue: files, rows, files, rows, and the files again."""

import json

import pytest

from tests.catalogue_facts import CATALOGUE, read_json
from tests.dump_passes import one_pass

SLUGS = sorted(path.stem for path in CATALOGUE.glob("compounds/*.json"))
ARTICLES = sorted(path.name for path in CATALOGUE.glob("articles/*.md"))
# What a compound may cost; the rest of its price is that it is read together with nine others.
QUERIES_A_COMPOUND = 3


@pytest.fixture(scope="module")
def passes(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return both passes; the second starts from the files that the first wrote."""
    folder = tmp_path_factory.mktemp("passes")
    with django_db_blocker.unblock():
        first = one_pass(CATALOGUE, folder / "first")
        return first, one_pass(first.folder, folder / "second")


def as_dumped(value):
    """Return a value of a shipped file as a dump writes it: whole numbers without a point."""
    if isinstance(value, dict):
        return {key: as_dumped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_dumped(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_bytes(content):
    return (json.dumps(as_dumped(content), ensure_ascii=False, indent=1) + "\n").encode()


def test_second_pass_writes_the_same_bytes_as_the_first(passes):
    first, second = passes

    assert first.files.keys() == second.files.keys()
    assert [name for name in first.files if first.files[name] != second.files[name]] == []


def test_rows_after_both_loads_are_equal_field_by_field(passes):
    first, second = passes

    assert first.rows.keys() == second.rows.keys()
    for table in first.rows:
        assert first.rows[table] == second.rows[table], table


def test_rows_compared_are_those_of_the_catalogue(passes):
    rows = passes[0].rows

    assert len(rows["evidence.Finding"]) == 564
    assert len(rows["evidence.Study"]) == 395
    assert len(rows["evidence.Profile"]) == 247
    assert len(rows["evidence.Condition_medicine_classes"]) == sum(
        len(row["medicine_classes"]) for row in read_json(CATALOGUE / "goals.json")["conditions"]
    )
    assert {"compound__slug", "goal__slug", "mean", "clusters"} < rows["evidence.Profile"][0].keys()


def test_dump_holds_the_shipped_files_and_its_list_alone(passes):
    expected = {"goals.json", "MANIFEST.txt"}
    expected |= {f"compounds/{slug}.json" for slug in SLUGS}
    expected |= {f"articles/{name}" for name in ARTICLES}

    assert passes[0].files.keys() == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_file_of_a_compound_says_what_the_shipped_one_says(passes, slug):
    expected = read_json(CATALOGUE / f"compounds/{slug}.json")
    expected["studies"].sort(key=lambda study: study["key"])
    cid = expected["identifiers"]["pubchem_cid"]
    expected["identifiers"]["pubchem_cid"] = None if cid is None else int(cid)

    # The shipped bytes are the same on every database, so what equals them is too.
    assert passes[0].files[f"compounds/{slug}.json"] == as_bytes(expected)


def test_goals_file_says_what_the_shipped_one_says(passes):
    expected = read_json(CATALOGUE / "goals.json")
    expected["unit_synonyms"] = dict(sorted(expected["unit_synonyms"].items()))

    assert passes[0].files["goals.json"] == as_bytes(expected)


@pytest.mark.parametrize("name", ARTICLES)
def test_article_is_the_shipped_file_byte_for_byte(passes, name):
    shipped = (CATALOGUE / "articles" / name).read_bytes()

    assert passes[0].files[f"articles/{name}"] == shipped


def test_dump_finds_nothing_that_a_load_would_refuse_or_miss(passes):
    expected = f"{len(SLUGS)} compounds, 564 findings, {len(ARTICLES)} articles written.\n"

    assert [one.said for one in passes] == [expected, expected]


def test_dump_takes_few_queries_a_compound(passes):
    assert passes[0].queries <= QUERIES_A_COMPOUND * len(SLUGS)
