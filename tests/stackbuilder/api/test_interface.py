"""The API's addresses: with or without the closing slash, and nothing beside them."""

import pytest

from stackbuilder.api.interface import document

pytestmark = pytest.mark.django_db


def test_index_leads_to_every_list(client, evidence, settings):
    settings.SITE_DATA_LICENCE = None

    answer = client.get("/api/v1/").json()

    assert answer["licence"] is None
    assert set(answer["links"]) == {
        "goals", "compounds", "findings", "studies", "profiles", "ranking", "openapi",
    }  # fmt: skip
    for name, url in answer["links"].items():
        query = "?goal=sleep" if name == "ranking" else ""
        assert client.get(f"{url}{query}").status_code == 200


@pytest.mark.parametrize(
    "path", ["goals", "compounds", "findings/melatonin-01", "studies/doi:10.1000/a/b"]
)
def test_address_without_its_closing_slash_leads_on(client, evidence, path):
    response = client.get(f"/api/v1/{path}?limit=2&x=%2F")

    assert response.status_code == 301
    assert response["Location"] == f"/api/v1/{path}/?limit=2&x=%2F"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["nowhere", "nowhere/", "goals/sleep/", "suggest/", "vendors/", "docs", "goals//",
     "compounds//", "a%0Ab", "studies", "//evil.example"],
)  # fmt: skip
def test_anything_else_is_no_address_of_the_api(client, evidence, path):
    response = client.get(f"/api/v1/{path}")

    if response.status_code == 301:
        assert response["Location"] == f"/api/v1/{path}/"
        return
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_failure_of_ours_is_reported_by_django(client, monkeypatch, settings):
    settings.DEBUG = True

    def broken(row):
        raise RuntimeError("broken")

    monkeypatch.setattr("stackbuilder.api.interface.versions", broken)

    with pytest.raises(RuntimeError, match="broken"):
        client.get("/api/v1/")


def test_document_is_served_as_it_is(client):
    assert client.get("/api/v1/openapi.json").json() == document()
