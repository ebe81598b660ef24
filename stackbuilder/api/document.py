"""What the OpenAPI document says besides what ninja reads from the operations.

Every way of refusing is declared, with its media type and body; every answer's headers are.
"""

from http import HTTPStatus

from stackbuilder.api.problems import KINDS, MEDIA_TYPE
from stackbuilder.api.schemas import Problem

_REFS = "#/components/schemas/{model}"
# Answered to other methods alone, so by no operation of the document.
_ELSEWHERE = {405}
_HEADERS = {
    "ETag": ("Changes with the release, the evidence and the method.", {"type": "string"}),
    "Evidence-Version": ("The newest evidence version.", {"type": "integer"}),
    "Method-Version": ("The version of the method in force.", {"type": "string"}),
}


def completed(document, method_version):
    """Return the document with what every operation has in common."""
    document = dict(document)
    document["info"] = {**document["info"], "x-method-version": method_version}
    # Addresses are written in full from the root of whichever host serves them.
    document["servers"] = [{"url": "/"}]
    schema = Problem.model_json_schema(ref_template=_REFS, by_alias=True)
    schemas = document["components"]["schemas"]
    schemas |= schema.pop("$defs") | {"Problem": schema}
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return document


def _complete(operation):
    for parameter in operation["parameters"]:
        schema = parameter["schema"]
        # Absent is not null: a query cannot say null.
        if schema.get("default", "") is None:
            del schema["default"]
        # Said by the parameter itself.
        for name in ("title", "description", "examples"):
            schema.pop(name, None)
        if "examples" in parameter:
            named = enumerate(parameter["examples"], start=1)
            parameter["examples"] = {f"example-{n}": {"value": value} for n, value in named}
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    responses["200"]["headers"] = {
        name: {"description": about, "schema": schema} for name, (about, schema) in _HEADERS.items()
    }
    responses["304"] = {"description": "Not changed since the ETag that was named"}
    for status in sorted({kind.status for kind in KINDS} - _ELSEWHERE):
        titles = [kind.title for kind in KINDS if kind.status == status]
        responses[str(status)] = {
            "description": f"{HTTPStatus(status).phrase}: {'; or '.join(titles)}",
            "content": {MEDIA_TYPE: {"schema": {"$ref": _REFS.format(model="Problem")}}},
        }
    responses["429"]["headers"] = {
        "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
    }
    operation["responses"] = responses
