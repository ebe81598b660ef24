import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.ingest.problems import Problem
from evidence.ingest.reading import parse_json, read_compound, read_goals

ALPHA, GOALS = "compounds/alpha.json", "goals.json"
FINDING, STUDY = ("findings", 0), ("studies", 0)

# What is put where, the field that is named, and words of the message.
DAMAGE = [
    ((*FINDING, "year"), 2019, "findings[0] (alpha-01).year", "Is not a key of the format."),
    ((*FINDING, "result"), "good", "findings[0] (alpha-01).result", "'harm', got 'good'."),
    ((*FINDING, "estimate"), "-7", "findings[0] (alpha-01).estimate", "a number, got '-7'."),
    ((*FINDING, "p"), float("inf"), "findings[0] (alpha-01).p", "a finite number, got inf."),
    ((*FINDING, "n_participants"), 6.5, "findings[0] (alpha-01).n_participants", "whole number"),
    ((*FINDING, "n_participants"), 1, "findings[0] (alpha-01).n_participants", "at least 2"),
    ((*FINDING, "i2"), 101, "findings[0] (alpha-01).i2", "at most 100, got 101."),
    ((*FINDING, "independent"), "no", "findings[0] (alpha-01).independent", "true or false"),
    ((*FINDING, "concerns"), [], "findings[0] (alpha-01).concerns", "an object, got a list."),
    (FINDING, "alpha-01", "findings[0]", "Must be an object, got 'alpha-01'."),
    (("findings",), {}, "findings", "Must be a list, got an object."),
    ((*STUDY, "title"), None, "studies[0] (pmid:101).title", "Must be text, got null."),
    ((*STUDY, "year"), 1066, "studies[0] (pmid:101).year", "at least 1800, got 1066."),
    ((*STUDY, "journal"), "J" * 201, "studies[0] (pmid:101).journal", "at most 200 characters"),
    ((*STUDY, "doi"), "doi:10.1/x", "studies[0] (pmid:101).doi", "got 'doi:10.1/x'."),
    (("cost_per_month", "high"), 2e9, "cost_per_month.high", "at most 99999999.99"),
    (("cost_per_month", "low"), 20, "cost_per_month.low", "not be above high"),
    (("name",), "\ud800", "name", "U+D800"),
    (("slug",), "\ud800", "slug", "surrogate"),
    (("class",), "herb", "class", "'botanical'"),
    (("identifiers", "pubchem_cid"), 0, "identifiers.pubchem_cid", "at least 1, got 0."),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(("place", "value", "field", "words"), DAMAGE)
def test_a_damaged_field_is_named_with_its_value_and_what_is_allowed(
    folder, put, place, value, field, words
):
    put(folder, ALPHA, place, value)

    compound, problems = read_compound(ALPHA, folder[ALPHA])

    assert compound is None
    assert [(problem.file, problem.field) for problem in problems] == [(ALPHA, field)]
    assert words in problems[0].message


def test_a_missing_key_is_named(folder):
    del folder[ALPHA]["findings"][0]["p"]

    _, problems = read_compound(ALPHA, folder[ALPHA])

    assert [str(problem) for problem in problems] == [
        f"{ALPHA}: findings[0] (alpha-01).p: Is missing."
    ]


def test_a_mid_of_zero_is_named_with_its_goal_outcome_and_unit(folder):
    folder[GOALS]["goals"][0]["outcomes"][0]["mids"][0]["mid"] = 0.0

    goals, problems = read_goals(GOALS, folder[GOALS])

    assert goals is None
    (problem,) = problems
    assert problem.field == "goals[0] (sleep).outcomes[0] (sleep-onset).mids[0] (min).mid"
    assert problem.message.endswith("smallest that matters, got 0.0.")


def test_a_damaged_synonym_is_named(folder):
    folder[GOALS]["unit_synonyms"] = {"": "min", "µg/dL": 3}

    _, problems = read_goals(GOALS, folder[GOALS])

    assert [problem.field for problem in problems] == [
        "unit_synonyms['']",
        "unit_synonyms['µg/dL']",
    ]


def test_all_problems_of_a_file_come_at_once_even_in_one_row(folder):
    finding = folder[ALPHA]["findings"][0]
    finding |= {"result": "good", "ci_low": -1.0, "n_participants": 1}
    folder[ALPHA]["studies"][0]["year"] = 1066
    del folder[ALPHA]["summary"]

    _, problems = read_compound(ALPHA, folder[ALPHA])

    assert {problem.field for problem in problems} == {
        "summary",
        "studies[0] (pmid:101).year",
        "findings[0] (alpha-01).result",
        "findings[0] (alpha-01).ci_low",
        "findings[0] (alpha-01).n_participants",
    }


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*FINDING, "measure"), "WMD"),
        ((*FINDING, "ci_low"), "-9.5"),
        ((*FINDING, "estimate"), "-7"),
        (("cost_per_month", "low"), "3"),
        (("protocols", 0, "unit"), 5),
    ],
)
def test_a_damaged_field_is_not_blamed_twice(folder, put, place, value):
    put(folder, ALPHA, place, value)

    _, problems = read_compound(ALPHA, folder[ALPHA])

    assert len(problems) == 1


