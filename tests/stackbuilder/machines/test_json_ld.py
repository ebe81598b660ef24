"""JSON-LD as text: whatever a curator writes stays inside its script element."""

import json

import pytest

from stackbuilder.machines.json_ld import json_ld, told
from tests.schema_org import faults


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "R&D",
        "a\u2028b\u2029c",
        'a "b" \\ c',
        "α–é",
    ],
)
def test_text_comes_back_as_it_was_and_ends_no_element(text):
    written = json_ld([{"@type": "Thing", "name": text}])

    assert json.loads(written)["@graph"] == [{"@type": "Thing", "name": text}]
    assert not set("<>&\u2028\u2029") & set(written)


def test_number_that_json_cannot_write_is_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        json_ld([{"@type": "DoseSchedule", "doseValue": float("nan")}])


def test_told_leaves_out_what_is_not_known_but_not_what_is_false_or_zero():
    values = {"a": None, "b": "", "c": [], "d": (), "e": False, "f": 0, "g": "x"}

    assert told(values) == {"e": False, "f": 0, "g": "x"}


@pytest.mark.parametrize(
    "node, fault",
    [
        ({"@type": "Potion", "name": "x"}, "no type: Potion"),
        ({"@type": "Drug", "strength": "x"}, "no property: strength"),
        ({"@type": "Person", "headline": "x"}, "Person has no headline"),
        (
            {"@type": "Drug", "legalStatus": {"@type": "Person", "name": "x"}},
            "may not hold a Person",
        ),
        ({"@type": "Drug", "name": ""}, "name is empty"),
        ({"@type": "WebPage", "breadcrumb": {"@id": "#gone"}}, "without a type"),
    ],
)
def test_vocabulary_of_the_tests_finds_each_fault(node, fault):
    assert fault in " ".join(faults({"@graph": [node]}))
