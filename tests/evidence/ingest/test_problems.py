import pytest

from evidence.ingest.problems import Problem, problem_at, shown
from evidence.ingest.schema import CompoundFile
from evidence.synthesis import Design


def test_a_problem_names_file_field_and_row(folder):
    content = folder["compounds/alpha.json"]

    problem = problem_at("compounds/alpha.json", content, ("findings", 0, "ci_low"), "Is odd.")

    assert str(problem) == "compounds/alpha.json: findings[0] (alpha-01).ci_low: Is odd."


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (("studies", 1, "includes", 0), "studies[1] (doi:10.1000/second).includes[0]"),
        (("cautions", 1, "level"), "cautions[1] (other:night driving).level"),
        (("interactions", 1, "effect"), "interactions[1] (sleeping pills).effect"),
        (("side_effects", 0), "side_effects[0] (drowsiness)"),
        (("protocols", 0, "low"), "protocols[0] (2-5 mg).low"),
        (("regulatory", 0, "note"), "regulatory[0] (US).note"),
        (("findings", 9, "key"), "findings[9].key"),
        (("slug", 0, "x"), "slug[0].x"),
    ],
)
def test_a_field_reads_the_same_from_json_and_from_a_model(folder, place, field):
    content = folder["compounds/alpha.json"]
    model = CompoundFile.model_validate(content)

    fields = {problem_at("f", source, place, "m").field for source in (content, model)}

    assert fields == {field}


def test_a_problem_of_the_whole_file_has_no_field():
    assert str(Problem("goals.json", "", "Is empty.")) == "goals.json: Is empty."


@pytest.mark.parametrize("label", ["x" * 60, "half \ud800", "line\nbreak", " ", 5, None])
def test_a_strange_name_does_not_spoil_the_field(label):
    field = problem_at("f", {"rows": [{"key": label}]}, ("rows", 0, "p"), "m").field

    assert field in ("rows[0].p", f"rows[0] ({'x' * 39}…).p")


@pytest.mark.parametrize(
    ("key", "field"),
    [("µg/dL", "t['µg/dL']"), ("", "t['']"), ("a\ud800", "t['a\\ud800']"), ("plain", "t.plain")],
)
def test_a_strange_key_is_quoted(key, field):
    assert problem_at("f", {"t": {key: 1}}, ("t", key), "m").field == field


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (-9.5, "-9.5"),
        (2019, "2019"),
        ("half \ud800", "'half \\ud800'"),
        (Design.RCT, "'rct'"),
        ({"a": 1}, "an object"),
        ([1], "a list"),
        (("a",), "a list"),
        pytest.param(10**5000, "a whole number of more than 80 digits", id="huge"),
        ("x" * 80, repr("x" * 80)),
        ("x" * 81, repr("x" * 79 + "…")),
    ],
)
def test_a_value_is_shown_short_and_printable(value, text):
    assert shown(value) == text