@pytest.mark.parametrize("content", [None, [], "text", 5, True, {}])
@pytest.mark.parametrize("read", [read_goals, read_compound])
def test_content_of_another_shape_is_refused(read, content):
    entry, problems = read("x.json", content)

    assert entry is None
    assert problems


@settings(max_examples=150, deadline=None)
@given(content=JSON)
def test_no_content_whatever_raises(problems_of, content):
    folder = {GOALS: content, ALPHA: content}

    problems = problems_of(folder)

    assert {problem.file for problem in problems} == {GOALS, ALPHA}
    assert all(str(problem).isprintable() for problem in problems)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_damage_to_a_good_catalogue_raises(folder, problems_of, data):
    copy = json.loads(json.dumps(folder))
    file = data.draw(st.sampled_from(sorted(copy)))
    node = copy[file]
    while True:
        steps = sorted(node) if isinstance(node, dict) else range(len(node))
        step = data.draw(st.sampled_from(steps))
        if not (isinstance(node[step], dict | list) and node[step] and data.draw(st.booleans())):
            break
        node = node[step]
    node[step] = data.draw(JSON | st.sampled_from(["alpha", "beta", "pmid:101", "pmid:202"]))

    problems = problems_of(copy)

    assert all(isinstance(problem, Problem) for problem in problems)
    assert all(str(problem).isprintable() for problem in problems)


def test_good_json_is_read_as_it_stands():
    assert parse_json("f", '{"a": [1, 2.5, null, "µ"]}') == ({"a": [1, 2.5, None, "µ"]}, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, column 1"),
        ('{"a": 1,}', "line 1"),
        ('{\n"a": }', "line 2, column 6"),
        ("[]", "Must be an object, got a list."),
        ("null", "Must be an object, got null."),
        ("NaN", "Must be an object, got nan."),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "thousands of digits"),
    ],
)
def test_text_that_is_no_json_object_is_refused(text, words):
    content, problems = parse_json("f.json", text)

    assert content is None
    assert [(problem.file, problem.field) for problem in problems] == [("f.json", "")]
    assert words in problems[0].message


def test_a_key_given_twice_is_named_wherever_it_stands():
    text = '{"slug": "a", "rows": [{"key": "r1", "p": 1, "p": 1}], "slug": "b", "slug": "c"}'

    content, problems = parse_json("f.json", text)

    assert content == {"slug": "c", "rows": [{"key": "r1", "p": 1}]}
    assert [problem.field for problem in problems] == ["slug", "rows[0] (r1).p"]
    assert "more than once" in problems[0].message


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_a_constant_that_is_no_json_is_named_once(folder, literal):
    text = json.dumps(folder[ALPHA]).replace('"estimate": 1.4', f'"estimate": {literal}')

    content, found = parse_json(ALPHA, text)
    compound, more = read_compound(ALPHA, content)

    assert compound is None
    assert [problem.field for problem in [*found, *more]] == ["findings[1] (alpha-02).estimate"]
    assert "finite number" in found[0].message


@settings(max_examples=150, deadline=None)
@given(text=st.text() | JSON.map(json.dumps))
def test_no_text_whatever_raises(text):
    content, problems = parse_json("f.json", text)

    assert content is not None or problems
