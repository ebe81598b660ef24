"""What a supervisor asks."""

import pytest
from django.db import OperationalError

from evidence.models import EvidenceVersion

pytestmark = pytest.mark.django_db


def test_health_is_ok_while_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"] == "text/plain"


def test_health_is_never_kept_and_sets_no_cookie(client):
    response = client.get("/healthz")

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_health_answers_a_head(client):
    response = client.head("/healthz")

    assert (response.status_code, response.content) == (200, b"")


def test_health_is_only_asked(client):
    assert client.post("/healthz").status_code == 405


def test_health_fails_when_the_database_does(client, monkeypatch):
    def fail(*_):
        raise OperationalError("the server is gone")

    monkeypatch.setattr(type(EvidenceVersion.objects.all()), "current_number", fail)
    client.raise_request_exception = False

    assert client.get("/healthz").status_code == 500
