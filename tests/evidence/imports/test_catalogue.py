import json

import pytest

from evidence.imports.catalogue import read_rows
from tests.evidence.imports.made_up_sources import STUDY


@pytest.mark.parametrize("shape", ["{}", '{{"studies": {}}}', '{{"slug": "x", "studies": {}}}'])
def test_studies_are_a_list_or_in_an_object(shape):
    raw = read_rows(shape.format(json.dumps([STUDY, STUDY])))

    assert raw.problems == ()
    assert [(row.number, row.values["key"]) for row in raw.rows] == [
        (1, "pmid:999000004"),
        (2, "pmid:999000004"),
    ]


@pytest.mark.parametrize(
    "text, problem",
    [
        ("[{]", "Is not valid JSON"),
        ('[{"key": "x"', "it is cut off"),
        ("[] trailing", "line 1, column 4"),
        ("7", "Must be an object"),
        ("{}", "got no such key"),
        ('{"studies": {}}', "got an object"),
        ("[]", "Holds no study."),
        (f"[{'{},' * 2_000}{{}}]", "Holds more than 2,000 rows"),
        (f'{{"studies": [{"0," * 2_000}0]}}', "Holds more than 2,000 rows"),
        ("[" + "9" * 5_000 + "]", "thousands of digits"),
    ],
)
def test_file_of_another_shape_is_refused(text, problem):
    assert problem in read_rows(text).problems[0]


def test_what_json_forbids_is_said_of_the_study_it_stands_in():
    text = '[{"key": "a"}, {"key": "b", "year": 1, "year": 2, "n_studies": NaN}, 5]'

    found = list(read_rows(text).rows)

    assert found[0].problems == ()
    assert {field for field, _ in found[1].problems} == {"year", "n_studies"}
    assert found[2].problems == (("", "Must be an object, got 5."),)
