"""The OpenAPI document: valid, whole, and true to what is refused and how."""

import pytest
import schemathesis

from evidence.open_data.study_tables import FINDINGS
from stackbuilder.api.interface import document
from stackbuilder.api.problems import KINDS

OPERATIONS = [
    (path, operation)
    for path, methods in document()["paths"].items()
    for operation in methods.values()
]


def test_document_is_valid():
    schema = schemathesis.openapi.from_dict(document())

    schema.validate()
    assert document()["openapi"].startswith("3.1")
    assert len(OPERATIONS) == 10


def test_everything_is_read_and_nothing_written():
    assert {method for methods in document()["paths"].values() for method in methods} == {"get"}
    assert not any("requestBody" in operation for _, operation in OPERATIONS)
    assert "securitySchemes" not in document()["components"]


@pytest.mark.parametrize("path, operation", OPERATIONS)
def test_operation_declares_every_way_of_refusing(path, operation):
    statuses = {str(kind.status) for kind in KINDS} - {"405"}

    assert set(operation["responses"]) == {"200", "304", *statuses}
    for status in statuses:
        (media_type,) = operation["responses"][status]["content"]
        assert media_type == "application/problem+json"


@pytest.mark.parametrize("path, operation", OPERATIONS)
def test_operation_and_parameters_are_described(path, operation):
    assert operation["summary"]
    assert operation["description"].endswith(".")
    for parameter in operation["parameters"]:
        assert parameter["in"] == "path" or parameter["description"].strip()
        assert "null" not in str(parameter["schema"])


def test_ids_of_operations_differ():
    ids = [operation["operationId"] for _, operation in OPERATIONS]

    assert len(set(ids)) == len(ids)


def test_no_parameter_takes_an_answer_about_health_or_names_a_suggestion():
    names = {one["name"] for _, operation in OPERATIONS for one in operation["parameters"]}

    assert names == {
        "page", "limit", "q", "goal", "kind", "route", "status", "region", "letter", "sort",
        "compound", "outcome", "study", "result", "design", "evidence", "injections", "tested",
        "certainty", "key", "slug",
    }  # fmt: skip


def test_fields_are_the_columns_of_the_downloads():
    properties = document()["components"]["schemas"]["Finding"]["properties"]

    assert set(properties) == {column.name for column in FINDINGS.columns} | {"page_url"}
    assert "95" in properties["ci_level"]["description"]
