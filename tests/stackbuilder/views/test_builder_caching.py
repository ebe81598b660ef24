"""When a browser may show again what it kept of the builder."""

import gzip

import pytest
from pytest_django.asserts import assertTemplateUsed

from tests.factories import publish_all

pytestmark = pytest.mark.django_db

SWAP = {"HX-Request": "true"}
SLEEP = "/?goal=sleep:2"


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_answer_that_still_stands_is_not_sent_again(client, evidence, headers):
    etag = client.get(SLEEP, headers=headers)["ETag"]

    response = client.get(SLEEP, headers={**headers, "If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "no-cache"
    assert "HX-Request" in response["Vary"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_compressed_answer_that_still_stands_is_not_sent_again(client, evidence):
    first = client.get(SLEEP, headers={"Accept-Encoding": "gzip"})

    again = client.get(SLEEP, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert "2 compounds ranked" in gzip.decompress(first.content).decode()
    assert again.status_code == 304


def test_answer_is_sent_again_after_a_publication(client, evidence):
    etag = client.get(SLEEP)["ETag"]
    publish_all()

    response = client.get(SLEEP, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert response["ETag"] != etag


def test_fragment_is_never_taken_for_the_page(client, evidence):
    etag = client.get(SLEEP, headers=SWAP)["ETag"]

    response = client.get(SLEEP, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assertTemplateUsed(response, "base.html")


def test_refusal_is_never_taken_for_an_answer_that_stands(client, evidence):
    response = client.get("/?goal=flying")

    assert response.status_code == 400
    assert "ETag" not in response
