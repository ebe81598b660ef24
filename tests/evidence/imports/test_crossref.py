import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.imports.crossref import read_rows
from tests.evidence.imports.made_up_sources import WORK


def row(**changes):
    """Return the row of a work with these changes."""
    (found,) = read_rows(json.dumps({"message": {**WORK, **changes}})).rows
    return found


def test_work_gives_what_a_study_holds():
    found = row()

    assert found.problems == found.notes == ()
    assert found.values == {
        "doi": "10.9999/invented.5",
        "title": "Invented herb epsilon: a trial that never was",
        "authors": ("Nobody, Ann", "Nobody Group"),
        "journal": "Journal of Invented Results",
        "year": 2022,
        "registry": "nct99000005",
        "status": None,
    }


@pytest.mark.parametrize(
    "kinds, status",
    [
        (["retraction"], "retracted"),
        (["erratum"], "corrected"),
        (["correction", "withdrawal"], "retracted"),
        (["new_version"], None),
    ],
)
def test_fate_is_read_off_the_updates(kinds, status):
    updates = [{"type": kind, "DOI": "10.9999/notice"} for kind in kinds]

    assert row(**{"updated-by": updates}).values["status"] == status


def test_expression_of_concern_and_preprint_are_noted():
    found = row(**{"updated-by": [{"type": "expression-of-concern"}], "type": "posted-content"})

    assert [field for field, _ in found.notes] == ["status", ""]


def test_notice_is_no_study():
    assert "no study" in row(**{"update-to": [{"type": "retraction"}]}).problems[0][1]


@pytest.mark.parametrize("text", ["", "<html>", "[]", '{"message": []}', '{"message": {}}'])
def test_anything_else_is_refused(text):
    assert read_rows(text).problems == ("Is not an answer of Crossref about one work.",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*WORK, "updated-by", "update-to", "published"]), JSON))
def test_work_of_any_shape_is_answered(work):
    raw = read_rows(json.dumps({"message": {**WORK, **work}}))

    assert bool(raw.problems) != bool(list(raw.rows))
