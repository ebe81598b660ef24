"""What every answer has in common: it is for reading, by anybody, and says what it is of."""

import pytest

from stackbuilder.api import answers
from stackbuilder.suggesting.work_limits import Buckets
from stackbuilder.visitor.about_you import COOKIE
from tests.about_you_pages import EPILEPSY, SAVE, URL
from tests.factories import make_finding, make_study, publish_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence")]

RANKING = "/api/v1/ranking/?goal=sleep:2"
ADDRESSES = (
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/goals/",
    "/api/v1/compounds/",
    "/api/v1/compounds/melatonin/",
    "/api/v1/findings/",
    "/api/v1/findings/melatonin-01/",
    "/api/v1/studies/",
    "/api/v1/studies/pmid:23691095/",
    "/api/v1/profiles/",
    RANKING,
)
FILES = ("/data/json/", "/data/csv/")


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("url", [*ADDRESSES, *FILES])
def test_answer_is_open_to_all_and_says_what_it_is_of(client, url):
    response = client.get(url)

    body_of(response)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"] == "no-cache"
    assert (response["Evidence-Version"], response["Method-Version"]) == ("1", "1")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("url", [*ADDRESSES, *FILES])
def test_answer_is_compared_by_its_etag(client, url):
    first = client.get(url)
    body_of(first)

    same = client.get(url, headers={"If-None-Match": first["ETag"]})
    make_finding(study=make_study("pmid:99"))
    publish_all()
    other = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, body_of(same)) == (304, b"")
    assert same["Access-Control-Allow-Origin"] == "*"
    body_of(other)
    assert other.status_code == 200
    assert other["ETag"] != first["ETag"]


def test_etag_moves_with_the_licence(client, settings):
    before = client.get("/api/v1/")["ETag"]
    settings.SITE_DATA_LICENCE = "CC-BY-4.0"

    response = client.get("/api/v1/", headers={"If-None-Match": before})

    assert response.json()["licence"] == "CC-BY-4.0"


@pytest.mark.parametrize("url", [*ADDRESSES, *FILES])
def test_head_is_a_get_without_a_body(client, url):
    got, head = client.get(url), client.head(url)

    body_of(got)
    assert body_of(head) == b""
    assert head.status_code == 200
    assert {**head.headers} == {**got.headers}


@pytest.mark.parametrize("url", [*ADDRESSES, *FILES, "/api/v1/nowhere/"])
def test_preflight_allows_reading_alone(client, url):
    response = client.options(
        url, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    )

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("url", ["/api/v1/", RANKING, "/api/v1/nowhere/", *FILES])
def test_writing_is_refused(client, url, method):
    response = getattr(client, method)(url)

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["type"] == "/api/#read-only"


@pytest.mark.parametrize("url", [*ADDRESSES, *FILES])
def test_answers_about_health_change_nothing(client, url):
    before = client.get(url)
    told = client.post(URL, {**SAVE, **EPILEPSY})
    assert told.cookies[COOKIE].value

    after = client.get(url)

    assert body_of(after) == body_of(before)
    assert after["ETag"] == before["ETag"]
    assert "Cookie" not in after.get("Vary", "")
    assert "private" not in after["Cache-Control"]


def test_who_asks_too_often_is_told_when_to_ask_again(client, monkeypatch):
    now = [0.0]
    few = Buckets(burst=2, refill_seconds=3, clock=lambda: now[0])
    monkeypatch.setattr(answers, "ASKING", few)

    statuses = [client.get("/api/v1/").status_code for _ in range(2)]
    refused = client.get("/api/v1/")
    other = client.get("/api/v1/", REMOTE_ADDR="203.0.113.9")
    now[0] = 3.0
    again = client.get("/api/v1/")

    assert statuses == [200, 200]
    assert (refused.status_code, refused["Retry-After"]) == (429, "3")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in refused
    assert (other.status_code, again.status_code) == (200, 200)
